import type { SortValue } from './cursor.ts';

/** One field of a sort; the last field of every sort is `_id`, so that no two records are equal. */
export interface SortField {
  readonly field: string;
  readonly direction: 1 | -1;
  /** No record lacks it, or holds null in it: then deep pages downwards start in the index where they begin. */
  readonly filled?: true;
}

export type Filter = Readonly<Record<string, unknown>>;

/** Gives the sort as MongoDB takes it. */
export const sortSpec = (sort: readonly SortField[]): Record<string, 1 | -1> =>
  Object.fromEntries(sort.map(({ field, direction }) => [field, direction]));

/** Gives what a cursor is bound to of a sort: which fields, in which direction. */
export const orderOf = (sort: readonly SortField[]) =>
  sort.map(({ field, direction }) => ({ field, direction }));

/** Gives a sort that ends in `_id`, in the direction of its last field. */
export const withId = (sort: readonly SortField[]): readonly SortField[] =>
  sort.some(({ field }) => field === '_id')
    ? sort
    : [...sort, { field: '_id', direction: sort.at(-1)?.direction ?? 1 }];

/** Gives the value at a dotted path of a plain record, null when missing. */
export function valueAt(record: unknown, path: string): SortValue {
  let current: unknown = record;
  for (const part of path.split('.'))
    current = (current as Record<string, unknown> | null | undefined)?.[part];
  return (current ?? null) as SortValue;
}

/**
 * Gives the filter of all records that come after a position in the sort (keyset paging: as quick on page
 * 1,000 as on page 1). Null sorts before every value, as in MongoDB, though `$gt: null` would match nothing.
 */
export function afterPosition(sort: readonly SortField[], position: readonly SortValue[]): Filter {
  const branches = sort.flatMap((part, index) => {
    const beyond = beyondValue(part, position[index] ?? null);
    if (!beyond) return [];
    const equal = sort.slice(0, index).map(({ field }, before) => ({ [field]: position[before] ?? null }));
    return [{ $and: [...equal, beyond] }];
  });
  const bound = sort[0] && firstBound(sort[0], position[0] ?? null);
  return { $and: [...(bound ? [bound] : []), { $or: branches }] };
}

const isFilled = ({ field, filled }: SortField): boolean => filled === true || field === '_id';

function beyondValue(part: SortField, value: SortValue): Filter | null {
  const { field, direction } = part;
  if (value === null) return direction === 1 ? { [field]: { $ne: null } } : null;
  if (direction === 1) return { [field]: { $gt: value } };
  if (isFilled(part)) return { [field]: { $lt: value } };
  return { $or: [{ [field]: { $lt: value } }, { [field]: null }] };
}

/**
 * A plain range on the leading field lets the planner start in the index where the page starts. Downwards null comes after
 * every value, and no plain range holds both.
 */
function firstBound(part: SortField, value: SortValue): Filter | null {
  if (value === null || (part.direction === -1 && !isFilled(part))) return null;
  return { [part.field]: part.direction === 1 ? { $gte: value } : { $lte: value } };
}
