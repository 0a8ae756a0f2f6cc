/** The numbers that are drawn in one colour, from the least to the greatest of them. */
export interface ValueClass {
  readonly from: number;
  readonly to: number;
}

const MOST = 4;

/**
 * Sorts numbers into at most four classes of about as many each, from the least; 0 is in none. A few large provinces would
 * leave all others in the palest colour if the classes were equally wide.
 */
export function classesOf(values: readonly number[]): readonly ValueClass[] {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const quarter = (part: number) => sorted[Math.floor((part * sorted.length) / MOST)] ?? 0;
  // Equal numbers are in one class, so that there may be fewer.
  const begins = [...new Set(Array.from({ length: MOST }, (_, part) => quarter(part)))].filter(Boolean);
  return begins.map((from, index) => {
    const next = begins[index + 1] ?? Number.POSITIVE_INFINITY;
    return { from, to: sorted.findLast((value) => value < next) ?? from };
  });
}

/** Gives the class that a number is in, from 1; 0 where it is in none. */
export const classOf = (classes: readonly ValueClass[], value: number): number =>
  value > 0 ? classes.filter(({ from }) => value >= from).length : 0;
