import type { UnitTreeQuery, UnitTreeQueryVariables } from '../../graph/operations.generated.ts';
import { today } from '../../language/today.ts';
import { searchParam } from '../../parts/search/searched.ts';
import { codes, count, optionalDay, optionalText } from '../../url/params.ts';
import { useParams } from '../../url/useParams.ts';

/** The unit on top of the tree. */
export const TOP = 'BCA';

/** The most units that the graph gives at once. */
const MOST = 100;

/** What the address of this view says. */
export const treeParams = {
  ...searchParam,
  /** The day of the tree; today when left out. */
  on: optionalDay,
  /** Which units are open, each under the one before. */
  path: codes,
  /** How many pages of units are shown under the last one that is open. */
  pages: count(1),
  /** The unit that was looked for. */
  unit: optionalText,
};

/** A unit of the tree as it was on the day. */
export type TreeUnit = NonNullable<UnitTreeQuery['now']>['nodes'][number];

/** Gives the day of the tree. */
export const useDay = (): string => useParams(treeParams)[0].on ?? today();

/** Gives what to ask for the units under one, and for the unit itself, on a day. */
export const levelOf = (root: string, day: string, after: string | null = null): UnitTreeQueryVariables => ({
  root,
  now: day,
  both: false,
  first: MOST,
  afterNow: after,
});

/** Gives the codes of the units above the last one of a path of the graph, such as /BCA/T01.1/H001.1/, without the top. */
export const codesAbove = (path: string): readonly string[] => path.split('/').filter(Boolean).slice(1, -1);
