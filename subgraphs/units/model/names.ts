import { fold, tidy } from '../../records/fold.ts';
import type { Localized } from '../../records/localized.ts';
import { sortKey } from '../../records/sortKey.ts';
import type { UnitRecord, UnitRow } from './unit.ts';

/** What everybody leaves out of a unit's name, and what many leave out of the place's. */
const force = /^(công an|cong an|ca) (?=.)/u;
const kind = /^(thành phố|thị trấn|thị xã|đặc khu|phường|quận|huyện|tỉnh|xã) (?=.)/u;

const shorthand: Readonly<Record<string, string>> = {
  tp: 'thành phố',
  tt: 'thị trấn',
  tx: 'thị xã',
  p: 'phường',
  q: 'quận',
  h: 'huyện',
  x: 'xã',
};

/** Gives a name as it is looked for: in lower case, without "Công an", "P. 12" as "phường 12". */
export const asTyped = (text: string): string =>
  tidy(text)
    .toLowerCase()
    .replace(force, '')
    .replace(/^(tp|tt|tx|p|q|h|x)(\. ?| )(?=.)/u, (_, short: string) => `${shorthand[short]} `);

/** Gives the forms a name is found by: "xã tân thành", "tân thành". */
export const formsOf = (name: string): string[] => {
  const typed = asTyped(name);
  return [...new Set([typed, typed.replace(kind, '')])];
};

const exactKeysOf = (names: readonly Localized[]): string[] => [
  ...new Set(names.flatMap(({ vi, en }) => [...formsOf(vi), ...(en ? formsOf(en) : [])])),
];

/** Gives the folded forms that names are found by. */
export const keysOfNames = (names: readonly Localized[]): string[] => [
  ...new Set(exactKeysOf(names).map(fold)),
];

/** Adds the keys that a unit is sorted and found by. */
export function stored(row: UnitRow): UnitRecord {
  const names = [row.name, ...row.otherNames.map(({ name }) => name)];
  return {
    ...row,
    nameKey: sortKey(row.shortName),
    searchKeys: keysOfNames(names),
    exactKeys: exactKeysOf(names),
  };
}
