import type { Comparator } from '../model/content.ts';

const holds: Readonly<Record<Comparator, (value: number, threshold: number) => boolean>> = {
  LT: (value, threshold) => value < threshold,
  LTE: (value, threshold) => value <= threshold,
  EQ: (value, threshold) => value === threshold,
  GTE: (value, threshold) => value >= threshold,
  GT: (value, threshold) => value > threshold,
};

/** Says whether a published value meets a target; "at least 5% less" is LTE -5, so that -7.2 meets it. */
export const targetStatus = (target: {
  readonly comparator: Comparator;
  readonly threshold: number;
  readonly actual: number | null;
}): 'MET' | 'NOT_MET' | 'NO_VALUE' => {
  if (target.actual === null) return 'NO_VALUE';
  return holds[target.comparator](target.actual, target.threshold) ? 'MET' : 'NOT_MET';
};
