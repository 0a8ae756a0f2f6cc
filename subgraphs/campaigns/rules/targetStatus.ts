import type { Comparator } from '../model/content.ts';

const holds: Readonly<Record<Comparator, (value: number, threshold: number) => boolean>> = {
  LT: (value, threshold) => value < threshold,
  LTE: (value, threshold) => value <= threshold,
  EQ: (value, threshold) => value === threshold,
  GTE: (value, threshold) => value >= threshold,
  GT: (value, threshold) => value > threshold,
};

export const targetStatuses = ['MET', 'NOT_MET', 'NO_VALUE'] as const;
export type TargetStatus = (typeof targetStatuses)[number];

/** Says whether a published value meets a target; "at least 5% less" is LTE -5, so that -7.2 meets it. */
export const targetStatus = (target: {
  readonly comparator: Comparator;
  readonly threshold: number;
  readonly actual: number | null;
}): TargetStatus => {
  if (target.actual === null) return 'NO_VALUE';
  return holds[target.comparator](target.actual, target.threshold) ? 'MET' : 'NOT_MET';
};

const operators: Readonly<Record<Comparator, string>> = {
  LT: '$lt',
  LTE: '$lte',
  EQ: '$eq',
  GTE: '$gte',
  GT: '$gt',
};

const isMet = Object.entries(operators).map(([comparator, operator]) => ({
  $and: [{ $eq: ['$comparator', comparator] }, { [operator]: ['$actual', '$threshold'] }],
}));

/** The same as {@link targetStatus}, said by the database of its own records. */
export const statusExpression = {
  $cond: [
    { $eq: [{ $ifNull: ['$actual', null] }, null] },
    'NO_VALUE',
    { $cond: [{ $or: isMet }, 'MET', 'NOT_MET'] },
  ],
};
