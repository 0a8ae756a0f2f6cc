/** How many children a unit has from a day on, until the next such day. */
export interface ChildDay {
  readonly from: string;
  readonly count: number;
}

/** The days on which a child stands under a unit; half-open, and null is open. */
export interface Span {
  readonly from: string;
  readonly before: string | null;
}

/** Gives the days on which the number of children changes; a child that only gets another name changes nothing. */
export function childDaysOf(spans: readonly Span[]): ChildDay[] {
  const changes = new Map<string, number>();
  const add = (day: string, change: number) => changes.set(day, (changes.get(day) ?? 0) + change);
  for (const { from, before } of spans) {
    add(from, 1);
    if (before !== null) add(before, -1);
  }
  let count = 0;
  return [...changes]
    .filter(([, change]) => change !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, change]) => {
      count += change;
      return { from, count };
    });
}

/** Gives how many children there are on a day. */
export const childrenOn = (days: readonly ChildDay[], day: string): number =>
  days.findLast(({ from }) => from <= day)?.count ?? 0;
