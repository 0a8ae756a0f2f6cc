/** A cell as it comes from the graph: text, a number, a mark, or nothing. */
export type Cell = string | number | boolean | null;

/** The mark at the beginning of a file by which Excel knows UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet would take for the beginning of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/u;
const special = /[",\r\n]/u;

/** Gives one record with its line end (RFC 4180). A text that a spreadsheet would compute is made plain by an apostrophe. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join()}\r\n`;

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const plain = formula.test(cell) ? `'${cell}` : cell;
  return special.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
