import type { HouseStatus } from '../model/house.ts';
import { overdueExpression } from '../rules/overdue.ts';
import type { SupportMetric } from '../types.generated.ts';

/** Which lines the activities were taken apart by: a group's people, a source's money are counted then. */
export interface Unwound {
  readonly group: boolean;
  readonly funding: boolean;
}

export const wholeActivities: Unwound = { group: false, funding: false };

/** What is added up: activities themselves, or cells of the cube, which hold sums of them. */
export type Counting = 'ACTIVITIES' | 'CELLS';

interface Reading {
  readonly unwound: Unwound;
  readonly counting: Counting;
  readonly today: string;
}

/** A measure: what is added up, as a MongoDB expression (null: not a sum), and what may be done with it. */
export interface Measure {
  readonly sum: ((reading: Reading) => unknown) | null;
  /** Whether values may be added up over rows. */
  readonly additive: boolean;
  /** Whether it counts people, households or what was handed to each, so that small values are hidden. */
  readonly people: boolean;
}

const plain = (sum: (reading: Reading) => unknown): Measure => ({ sum, additive: true, people: false });

const people = (field: string): Measure => ({
  sum: ({ unwound }) => (unwound.group ? `$groups.${field}` : `$people.${field}`),
  additive: true,
  people: true,
});

const oneIf = (condition: unknown) => ({ $cond: [condition, 1, 0] });

const housesIn = (...statuses: HouseStatus[]): Measure =>
  plain(({ counting }) =>
    counting === 'CELLS'
      ? { $sum: statuses.map((status) => `$houses.${status}`) }
      : oneIf({ $in: ['$house.status', statuses] }),
  );

/** How many of a cell's houses are overdue on a day: the steps up to that day of its houses that began and ended to be so. */
export const overdueInCells = (on: string) => {
  const steps = { $objectToArray: { $ifNull: ['$overdue', {}] } };
  const begun = { $filter: { input: steps, as: 'step', cond: { $lte: ['$$step.k', on] } } };
  return { $sum: { $map: { input: begun, as: 'step', in: '$$step.v' } } };
};

/** Every measure by its name; DISTINCT_HOUSEHOLDS is counted, not added up, and has a reading of its own. */
export const measures: Readonly<Record<SupportMetric, Measure>> = {
  ACTIVITIES: plain(({ counting }) => (counting === 'CELLS' ? '$rows' : 1)),
  DELIVERIES: { ...plain(() => '$deliveries'), people: true },
  AMOUNT: plain(({ unwound }) => (unwound.funding ? '$funding.amount' : '$amount')),
  PLANNED_AMOUNT: plain(({ unwound }) => (unwound.funding ? '$funding.planned' : '$plannedAmount')),
  PEOPLE_TARGETED: people('targeted'),
  PEOPLE_REACHED: people('reached'),
  HOUSEHOLDS: people('households'),
  DISTINCT_HOUSEHOLDS: { sum: null, additive: false, people: true },
  HOUSES: housesIn('SURVEYED', 'APPROVED', 'STARTED', 'COMPLETED', 'HANDED_OVER'),
  HOUSES_SURVEYED: housesIn('SURVEYED'),
  HOUSES_APPROVED: housesIn('APPROVED'),
  HOUSES_STARTED: housesIn('STARTED'),
  HOUSES_COMPLETED: housesIn('COMPLETED'),
  HOUSES_HANDED_OVER: housesIn('HANDED_OVER'),
  HOUSES_OVERDUE: plain(({ counting, today }) =>
    counting === 'CELLS' ? overdueInCells(today) : oneIf(overdueExpression('$house.', today)),
  ),
};

/** Gives the accumulators of a `$group` for the measures that are sums. */
export const accumulators = (metrics: readonly SupportMetric[], reading: Reading): Record<string, unknown> =>
  Object.fromEntries(
    metrics.flatMap((metric) => {
      const { sum } = measures[metric];
      return sum ? [[metric, { $sum: sum(reading) }]] : [];
    }),
  );

/** Cancelled activities count nowhere. */
export const counted = { status: { $ne: 'CANCELLED' } } as const;
