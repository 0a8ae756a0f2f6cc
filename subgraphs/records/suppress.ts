/** The least number of people a count by group may show outside the subtree it belongs to; DOMAIN §5.9. */
export const MIN_CELL = 5;

const isSmall = (value: number, min: number): boolean => value > 0 && value < min;

/**
 * Says which cells of a table (rows × columns, null where there is no cell) are hidden: every count of 1 to min - 1,
 * and, so that no hidden one can be had back by subtracting from a total, with a single hidden cell in a row or
 * column the smallest other non-zero one. Zero is shown. Repeats until no row or column has exactly one.
 */
export function suppressed(table: readonly (readonly (number | null)[])[], min = MIN_CELL): boolean[][] {
  const hidden = table.map((row) => row.map((value) => value !== null && isSmall(value, min)));
  const width = Math.max(0, ...table.map((row) => row.length));
  let changed = true;
  while (changed) {
    changed = false;
    for (let row = 0; row < table.length; row += 1) {
      changed =
        hidePartner(
          table,
          hidden,
          Array.from({ length: width }, (_, column) => [row, column]),
        ) || changed;
    }
    for (let column = 0; column < width; column += 1) {
      changed =
        hidePartner(
          table,
          hidden,
          table.map((_, row) => [row, column]),
        ) || changed;
    }
  }
  return hidden;
}

type Place = readonly number[];

/** Hides the smallest other non-zero cell of a line that has exactly one hidden cell; says whether it did. */
function hidePartner(
  table: readonly (readonly (number | null)[])[],
  hidden: boolean[][],
  line: readonly Place[],
): boolean {
  const isHidden = ([row = 0, column = 0]: Place) => hidden[row]?.[column] === true;
  const countAt = ([row = 0, column = 0]: Place) => table[row]?.[column] ?? 0;
  if (line.filter(isHidden).length !== 1) return false;
  const open = line.filter((place) => !isHidden(place) && countAt(place) > 0);
  const [row, column] = open.sort((a, b) => countAt(a) - countAt(b))[0] ?? [];
  const cells = row === undefined ? undefined : hidden[row];
  if (!cells || column === undefined) return false;
  cells[column] = true;
  return true;
}
