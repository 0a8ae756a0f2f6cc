import type { ActivityRow } from '../model/activity.ts';
import { isTooMany, tooMany } from './deliveredMoney.ts';
import { mergeInto } from './mergeInto.ts';
import { invalid, type Problem } from './problem.ts';

interface Reached {
  readonly reached: number;
  readonly households: number;
}

/** What an officer says of the people that a hand-over reached; what is null follows from the rest. */
export interface GivenPeople {
  readonly deliveries: number | null;
  readonly reached: number | null;
  readonly households: number | null;
  readonly groups: readonly ({ readonly group: string } & Reached)[] | null;
}

/** A household of the list that comes with it. */
export interface ListedHousehold {
  readonly group: string | null;
  readonly size: number;
  /** Whether the activity lists it already: it is handed to once more, and not reached once more. */
  readonly isKnown: boolean;
}

/** What is added to the counts of an activity. */
export interface AddedPeople extends Reached {
  readonly deliveries: number;
  readonly groups: readonly ({ readonly code: string } & Reached)[];
}

const total = (rows: readonly Reached[]): Reached => ({
  reached: rows.reduce((sum, { reached }) => sum + reached, 0),
  households: rows.reduce((sum, { households }) => sum + households, 0),
});

const inGroups = <Row extends Reached>(rows: readonly Row[], codeOf: (row: Row) => string) =>
  [...new Set(rows.map(codeOf))].map((code) => ({
    code,
    ...total(rows.filter((row) => codeOf(row) === code)),
  }));

const reachedBy = (list: readonly ListedHousehold[]) =>
  list.map(({ group, size, isKnown }) => ({
    group,
    reached: isKnown ? 0 : size,
    households: isKnown ? 0 : 1,
  }));

/**
 * Gives the counts that a hand-over adds. Counts that are given hold the list that comes with them; where none are given
 * they are those of the list. Somebody in two groups counts in both, and once in the whole: where the whole is not given
 * it is the sum of the groups.
 */
export function addedPeople(given: GivenPeople, list: readonly ListedHousehold[]): AddedPeople {
  const rows = reachedBy(list);
  const named = rows.flatMap(({ group, ...counts }) => (group === null ? [] : [{ group, ...counts }]));
  const groups = inGroups(given.groups ?? named, ({ group }) => group);
  const [all, listed] = [total(groups), total(rows)];
  return {
    deliveries: given.deliveries ?? list.length,
    reached: given.reached ?? Math.max(all.reached, listed.reached),
    households: given.households ?? Math.max(all.households, listed.households),
    groups,
  };
}

/** Gives what is wrong with the counts that a hand-over adds. */
export function peopleProblems(added: AddedPeople, list: readonly ListedHousehold[]): Problem[] {
  const { deliveries, reached, households, groups } = added;
  if (deliveries === 0 && (reached > 0 || households > 0)) {
    return [['REACHED_WITHOUT_DELIVERY', { path: ['input', 'deliveries'] }]];
  }
  const rows = reachedBy(list);
  const listed = total(rows);
  const problems: Problem[] = [];
  if (deliveries < households || deliveries < list.length) problems.push(fewDeliveries);
  if (isFewer({ reached, households }, listed)) problems.push(shorterThanList(['input', 'people']));
  for (const { code, ...counts } of groups) {
    if (isFewer(counts, total(rows.filter(({ group }) => group === code))))
      problems.push(shorterThanList(['input', 'groups']));
  }
  const least = (field: keyof Reached) => Math.max(0, ...groups.map((counts) => counts[field]));
  const most = (field: keyof Reached) => Math.max(total(groups)[field], listed[field]);
  for (const field of ['reached', 'households'] as const) {
    const isOutside = added[field] < least(field) || (groups.length > 0 && added[field] > most(field));
    if (isOutside) problems.push(notOfGroups(field));
  }
  if ([added, ...groups].some((counts) => counts.reached < counts.households)) problems.push(emptyHousehold);
  return problems;
}

const isFewer = (counts: Reached, than: Reached): boolean =>
  counts.reached < than.reached || counts.households < than.households;

const fewDeliveries = invalid(
  ['input', 'deliveries'],
  'Số lượt trao không được ít hơn số hộ đã được giúp.',
  'There cannot be fewer hand-overs than households that were reached.',
);
const shorterThanList = (path: readonly string[]): Problem =>
  invalid(
    path,
    'Số đếm không được ít hơn danh sách kèm theo.',
    'A count cannot be below the list that comes with it.',
  );
const notOfGroups = (field: string): Problem =>
  invalid(
    ['input', field],
    'Tổng phải từ nhóm lớn nhất đến tổng các nhóm.',
    'The whole lies between the largest group and the sum of the groups.',
  );
const emptyHousehold = invalid(
  ['input', 'groups'],
  'Mỗi hộ có ít nhất một người.',
  'A household has at least one person.',
);

type Counts = Pick<ActivityRow, 'people' | 'groups' | 'deliveries'>;

/** Adds to the counts of an activity; a group that nobody planned for is new, with nobody targeted. */
export function peopleAfter(before: Counts, added: AddedPeople): Counts {
  const plus = <Row extends { readonly reached: number | null; readonly households: number | null }>(
    row: Row,
    more: Reached,
  ): Row => ({
    ...row,
    reached: (row.reached ?? 0) + more.reached,
    households: (row.households ?? 0) + more.households,
  });
  const groups = mergeInto(before.groups, added.groups, {
    isSame: (group, more) => group.code === more.code,
    plus,
    fresh: ({ code, reached, households }) => ({ code, targeted: 0, reached, households }),
  });
  return { deliveries: before.deliveries + added.deliveries, people: plus(before.people, added), groups };
}

/** Gives what no activity may hold. */
export const groupProblems = ({ groups }: Pick<Counts, 'groups'>): Problem[] =>
  isTooMany(groups) ? [tooMany('groups')] : [];
