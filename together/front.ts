import { setFlagsFromString } from 'node:v8';
import { openTokens } from '../gateway/access/tokens/openTokens.ts';
import { memoryCarrier } from '../gateway/carrier/memory.ts';
import { readExamples } from '../gateway/examples.ts';
import type { Meter } from '../gateway/limits/meter.ts';
import { serveGateway } from '../gateway/serveGateway.ts';
import { supergraphOf } from '../gateway/supergraph.ts';
import { scalars } from '../schema/scalars.ts';
import { auditLogOf } from '../server/auditLog.ts';
import type { Served } from '../server/serve.ts';
import type { Doors } from '../subgraphs/doors.ts';
import { subgraphNames } from '../subgraphs/registry.ts';
import type { Opening } from './graph.ts';
import { operations, supergraph } from './schema.ts';

export interface FrontOptions extends Opening {
  readonly doors: Doors;
  /** Where is counted how often somebody asks, when other processes count too. */
  readonly meter?: Meter;
}

/**
 * Opens the HTTP side over the doors: the gateway, with what says who asks and what records refusals.
 * @throws StartError when the supergraph, the port or the audit log cannot be used.
 */
export async function openFront({ doors, keys, closers, ...opening }: FrontOptions): Promise<Served> {
  const { config, log } = opening;
  const audit = auditLogOf(config);
  closers.add(audit.close);
  const tokens = openTokens(keys.settings, log);
  closers.add(tokens.stop);
  const served = await serveGateway({
    ...opening,
    supergraph: supergraphOf(config, supergraph),
    carrier: memoryCarrier(doors),
    scalars,
    credentials: [tokens.credential],
    audit,
    examples: readExamples(operations),
    dashboard: config.dashboard,
    details: async () => ({ events: await eventsOf(doors) }),
  });
  closers.add(served.stop);
  growSlowly();
  return served;
}

/** How the events of each subgraph stand, and its copies of others. */
const eventsOf = async (doors: Doors): Promise<object> =>
  Object.fromEntries(
    await Promise.all(subgraphNames.map(async (name) => [name, await doors[name].status()] as const)),
  );

/**
 * One process holds five, and V8 would let garbage treble the heap before it collects: after 1,000 mixed operations
 * `npm run bench` saw 257 MB with this and 411 MB without. Only once all is loaded: while loading, nearly all stays.
 */
function growSlowly(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
