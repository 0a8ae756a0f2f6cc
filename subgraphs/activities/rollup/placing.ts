import type { TreeOn } from '../filter/tree.ts';
import { type Cover, coverOf } from './cover.ts';
import { readsTree } from './dimensions.ts';
import { keyOfPlace } from './keys.ts';
import type { Question } from './question.ts';

/** The row that facts of a unit stand in by the tree of another day: the keys of the dimensions that depend on it, in order. */
export type RowPlace = readonly (string | null)[];

/** Beyond this a cover is no shorter than reading every unit's own cells. */
const MAX_PARTS = 4_000;

/**
 * Finds how a question of another day's tree is read by whole subtrees; null where cells of single units must be read, as by
 * levels, which differ in every subtree.
 */
export function coverIn(
  tree: TreeOn,
  {
    dimensions,
    filter,
    top,
    tops,
  }: Pick<Question, 'dimensions' | 'filter' | 'top'> & { readonly tops: readonly string[] | null },
): Cover<RowPlace> | null {
  if (
    dimensions.includes('LEVEL') ||
    filter.unit != null ||
    filter.level != null ||
    filter.provinceCode != null
  )
    return null;
  const placed = dimensions.filter(readsTree);
  const rows = new Map<string, RowPlace>();
  const cover = coverOf(tree.units, ({ _id }) => {
    const place = tree.placeOf(_id);
    if (tops && !tops.some((path) => place.path.startsWith(path))) return null;
    const keys = placed.map((dimension) => keyOfPlace(dimension, place, top.paths[0]));
    const name = JSON.stringify(keys);
    const row = rows.get(name) ?? keys;
    rows.set(name, row);
    return row;
  });
  return cover.subtrees.size + cover.apart.size > MAX_PARTS ? null : cover;
}
