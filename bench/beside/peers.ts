import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from '../national/places.ts';
import { freePort, whenReady } from '../processes.ts';
import { type Contender, type ContenderName, local, names, type Subgraphs } from './contender.ts';
import { peerFile } from './install.ts';
import type { Production } from './production.ts';

/**
 * Starts the peers in front of subgraphs, as their manuals say and in production: they send the same fixed viewer with
 * every fetch, and ask nobody who asks. The directory takes the files that they are set up by.
 */
export async function startPeers(
  programs: Programs,
  { viewer }: Production,
  subgraphs: Subgraphs,
  directory: string,
): Promise<Contender[]> {
  const supergraph = join(directory, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphAt(subgraphs.urls));
  const config = join(directory, 'hive.config.mjs');
  writeFileSync(config, `export const gatewayConfig = ${JSON.stringify(hiveConfig(viewer))};\n`);
  const hive = ['supergraph', supergraph, '--config-path', config, '--host', '127.0.0.1'];
  const peers = [
    await startStock(programs, { supergraph, headers: viewer }),
    await startHive(programs, names.hive, hive),
    await startHive(programs, names.router, [...hive, '--hive-router-runtime']),
  ];
  return peers.map((peer) => ({ ...peer, programs: [...peer.programs, ...subgraphs.programs] }));
}

const production = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

async function startStock(programs: Programs, options: object): Promise<Contender> {
  const port = await freePort();
  const args = [peerFile('stock.js'), JSON.stringify({ ...options, port })];
  const program = programs.start(names.stock, args, production);
  // Without this header Apollo Server takes a GET for one that another site has sent.
  const sameSite = { 'apollo-require-preflight': 'true' };
  await whenReady(local(port, '/?query=%7B__typename%7D'), program, sameSite);
  return { name: names.stock, url: local(port, '/'), programs: [program] };
}

const hiveConfig = (viewer: Production['viewer']) => ({
  logging: 'error',
  transportEntries: { '*': { headers: Object.entries(viewer) } },
});

async function startHive(
  programs: Programs,
  name: ContenderName,
  args: readonly string[],
): Promise<Contender> {
  const port = await freePort();
  const bin = peerFile('node_modules/@graphql-hive/gateway/dist/bin.js');
  const program = programs.start(name, [bin, ...args, '--port', String(port)], production);
  await whenReady(local(port, '/readiness'), program);
  return { name, url: local(port, '/graphql'), programs: [program] };
}

/** The committed supergraph, with other addresses of its subgraphs. */
function supergraphAt(urls: Readonly<Record<string, string>>): string {
  const file = new URL('../../schema/supergraph.graphql', import.meta.url);
  return readFileSync(file, 'utf8').replaceAll(
    /@join__graph\(name: "(\w+)", url: "[^"]*"\)/gu,
    (_, name: string) => `@join__graph(name: "${name}", url: "${urls[name]}")`,
  );
}
