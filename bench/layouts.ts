import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mixedBodies, type Question, questionsOf } from './graph.ts';
import { type Measured, measure } from './measure.ts';
import { freePort, type Program, startProgram, uriOf, whenReady } from './processes.ts';
import { median, type Table } from './table.ts';

/** The processes of one layout (the database left out) and where to ask it. */
interface Layout {
  readonly name: 'together' | 'apart';
  readonly url: string;
  readonly programs: readonly Program[];
}

export interface LayoutOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rounds: number;
  readonly seconds: number;
}

const subgraphs = ['units', 'campaigns', 'activities', 'awards'] as const;
const quiet = {
  LOG_LEVEL: 'error',
  DASHBOARD: 'off',
  SEED: 'none',
  VIEWER_KEY: 'a-key-for-the-benchmark-only-0123456789',
};

/**
 * Measures start-up and the two layouts on the demo seed over one embedded database: time to ready, memory after
 * 1,000 mixed operations, and for each operation requests per second, latency and processor time per request.
 */
export async function benchLayouts(options: LayoutOptions): Promise<Table[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const started: Program[] = [];
  const start = (name: string, args: readonly string[], env: Record<string, string>) => {
    const program = startProgram(name, args, { DATA_DIR: directory, ...env }, options.env);
    started.push(program);
    return program;
  };
  try {
    const starts = await measureStarts(start);
    const database = start(
      'database',
      ['database/embedded/main.ts', '--port', '0', '--dir', join(directory, 'database')],
      {},
    );
    const uri = await uriOf(database);
    const together = await startTogether(start, uri);
    const apart = await startApart(start, uri);
    const questions = await questionsOf(together.url);
    const memory = await memoryAfter(together);
    const rows = await compare(together, apart, questions, options);
    return [starts, memory, rows];
  } finally {
    for (const program of started.reverse()) await program.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

type Start = (name: string, args: readonly string[], env: Record<string, string>) => Program;

async function measureStarts(start: Start): Promise<Table> {
  const timed = async (label: string) => {
    const port = await freePort();
    const begun = performance.now();
    const program = start(label, ['main.ts'], { PORT: String(port), LOG_LEVEL: 'error', SEED: 'demo' });
    await whenReady(`http://127.0.0.1:${port}/health/ready`, program);
    const seconds = (performance.now() - begun) / 1_000;
    await program.stop();
    return seconds;
  };
  const first = await timed('first start');
  const later = [];
  for (let round = 0; round < 5; round += 1) later.push(await timed('later start'));
  return {
    title: 'Start of the together layout with the demo seed, seconds to ready',
    columns: ['start', 'seconds', 'goal'],
    rows: [
      ['first, empty DATA_DIR', first.toFixed(1), '≤ 15'],
      ['later, median of 5', median(later).toFixed(2), '≤ 2.5'],
    ],
  };
}

async function startTogether(start: Start, uri: string): Promise<Layout> {
  const port = await freePort();
  const program = start('together', ['main.ts'], { ...quiet, PORT: String(port), MONGODB_URI: uri });
  await whenReady(`http://127.0.0.1:${port}/health/ready`, program);
  return { name: 'together', url: `http://127.0.0.1:${port}/graphql`, programs: [program] };
}

async function startApart(start: Start, uri: string): Promise<Layout> {
  const programs: Program[] = [];
  const urls: Record<string, string> = {};
  for (const name of subgraphs) {
    const port = await freePort();
    const program = start(name, ['subgraphs/main.ts', name], {
      ...quiet,
      PORT: String(port),
      MONGODB_URI: uri,
    });
    programs.push(program);
    await whenReady(`http://127.0.0.1:${port}/health/ready`, program);
    urls[`SUBGRAPH_URL_${name.toUpperCase()}`] = `http://127.0.0.1:${port}/graphql`;
  }
  const port = await freePort();
  const gateway = start('gateway', ['gateway/main.ts'], { ...quiet, ...urls, PORT: String(port) });
  await whenReady(`http://127.0.0.1:${port}/health/ready`, gateway);
  return { name: 'apart', url: `http://127.0.0.1:${port}/graphql`, programs: [gateway, ...programs] };
}

async function memoryAfter(together: Layout): Promise<Table> {
  const bodies = mixedBodies();
  for (let request = 0; request < 1_000; request += 1) {
    const body = bodies[request % bodies.length] ?? '';
    const headers = { 'content-type': 'application/json' };
    await (await fetch(together.url, { method: 'POST', headers, body })).arrayBuffer();
  }
  const [program] = together.programs;
  return {
    title: 'Memory of the together layout after 1,000 mixed operations (database process left out)',
    columns: ['of', 'MB', 'goal'],
    rows: [
      ['resident', (program?.residentMb() ?? 0).toFixed(0), '≤ 350'],
      ['of that, anonymous', (program?.anonymousMb() ?? 0).toFixed(0), ''],
    ],
  };
}

/** Interleaved rounds: the machine's mood hits both layouts alike; the ratios of each round are what counts. */
async function compare(
  together: Layout,
  apart: Layout,
  questions: readonly Question[],
  options: LayoutOptions,
): Promise<Table> {
  const rows: string[][] = [];
  for (const question of questions) {
    const pairs: { readonly together: Measured; readonly apart: Measured }[] = [];
    for (const layout of [together, apart]) await measure(layout, question, { connections: 1, seconds: 2 });
    for (let round = 0; round < options.rounds; round += 1) {
      pairs.push({
        together: await measure(together, question, { connections: 1, seconds: options.seconds }),
        apart: await measure(apart, question, { connections: 1, seconds: options.seconds }),
      });
    }
    rows.push(rowOf(question.name, pairs));
  }
  return {
    title: 'Together against apart, one connection, medians of the rounds',
    columns: [
      'operation',
      'together req/s',
      'apart req/s',
      'ratio',
      'goal',
      'together CPU ms',
      'apart CPU ms',
      'ratio',
      'goal',
      'p99 ms',
      'errors',
    ],
    rows,
  };
}

function rowOf(
  name: string,
  pairs: readonly { readonly together: Measured; readonly apart: Measured }[],
): string[] {
  const of = (pick: (pair: (typeof pairs)[number]) => number) => median(pairs.map(pick));
  return [
    name,
    of((pair) => pair.together.perSecond).toFixed(0),
    of((pair) => pair.apart.perSecond).toFixed(0),
    of((pair) => pair.together.perSecond / pair.apart.perSecond).toFixed(2),
    '≥ 1.4',
    of((pair) => pair.together.cpuMs).toFixed(2),
    of((pair) => pair.apart.cpuMs).toFixed(2),
    of((pair) => pair.together.cpuMs / pair.apart.cpuMs).toFixed(2),
    '≤ 0.7',
    of((pair) => pair.together.p99).toFixed(0),
    String(pairs.reduce((sum, pair) => sum + pair.together.errors + pair.apart.errors, 0)),
  ];
}
