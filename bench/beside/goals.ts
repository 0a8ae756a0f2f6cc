import type { Measured } from '../measure.ts';
import { median, type Table } from '../table.ts';
import { type ContenderName, names } from './contender.ts';
import type { Compared } from './questions.ts';
import type { Rounds } from './rounds.ts';
import type { Memory } from './tables.ts';

/** Something that one run is to reach. */
export interface Goal {
  readonly what: string;
  readonly found: number;
  readonly limit: number;
  readonly sense: '≥' | '≤';
}

const reaches = ({ found, limit, sense }: Goal): boolean => (sense === '≥' ? found >= limit : found <= limit);

export const goalTable = (goals: readonly Goal[]): Table => ({
  title: 'Goals; ratios are medians of the ratios of each round',
  columns: ['goal', 'found', 'limit', 'held'],
  rows: goals.map((goal) => [
    goal.what,
    goal.found.toFixed(2),
    `${goal.sense} ${goal.limit}`,
    reaches(goal) ? 'yes' : 'NO',
  ]),
});

type Pick = (measured: Measured) => number;
const requests: Pick = ({ perSecond }) => perSecond;
const processorTime: Pick = ({ cpuMs }) => cpuMs;

/** Both were measured in the same rounds, one after the other. */
function ratio({ of }: Rounds, one: ContenderName, other: ContenderName, pick: Pick): number {
  const others = of.get(other) ?? [];
  return median((of.get(one) ?? []).map((each, round) => pick(each) / pick(others[round] ?? each)));
}

const atLeast = (rounds: Rounds, one: ContenderName, other: ContenderName, limit: number): Goal => ({
  what: `${rounds.question}: requests per second of ${one} by ${other}`,
  found: ratio(rounds, one, other, requests),
  limit,
  sense: '≥',
});

const smallGoals = (rounds: Rounds, byHive: number, byStock: number): Goal[] => [
  atLeast(rounds, names.apart, names.hive, byHive),
  atLeast(rounds, names.apart, names.router, byHive),
  atLeast(rounds, names.apart, names.stock, byStock),
];

const largeGoals = (rounds: Rounds): Goal[] => [
  atLeast(rounds, names.apart, names.hive, 1.1),
  atLeast(rounds, names.apart, names.router, 1.1),
  ...[names.apart, names.together].map(
    (name): Goal => ({
      what: `${rounds.question}: p99 by p50 of ${name}`,
      found: median((rounds.of.get(name) ?? []).map(({ p50, p99 }) => p99 / Math.max(1, p50))),
      limit: 3,
      sense: '≤',
    }),
  ),
];

const layoutGoals = (rounds: Rounds): Goal[] => [
  atLeast(rounds, names.together, names.apart, 1),
  {
    what: `${rounds.question}: processor time per request of ${names.together} by ${names.apart}`,
    found: ratio(rounds, names.together, names.apart, processorTime),
    limit: 0.7,
    sense: '≤',
  },
  atLeast(rounds, names.together, names.single, 0.77),
];

const errorGoal = (where: string, all: readonly Rounds[]): Goal => ({
  what: `errors of all, ${where}`,
  found: all.reduce(
    (sum, { of }) => sum + [...of.values()].flat().reduce((errors, each) => errors + each.errors, 0),
    0,
  ),
  limit: 0,
  sense: '≤',
});

/** What is to be reached over the database, with different variables. */
export const databaseGoals = (all: readonly Rounds[], questions: readonly Compared[]): Goal[] => [
  ...all.flatMap((rounds) => {
    const size = questions.find(({ name }) => name === rounds.question)?.size;
    return [...(size === 'small' ? smallGoals(rounds, 2, 1.8) : largeGoals(rounds)), ...layoutGoals(rounds)];
  }),
  errorGoal('over the database', all),
];

/** What is to be reached where the subgraphs cost next to nothing. */
export const cannedGoals = (all: readonly Rounds[]): Goal[] => [
  ...all.flatMap((rounds) =>
    smallGoals(rounds, 3.3, 4).map((goal) => ({ ...goal, what: `in memory, ${goal.what}` })),
  ),
  errorGoal('in memory', all),
];

/** A gateway of ours is to take at most half of what Hive Gateway takes. */
export const memoryGoal = (memory: readonly Memory[]): Goal[] => {
  const mbOf = (name: ContenderName) => memory.find((each) => each.name === name)?.front ?? 0;
  return [names.hive, names.router].map((name) => ({
    what: `memory of the gateway, ${names.apart} by ${name}`,
    found: mbOf(names.apart) / mbOf(name),
    limit: 0.5,
    sense: '≤' as const,
  }));
};
