import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';
import { subgraphNames } from '../../subgraphs/registry.ts';
import type { Target } from '../measure.ts';
import { type Place, type Programs, whenSettled } from '../national/places.ts';
import { freePort, type Program, whenReady } from '../processes.ts';
import { peerFile } from './install.ts';

/** One of those that are compared. */
export interface Contender extends Target {
  readonly name: ContenderName;
}

export const ours = { apart: 'ours apart', together: 'ours together' } as const;
export const peers = { stock: 'stock Apollo', hive: 'Hive Gateway', router: 'Hive, router-runtime' } as const;
export const single = 'single server';
type ContenderName = (typeof ours)[keyof typeof ours] | (typeof peers)[keyof typeof peers] | typeof single;

/** Addresses of the four subgraphs, and the processes behind them whose time counts. */
export interface Subgraphs {
  readonly urls: Readonly<Record<string, string>>;
  readonly programs: readonly Program[];
}

const VIEWER_KEY = 'a-key-for-the-benchmark-only-0123456789';
const DAY_MS = 86_400_000;
const quiet = { LOG_LEVEL: 'error', SEED: 'none', VIEWER_KEY };

const local = (port: number, path = ''): string => `http://127.0.0.1:${port}${path}`;

/** Starts the four subgraphs over a database, each as a process of its own. */
export async function startSubgraphs(programs: Programs, { uri }: Place): Promise<Subgraphs> {
  const ports = await Promise.all(subgraphNames.map(() => freePort()));
  const urls = Object.fromEntries(
    subgraphNames.map((name, index) => [name, local(ports[index] ?? 0, '/graphql')]),
  );
  const started: Program[] = [];
  for (const [index, name] of subgraphNames.entries()) {
    const environment = { ...quiet, ...ourUrls(urls), PORT: String(ports[index]), MONGODB_URI: uri };
    const program = programs.start(name, ['subgraphs/main.ts', name], environment);
    await whenReady(local(ports[index] ?? 0, '/health/ready'), program);
    started.push(program);
  }
  return { urls, programs: started };
}

/** Starts subgraphs that answer out of memory what the real ones have answered once. */
export async function startCanned(
  programs: Programs,
  real: Subgraphs,
): Promise<Subgraphs & { asked: () => Promise<number> }> {
  const port = await freePort();
  const upstreams = Object.fromEntries(Object.entries(real.urls).map(([name, url]) => [`/${name}`, url]));
  const program = programs.start('canned', ['bench/canned/main.ts', JSON.stringify({ port, upstreams })], {});
  const asked = async () => Number(await (await fetch(local(port, '/asked'))).text());
  await whenReady(local(port, '/asked'), program);
  const urls = Object.fromEntries(subgraphNames.map((name) => [name, local(port, `/${name}`)]));
  return { urls, programs: [program], asked };
}

/** Starts the gateways that stand in front of subgraphs: ours, and the peers, each with the same fixed viewer. */
export async function startGateways(
  programs: Programs,
  directory: string,
  subgraphs: Subgraphs,
): Promise<Contender[]> {
  const front = (name: ContenderName, port: number, program: Program): Contender => ({
    name,
    url: local(port, '/graphql'),
    programs: [program, ...subgraphs.programs],
  });
  const viewer = { [VIEWER_HEADER]: signViewer(demoViewer, VIEWER_KEY, Date.now() + DAY_MS) };
  const supergraph = join(directory, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphAt(subgraphs.urls));
  const contenders = [
    await startOurs(programs, subgraphs, front),
    await startStock(programs, { supergraph, headers: viewer }, front),
  ];
  const config = join(directory, 'hive.config.mjs');
  const headers = JSON.stringify(Object.entries(viewer));
  writeFileSync(
    config,
    `export const gatewayConfig = { logging: 'error', transportEntries: { '*': { headers: ${headers} } } };\n`,
  );
  for (const [name, more] of [
    [peers.hive, []],
    [peers.router, ['--hive-router-runtime']],
  ] as const) {
    const port = await freePort();
    const args = ['supergraph', supergraph, '-c', config, '-h', '127.0.0.1', '-p', String(port), ...more];
    const program = programs.start(
      name,
      [peerFile('node_modules/@graphql-hive/gateway/dist/bin.js'), ...args],
      production,
    );
    await whenReady(local(port, '/readiness'), program);
    contenders.push(front(name, port, program));
  }
  return contenders;
}

type Front = (name: ContenderName, port: number, program: Program) => Contender;

const production = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

async function startOurs(programs: Programs, { urls }: Subgraphs, front: Front): Promise<Contender> {
  const port = await freePort();
  const program = programs.start(ours.apart, ['gateway/main.ts'], {
    ...quiet,
    ...ourUrls(urls),
    PORT: String(port),
  });
  await whenReady(local(port, '/health/ready'), program);
  return front(ours.apart, port, program);
}

async function startStock(programs: Programs, options: object, front: Front): Promise<Contender> {
  const port = await freePort();
  const program = programs.start(
    peers.stock,
    [peerFile('stock.js'), JSON.stringify({ ...options, port })],
    production,
  );
  // Without this header Apollo Server takes a GET for one that another site has sent.
  const sameSite = { 'apollo-require-preflight': 'true' };
  await whenReady(local(port, '/?query=%7B__typename%7D'), program, sameSite);
  return { ...front(peers.stock, port, program), url: local(port, '/') };
}

/** Starts our together layout over the same database; what else it can be set to makes a contender of another name. */
export async function startTogether(programs: Programs, { uri }: Place): Promise<Contender> {
  const port = await freePort();
  const program = programs.start(ours.together, ['main.ts'], {
    ...quiet,
    PORT: String(port),
    MONGODB_URI: uri,
  });
  await whenReady(local(port, '/health/ready'), program);
  await whenSettled(local(port));
  return { name: ours.together, url: local(port, '/graphql'), programs: [program] };
}

/** Starts one server without federation over the same models. */
export async function startSingle(programs: Programs, { uri }: Place): Promise<Contender> {
  const port = await freePort();
  const program = programs.start(single, ['bench/single/main.ts'], {
    ...quiet,
    PORT: String(port),
    MONGODB_URI: uri,
  });
  await whenReady(local(port, '/health/ready'), program);
  return { name: single, url: local(port, '/graphql'), programs: [program] };
}

const ourUrls = (urls: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(urls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]));

/** The committed supergraph, with other addresses of its subgraphs. */
function supergraphAt(urls: Readonly<Record<string, string>>): string {
  const file = new URL('../../schema/supergraph.graphql', import.meta.url);
  return readFileSync(file, 'utf8').replaceAll(
    /@join__graph\(name: "(\w+)", url: "[^"]*"\)/gu,
    (_, name: string) => `@join__graph(name: "${name}", url: "${urls[name]}")`,
  );
}
