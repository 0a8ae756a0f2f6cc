import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTree } from '../../database/seed/units/tree.ts';
import { fold } from '../../subgraphs/records/fold.ts';
import type { UnitRow } from '../../subgraphs/units/index.ts';
import { testVolumes } from '../harness/volumes.ts';
import { type OpenedUnits, openUnitsOf } from './openUnits.ts';

/** Few syllables, some of which differ in their marks only, so that names begin alike, are alike and are near each other. */
const syllables = ['Tân', 'Tấn', 'Tan', 'Thành', 'Thanh', 'Thạnh', 'Phú', 'Phụ', 'Đông', 'Dong', 'An', 'Ấn'];
const kinds = ['xã', 'phường', 'thị trấn', 'tỉnh', 'quận'];
const placeName = fc
  .array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));
const unitName = fc
  .tuple(fc.constantFrom(...kinds), placeName)
  .map(([kind, place]) => ({ vi: `Công an ${kind} ${place}`, en: null }));

const SEED = 20211;

/** The units of a real tree under random names, every fourth with a former one. */
function randomUnits(): { readonly units: UnitRow[]; readonly rows: ReturnType<typeof buildTree>['rows'] } {
  const { rows } = buildTree(testVolumes);
  const names = fc.sample(unitName, { seed: SEED, numRuns: rows.units.length * 2 });
  const units = rows.units.map((unit, index) => ({
    ...unit,
    name: names[index] ?? unit.name,
    otherNames:
      index % 4 === 0
        ? [{ kind: 'FORMER' as const, name: names.at(-1 - index) ?? unit.name, from: null, before: null }]
        : [],
  }));
  return { units, rows };
}

const { units, rows } = randomUnits();
let door: OpenedUnits;
beforeAll(async () => {
  door = await openUnitsOf(() => ({ ...rows, units }));
});
afterAll(() => door.close());

/** What a name is found by: without "công an", with and without the word for its kind. */
const formsOf = ({ name, otherNames }: UnitRow): string[] =>
  [name, ...otherNames.map((other) => other.name)].flatMap(({ vi }) => {
    const whole = vi.toLowerCase().replace('công an ', '');
    return [whole, whole.replace(/^(xã|phường|thị trấn|tỉnh|quận) /u, '')];
  });

const matches: readonly (readonly [string, (form: string, typed: string) => boolean])[] = [
  ['EXACT', (form, typed) => form === typed],
  ['FOLDED', (form, typed) => fold(form) === fold(typed)],
  ['PREFIX', (form, typed) => form.startsWith(typed)],
  ['FOLDED_PREFIX', (form, typed) => fold(form).startsWith(fold(typed))],
];

/** Looks at every name there is. */
function naive(typed: string): { match: string; code: string }[] {
  const found = units.flatMap((unit) => {
    const at = matches.findIndex(([, fits]) => formsOf(unit).some((form) => fits(form, typed)));
    const [match = '', fits] = matches[at] ?? [];
    if (!fits) return [];
    const fitting = formsOf(unit).filter((form) => fits(form, typed));
    const key = (match.startsWith('FOLDED') ? fitting.map(fold) : fitting).sort()[0] ?? '';
    return [{ match, code: unit.code, rank: [String(at), unit.status, String(unit.depth), key, unit.path] }];
  });
  return found
    .toSorted((a, b) => (a.rank.join('\0') < b.rank.join('\0') ? -1 : 1))
    .map(({ match, code }) => ({ match, code }));
}

const search = async (text: string, first: number): Promise<{ match: string; code: string }[]> => {
  const { data, errors } = await door.ask(
    'query ($text: String!, $first: Int!) { searchUnits(text: $text, first: $first) { match unit { code } } }',
    { text, first },
  );
  expect(errors).toBeUndefined();
  return data.searchUnits.map(({ match, unit }: { match: string; unit: { code: string } }) => ({
    match,
    code: unit.code,
  }));
};

/** What somebody types who looks for a unit: the beginning of a name of it, with its marks or without. */
const typing = fc
  .tuple(fc.constantFrom(...units.flatMap(formsOf)), fc.nat(40), fc.boolean())
  .map(([form, end, marked]) => (marked ? form : fold(form)).slice(0, 2 + (end % form.length)).trim())
  // "p" and "x" at the beginning are short for the word of a kind; a single letter is refused.
  .filter((typed) => typed.length > 1 && !/^(ca|tp|tt|tx|p|q|h|x) /u.test(typed));

test('what matches as it stands is what a look at every name gives, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(typing, fc.integer({ min: 1, max: 100 }), async (typed, first) => {
      const hits = await search(typed, first);
      const asTyped = hits.filter(({ match }) => match !== 'TYPO');
      expect([typed, asTyped]).toEqual([typed, naive(typed).slice(0, first)]);
      // Slips stand after it.
      expect(hits.slice(0, asTyped.length)).toEqual(asTyped);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('a name in which a letter is missing is found, however many others are near', async () => {
  const named = fc.constantFrom(...units.filter(({ name }) => fold(name.vi).length > 16));
  await fc.assert(
    fc.asyncProperty(named, fc.nat(40), async (unit, place) => {
      const whole = fold(formsOf(unit)[0] ?? '');
      const letters = [...whole.matchAll(/\p{L}/gu)].map(({ index }) => index).filter((at) => at > 2);
      const at = letters[place % letters.length] ?? 0;
      const typed = whole.slice(0, at) + whole.slice(at + 1);
      const codes = (await search(typed, 100)).map(({ code }) => code);
      expect([typed, codes]).toEqual([typed, expect.arrayContaining([unit.code])]);
    }),
    { seed: SEED, numRuns: 200 },
  );
});
