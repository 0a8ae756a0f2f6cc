import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openPlace, type Place, Programs } from '../national/places.ts';
import type { Table } from '../table.ts';
import { type Contender, names, type Subgraphs } from './contender.ts';
import { assertEqual } from './equal.ts';
import { cannedGoals, databaseGoals, goalTable, memoryGoal } from './goals.ts';
import { installPeers } from './install.ts';
import { startApart, startCanned, startSingle, startSubgraphs, startTogether, workers } from './ours.ts';
import { startPeers } from './peers.ts';
import { type Production, productionIn } from './production.ts';
import { type Compared, comparedQuestions } from './questions.ts';
import { roundsOf } from './rounds.ts';
import { type Memory, memoryOf, memoryTable, roundsTable } from './tables.ts';

export interface BesideOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rounds: number;
  /** Of each round. */
  readonly seconds: number;
  readonly connections: number;
  readonly seed: 'demo' | 'national';
  /** Part of the names of the only operations to ask; all when left out. */
  readonly only: string | undefined;
  /** Where the database is kept; a temporary directory when left out. */
  readonly directory: string | undefined;
}

/**
 * Measures our two layouts beside other gateways in front of the same subgraphs, and beside one server without federation
 * over the same models: over the database with different variables and with identical requests, and in front of
 * subgraphs that answer out of memory.
 * @throws when two of them answer with different data, or one with an error.
 */
export async function benchPeers(options: BesideOptions): Promise<Table[]> {
  await installPeers();
  const temporary = await mkdtemp(join(tmpdir(), 'bench-peers-'));
  const directory = resolve(options.directory ?? temporary);
  await mkdir(directory, { recursive: true });
  const base = new Programs(options.env, directory);
  const gateways = new Programs(options.env, directory);
  try {
    const place = await openPlace(base, directory, options.seed);
    const production = await productionIn(temporary);
    const subgraphs = await startSubgraphs(base, production, place);
    const together = await startTogether(gateways, production, place);
    const contenders = [
      await startApart(gateways, production, subgraphs),
      together,
      await startTogether(gateways, production, place, workers),
      ...(await startPeers(gateways, production, subgraphs, temporary)),
      await startSingle(gateways, production, place),
    ];
    const isAsked = ({ name }: Compared) => name.includes(options.only ?? '');
    const questions = (await comparedQuestions(together)).filter(isAsked);
    const overDatabase = await measureOverDatabase(contenders, questions, place, options);
    await gateways.stop();
    const inMemory = await measureInMemory({
      gateways,
      production,
      temporary,
      subgraphs,
      questions,
      options,
    });
    return [
      variablesTable(questions),
      ...overDatabase.tables,
      ...inMemory.tables,
      goalTable([...overDatabase.goals, ...inMemory.goals]),
    ];
  } finally {
    await gateways.stop();
    await base.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}

const variablesTable = (questions: readonly Compared[]): Table => ({
  title: 'What is asked; each connection has variables of its own where there are as many as connections',
  columns: ['operation', 'size', 'different variables'],
  rows: questions.map(({ name, size, bodies }) => [name, size, String(bodies.length)]),
});

async function measureOverDatabase(
  contenders: readonly Contender[],
  questions: readonly Compared[],
  { size }: Place,
  load: BesideOptions,
) {
  await assertEqual(contenders, questions);
  const different = await roundsOf(contenders, questions, load);
  const memory = contenders.map(memoryOf);
  const same = questions.map((question) => ({ ...question, bodies: [middleOf(question)] }));
  const identical = await roundsOf(contenders, same, { ...load, rounds: 1 });
  return {
    tables: [
      roundsTable(`Over the database (${size}), different variables`, different),
      roundsTable(`Over the database (${size}), identical requests, one round`, identical),
      memoryTable('Memory after the rounds with different variables, database left out', memory),
    ],
    goals: [...databaseGoals(different, questions), ...memoryGoal(memory)],
  };
}

/** The first one asks about the ministry, which is more than most. */
const middleOf = ({ bodies }: Compared): string => bodies[Math.floor(bodies.length / 2)] ?? '';

interface InMemory {
  readonly gateways: Programs;
  readonly production: Production;
  readonly temporary: string;
  readonly subgraphs: Subgraphs;
  readonly questions: readonly Compared[];
  readonly options: BesideOptions;
}

async function measureInMemory({ gateways, production, temporary, subgraphs, questions, options }: InMemory) {
  const small = questions.filter(({ size }) => size === 'small');
  const canned = await startCanned(gateways, subgraphs, false);
  const onLines = await startCanned(gateways, subgraphs, true);
  const asked = async () => (await canned.asked()) + (await onLines.asked());
  const contenders = [
    await startApart(gateways, production, onLines),
    await startApart(gateways, production, canned, names.http),
    ...(await startPeers(gateways, production, canned, temporary)),
  ];
  await assertEqual(contenders, small);
  const before = await asked();
  const rounds = await roundsOf(contenders, small, options);
  const missed = (await asked()) - before;
  const memory: Memory[] = contenders.map(memoryOf);
  return {
    tables: [
      roundsTable(
        `In front of subgraphs in memory, different variables (${missed} answers not known before)`,
        rounds,
      ),
      memoryTable('Memory in front of subgraphs in memory', memory),
    ],
    goals: cannedGoals(rounds),
  };
}
