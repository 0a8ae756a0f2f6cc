import type { LevelFragment } from '../../graph/operations.generated.ts';
import { today } from '../../language/today.ts';
import { searchParam } from '../../parts/search/searched.ts';
import { codes, optionalDay, optionalText } from '../../url/params.ts';
import { useParams } from '../../url/useParams.ts';

/** The unit on top of the tree. */
export const TOP = 'BCA';

/** The most levels that the graph gives at once: more than there are. */
const MOST_OPEN = 10;

/** Gives all units that are open, the one on top before those that the address names. */
export const openIn = (path: readonly string[]): string[] => [TOP, ...path].slice(0, MOST_OPEN);

/** What the address of this view says. */
export const treeParams = {
  ...searchParam,
  /** The day of the tree; today when left out. */
  on: optionalDay,
  /** Which units are open, each under the one before. */
  path: codes,
  /** The unit that was looked for. */
  unit: optionalText,
};

/** A unit of the tree as it was on the day. */
export type TreeUnit = LevelFragment['parent'];

/** Gives the day of the tree. */
export const useDay = (): string => useParams(treeParams)[0].on ?? today();

/** Gives the codes of the units above the last one of a path of the graph, such as /BCA/T01.1/H001.1/, without the top. */
export const codesAbove = (path: string): readonly string[] => path.split('/').filter(Boolean).slice(1, -1);
