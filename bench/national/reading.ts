import type { Connection } from 'mongoose';
import { connect } from '../../database/connect.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { serveGateway } from '../../gateway/serveGateway.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { scalars } from '../../schema/scalars.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { openDoors } from '../../subgraphs/doors.ts';
import type { Asked, Question } from './questions.ts';
import { rowsOf } from './rows.ts';
import { isWrong, post } from './timing.ts';

/** What one request read. */
export interface Read {
  readonly commands: number;
  readonly documents: number;
  readonly rows: number;
}

/** A graph in this process that can tell what each of its answers cost the database. */
export interface Reader {
  readonly url: string;
  readonly read: (question: Question, most: number) => Promise<Read[]>;
  readonly stop: () => Promise<void>;
}

const commands = new Set(['find', 'aggregate', 'count', 'distinct', 'getMore']);

/**
 * Starts the graph over a database with nothing going on behind its doors: what the database counts then comes from
 * the requests alone.
 */
export async function openReader(uri: string): Promise<Reader> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
  const log = createLog('silent', 'bench');
  const connection = await connect({ uri: watched(uri), variable: 'MONGODB_URI' });
  const doors = await openDoors(() => ({ connection, logUnexpected: () => {} }));
  const gateway = await serveGateway({
    config,
    supergraph: readSupergraph(new URL('../../schema/supergraph.graphql', import.meta.url).pathname),
    carrier: memoryCarrier(doors),
    scalars,
    credentials: [],
    audit: { append: () => {} },
    examples: [],
    log,
    metrics: createMetrics(),
  });
  let seen = 0;
  connection.getClient().on('commandStarted', ({ commandName }) => {
    if (commands.has(commandName)) seen += 1;
  });
  const url = `${gateway.url}/graphql`;
  return {
    url,
    read: async ({ query, variables }, most) => {
      const reads: Read[] = [];
      for (const each of variables.slice(0, most)) {
        const before = await documentsRead(connection);
        seen = 0;
        const { text } = await post(url, JSON.stringify({ query, variables: each }));
        const counted = seen;
        const documents = (await documentsRead(connection)) - before;
        if (isWrong(text)) continue;
        const { data } = JSON.parse(text) as { data: Asked };
        reads.push({ commands: counted, documents, rows: rowsOf(data) });
      }
      return reads;
    },
    stop: async () => {
      await gateway.stop();
      await connection.close();
    },
  };
}

/**
 * The driver tells of its commands only when the URI asks for that; and it waits until the database is through with
 * what the timing before left it to do.
 */
const watched = (uri: string): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true&serverSelectionTimeoutMS=120000`;

/** How many documents the database has looked at since its start; sub-pipelines of $lookup and $unionWith are in it. */
async function documentsRead(connection: Connection): Promise<number> {
  const status = await connection.db?.admin().command({ serverStatus: 1 });
  return Number(status?.metrics.queryExecutor.scannedObjects);
}
