import { fold, tidy } from '../../records/fold.ts';
import type { Localized } from '../../records/localized.ts';
import { sortKey } from '../../records/sortKey.ts';
import type { UnitRecord, UnitRow } from './unit.ts';

/** What everybody leaves out of a unit's name, and what many leave out of the place's. */
const force = /^(công an|cong an) (?=.)/u;
const shortForce = /^ca (?=.)/u;
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

const bare = (text: string): string => tidy(text).toLowerCase().replace(force, '');

/**
 * Gives what a typed text may mean, in lower case and without "Công an": as it stands, and with what people shorten written
 * out ("p. 12" is "phường 12", "ca xã tân thành" is a commune's police). Both, since "ca mau" is Cà Mau.
 */
export function readingsOf(text: string): string[] {
  const typed = bare(text);
  const long = typed
    .replace(shortForce, '')
    .replace(/^(tp|tt|tx|p|q|h|x)(\. ?| )(?=.)/u, (_, short: string) => `${shorthand[short]} `);
  return [...new Set([typed, long])];
}

/** Gives the forms a name is found by: "xã tân thành", "tân thành". */
export const formsOf = (name: string): string[] => {
  const whole = bare(name);
  return [...new Set([whole, whole.replace(kind, '')])];
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
