/**
 * Where each province stands on a tile map, north above and the sea to the right, by its code in the list of the day:
 * a picture of the country in six columns. NONE is the ministry with its departments; HS and TS are the archipelagos Hoàng Sa
 * and Trường Sa, which belong to Đà Nẵng and Khánh Hòa and have no number of their own. A code that stands twice is as wide.
 */
const of2021 = `
  12 10 02 04 .. ..
  11 15 08 06 20 ..
  14 25 26 19 24 22
  .. 17 01 27 30 31
  .. .. 35 33 34 ..
  .. 38 37 36 .. ..
  .. 40 .. .. .. ..
  .. .. 42 .. .. ..
  .. .. 44 .. .. ..
  .. .. 45 46 .. ..
  .. .. .. 49 48 HS
  .. .. .. 62 51 ..
  .. .. .. 64 52 ..
  .. .. .. 66 54 ..
  .. .. 70 67 68 56
  .. 72 74 75 60 58
  89 87 80 79 77 TS
  91 92 86 82 .. ..
  .. 93 84 83 .. ..
  96 95 94 .. NONE NONE`;

const of2025 = `
  12 15 08 04 .. ..
  11 14 25 19 20 ..
  .. .. 01 24 22 ..
  .. .. 37 33 31 ..
  .. 38 .. .. .. ..
  .. 40 .. .. .. ..
  .. .. 42 .. .. ..
  .. .. 44 .. .. ..
  .. .. .. 46 .. ..
  .. .. .. .. 48 HS
  .. .. .. .. 51 ..
  .. .. .. .. 52 ..
  .. .. .. .. 66 ..
  .. .. 75 68 56 ..
  .. 80 79 .. .. TS
  91 82 86 .. .. ..
  96 92 .. .. NONE NONE`;

/** The place of a tile, counted from 1. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
}

/** The places by code, from the north to the south. */
export type Layout = ReadonlyMap<string, Place>;

function layoutOf(picture: string): Layout {
  const rows = picture
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
  return new Map(
    rows.flatMap((cells, index) =>
      [...new Set(cells)]
        .filter((code) => code !== '..')
        .map((code): [string, Place] => {
          const first = cells.indexOf(code);
          const columns = cells.lastIndexOf(code) - first + 1;
          return [code, { row: index + 1, column: first + 1, columns }];
        }),
    ),
  );
}

/** The 63 provinces of 2021, and the 34 since 2025-07-01. */
export const layout2021 = layoutOf(of2021);
export const layout2025 = layoutOf(of2025);

const closedIn2025 = [...layout2021.keys()].filter((code) => !layout2025.has(code));

/** Gives the layout for the provinces of an answer: that of 2021 as soon as one is among them that closed in 2025. */
export const layoutFor = (codes: readonly string[]): Layout =>
  codes.some((code) => closedIn2025.includes(code)) ? layout2021 : layout2025;
