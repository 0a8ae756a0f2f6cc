import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { tokenFor } from '../gateway/token/printToken.ts';
import { readConfig } from '../server/config.ts';
import { assertEqual } from './beside/equal.ts';
import { type Question, questionsOf } from './graph.ts';
import { type Load, type Measured, measure, type Target } from './measure.ts';
import { openPlace, type Place, Programs, whenSettled } from './national/places.ts';
import { freePort, whenReady } from './processes.ts';
import { median, type Table } from './table.ts';

export interface AccessOptions extends Load {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rounds: number;
  /** Where the database is kept; a temporary directory when left out. */
  readonly directory: string | undefined;
}

const quiet = {
  LOG_LEVEL: 'error',
  DASHBOARD: 'off',
  SEED: 'none',
  VIEWER_KEY: 'a-key-for-the-benchmark-only-0123456789',
};
const WARM_UP_SECONDS = 2;

/**
 * Measures what rules of access and a verified token cost: the unit card of the together layout with both, against the
 * same without rules and without a credential, in turns.
 * @throws when the two answer with different data.
 */
export async function benchAccess(options: AccessOptions): Promise<Table[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'bench-access-'));
  const directory = resolve(options.directory ?? temporary);
  await mkdir(directory, { recursive: true });
  const programs = new Programs(options.env, directory);
  try {
    const place = await openPlace(programs, directory, 'demo');
    const none = join(temporary, 'no-rules.json');
    await writeFile(none, '{}');
    const token = await tokenFor(['--role', 'MINISTRY'], readConfig({ DATA_DIR: directory }));
    const guarded = { ...(await start(programs, place, {})), headers: { authorization: `Bearer ${token}` } };
    const open = await start(programs, place, { ACCESS: none });
    const card = (await questionsOf(open.url)).filter(({ name }) => name === 'unit-card');
    await assertEqual(
      [
        { name: 'without rules', ...open },
        { name: 'with rules and a token', ...guarded },
      ],
      card,
    );
    return [tableOf(await pairsOf(guarded, open, card[0], options))];
  } finally {
    await programs.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}

async function start(programs: Programs, { uri }: Place, more: Record<string, string>): Promise<Target> {
  const port = await freePort();
  const environment = { ...quiet, PORT: String(port), MONGODB_URI: uri, ...more };
  const program = programs.start('together', ['main.ts'], environment);
  const url = `http://127.0.0.1:${port}`;
  await whenReady(`${url}/health/ready`, program);
  await whenSettled(url);
  return { url: `${url}/graphql`, programs: [program] };
}

interface Pair {
  readonly guarded: Measured;
  readonly open: Measured;
}

async function pairsOf(
  guarded: Target,
  open: Target,
  question: Question | undefined,
  { rounds, ...load }: AccessOptions,
): Promise<Pair[]> {
  if (!question) throw new Error('There is no unit card.');
  const of = (target: Target, seconds = load.seconds) =>
    measure(target, question, { connections: load.connections, seconds });
  for (const target of [guarded, open]) await of(target, WARM_UP_SECONDS);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) pairs.push({ guarded: await of(guarded), open: await of(open) });
    else {
      const first = await of(open);
      pairs.push({ guarded: await of(guarded), open: first });
    }
  }
  return pairs;
}

function tableOf(pairs: readonly Pair[]): Table {
  const of = (pick: (pair: Pair) => number) => median(pairs.map(pick));
  const ratio = of(({ guarded, open }) => guarded.perSecond / open.perSecond);
  return {
    title: 'Rules of access and a token, unit card, together layout; medians of the rounds',
    columns: ['', 'with both', 'with neither', 'ratio', 'goal', 'held'],
    rows: [
      [
        'req/s',
        of(({ guarded }) => guarded.perSecond).toFixed(1),
        of(({ open }) => open.perSecond).toFixed(1),
        ratio.toFixed(3),
        '≥ 0.95',
        ratio >= 0.95 ? 'yes' : 'NO',
      ],
      [
        'CPU ms/req',
        of(({ guarded }) => guarded.cpuMs).toFixed(2),
        of(({ open }) => open.cpuMs).toFixed(2),
        of(({ guarded, open }) => guarded.cpuMs / open.cpuMs).toFixed(3),
      ],
      ['p99 ms', of(({ guarded }) => guarded.p99).toFixed(0), of(({ open }) => open.p99).toFixed(0)],
      ['errors', String(errorsOf(pairs, 'guarded')), String(errorsOf(pairs, 'open'))],
    ],
  };
}

const errorsOf = (pairs: readonly Pair[], of: keyof Pair): number =>
  pairs.reduce((sum, pair) => sum + pair[of].errors, 0);
