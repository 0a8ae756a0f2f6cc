import { subgraphNames } from '../../subgraphs/registry.ts';
import { type Place, type Programs, whenSettled } from '../national/places.ts';
import { freePort, type Program, whenReady } from '../processes.ts';
import { type Contender, type ContenderName, local, names, type Subgraphs } from './contender.ts';
import type { Production } from './production.ts';

/** Starts the four subgraphs over a database, each as a process of its own. */
export async function startSubgraphs(
  programs: Programs,
  { environment }: Production,
  { uri }: Place,
): Promise<Subgraphs> {
  const ports: Record<string, number> = {};
  for (const name of subgraphNames) ports[name] = await freePort();
  const urls = urlsBy((name) => local(ports[name] ?? 0, '/graphql'));
  const started: Program[] = [];
  for (const name of subgraphNames) {
    const port = ports[name] ?? 0;
    const own = { ...environment, ...addresses(urls), PORT: String(port), MONGODB_URI: uri };
    const program = programs.start(name, ['subgraphs/main.ts', name], own);
    await whenReady(local(port, '/health/ready'), program);
    started.push(program);
  }
  return { urls, programs: started };
}

/**
 * Starts subgraphs that answer out of memory what the real ones answered once, and take lines where `lines` says so.
 * `asked` gives how often the real ones were asked.
 */
export async function startCanned(
  programs: Programs,
  real: Subgraphs,
  lines: boolean,
): Promise<Subgraphs & { readonly asked: () => Promise<number> }> {
  const port = await freePort();
  const upstreams = Object.fromEntries(Object.entries(real.urls).map(([name, url]) => [`/${name}`, url]));
  const program = programs.start(
    'canned',
    ['bench/canned/main.ts', JSON.stringify({ port, upstreams, lines })],
    {
      NODE_ENV: 'production',
    },
  );
  await whenReady(local(port, '/asked'), program);
  return {
    urls: urlsBy((name) => local(port, `/${name}`)),
    programs: [program],
    asked: async () => Number(await (await fetch(local(port, '/asked'))).text()),
  };
}

const urlsBy = (urlOf: (name: string) => string): Record<string, string> =>
  Object.fromEntries(subgraphNames.map((name) => [name, urlOf(name)]));

const addresses = (urls: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(urls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]));

/** Starts our gateway in front of subgraphs. */
export async function startApart(
  programs: Programs,
  production: Production,
  { urls, programs: behind }: Subgraphs,
  name: ContenderName = names.apart,
): Promise<Contender> {
  const front = await start(programs, name, 'gateway/main.ts', production, addresses(urls));
  return { ...front, programs: [...front.programs, ...behind] };
}

/** Starts our together layout over a database; what else it is set to makes one more to compare, under a name of its own. */
export async function startTogether(
  programs: Programs,
  production: Production,
  { uri }: Place,
  { name = names.together, environment = {} }: Variant = {},
): Promise<Contender> {
  const contender = await start(programs, name, 'main.ts', production, { ...environment, MONGODB_URI: uri });
  await whenSettled(new URL(contender.url).origin);
  return contender;
}

interface Variant {
  readonly name?: ContenderName;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Our together layout on all cores; on a machine with one core it is the same again. */
export const workers: Variant = { name: names.workers, environment: { WORKERS: 'auto' } };

/** Starts one server without federation over the same models. */
export const startSingle = (programs: Programs, production: Production, { uri }: Place): Promise<Contender> =>
  start(programs, names.single, 'bench/single/main.ts', production, { MONGODB_URI: uri });

async function start(
  programs: Programs,
  name: ContenderName,
  file: string,
  { environment, credential }: Production,
  more: Readonly<Record<string, string>>,
): Promise<Contender> {
  const port = await freePort();
  const program = programs.start(name, [file], { ...environment, ...more, PORT: String(port) });
  await whenReady(local(port, '/health/ready'), program);
  return { name, url: local(port, '/graphql'), headers: credential, programs: [program] };
}
