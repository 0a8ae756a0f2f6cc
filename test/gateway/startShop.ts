import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import type { FormattedExecutionResult } from 'graphql';
import type { Credential } from '../../gateway/access/identity.ts';
import { httpCarrier } from '../../gateway/carrier/http.ts';
import { memoryCarrier } from '../../gateway/carrier/memory.ts';
import { serveGateway } from '../../gateway/serveGateway.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import type { AuditFact, AuditLog } from '../../server/auditLog.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import type { Running } from '../../server/serve.ts';
import { serveSubgraph } from '../../subgraphs/serve.ts';
import { type Call, composeShop, Day, openShop, type ShopDoor, type ShopName } from './shop.ts';

export const carriers = ['memory', 'http'] as const;
export type CarrierName = (typeof carriers)[number];

export interface ShopOptions {
  readonly carrier: CarrierName;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands in the shop's directory, by path: `partners/<id>.yaml`, contracts. */
  readonly files?: Readonly<Record<string, string>>;
  /** Makes the supergraph another one. */
  readonly supergraph?: (sdl: string) => string;
  /** Where pages lie that are built already. */
  readonly pages?: string;
  /** Stands in for a subgraph: another door, or in the HTTP layout another URL. */
  readonly door?: (name: ShopName, door: ShopDoor) => ShopDoor;
  readonly url?: Partial<Record<ShopName, string>>;
  readonly credentials?: readonly Credential[];
  readonly audit?: Pick<AuditLog, 'append'>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: FormattedExecutionResult;
}

export interface Shop {
  readonly url: string;
  readonly calls: Call[];
  /** What went to the audit log. */
  readonly audited: AuditFact[];
  readonly logs: Record<string, unknown>[];
  /** Holds the supergraph file, and in `partners` the manifests. */
  readonly dir: string;
  readonly supergraphFile: string;
  readonly subgraphs: Partial<Record<ShopName, Running>>;
  readonly ask: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answered>;
  readonly stop: () => Promise<void>;
}

/** Signs who is asking, from the gateway to its subgraphs. */
export const VIEWER_KEY = 'a key of the test that is long enough to be one';

/** Starts the shop on free ports, in one of the two layouts. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const calls: Call[] = [];
  const audited: AuditFact[] = [];
  const logs: Record<string, unknown>[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'shop-'));
  for (const [name, text] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  if (options.pages) symlinkSync(options.pages, join(dir, 'client'));
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'info', DATA_DIR: dir, ...options.env });
  const log = createLog(config.logLevel, 'shop', collector(logs));
  const metrics = createMetrics();
  const replace = options.door ?? ((_, door) => door);
  const doors = {
    products: replace('products', openShop('products', calls)),
    reviews: replace('reviews', openShop('reviews', calls)),
  };
  const subgraphs: Partial<Record<ShopName, Running>> = {};
  if (options.carrier === 'http') {
    for (const name of ['products', 'reviews'] as const) {
      if (options.url?.[name]) continue;
      const door = doors[name];
      subgraphs[name] = await serveSubgraph({
        door,
        config,
        port: 0,
        viewerKey: VIEWER_KEY,
        log,
        metrics: createMetrics(),
      });
    }
  }
  const urlOf = (name: ShopName) =>
    options.url?.[name] ?? `${subgraphs[name]?.url ?? 'http://127.0.0.1:1'}/graphql`;
  const supergraphFile = join(dir, 'supergraph.graphql');
  const supergraph = composeShop({ products: urlOf('products'), reviews: urlOf('reviews') });
  writeFileSync(supergraphFile, options.supergraph?.(supergraph) ?? supergraph);
  const gateway = await serveGateway({
    config,
    supergraph: readSupergraph(supergraphFile),
    carrier: options.carrier === 'memory' ? memoryCarrier(doors) : httpCarrier({ viewerKey: VIEWER_KEY }),
    scalars: { Day },
    credentials: options.credentials ?? [],
    audit: options.audit ?? { append: (fact) => audited.push(fact) },
    examples: [
      {
        title: 'All products',
        asker: 'Shops',
        query: 'query Example { products { id name rating } }',
        variables: null,
        headers: null,
      },
      {
        title: 'One product',
        asker: 'Customers',
        query: 'query Second($id: ID!) { product(id: $id) { name } }',
        variables: '{ "id": "7" }',
        headers: '{ "x-demo-viewer": "role=PUBLIC" }',
      },
    ],
    log,
    metrics,
  });
  return {
    url: gateway.url,
    dir,
    calls,
    audited,
    logs,
    supergraphFile,
    subgraphs,
    ask: (query, variables, headers) => post(gateway.url, { query, variables }, headers),
    stop: async () => {
      await gateway.stop();
      await Promise.all(Object.values(subgraphs).map((running) => running.stop()));
      rmSync(dir, { recursive: true });
    },
  };
}

/** Sends one GraphQL request by POST. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as FormattedExecutionResult,
  };
}

const collector = (logs: Record<string, unknown>[]): Writable =>
  new Writable({
    write(line, _encoding, done) {
      logs.push(JSON.parse(String(line)) as Record<string, unknown>);
      done();
    },
  });
