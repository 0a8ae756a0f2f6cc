import type { CatalogueDimension, CatalogueRow } from '../model/catalogue.ts';
import type { AreaKey } from '../model/facts.ts';
import { unknownCode } from './person.ts';
import { invalid, type Problem } from './problem.ts';

type Path = readonly (string | number)[];
type Entries = readonly CatalogueRow[];

interface Lines {
  readonly groups: readonly { readonly group: string }[];
  readonly funding: readonly { readonly source: string }[];
}

/** Gives the codes of groups and sources that the catalogues do not have, and those named twice. */
export const unknownCodes = ({ groups, funding }: Lines, entries: Entries, at: Path): Problem[] => [
  ...lineProblems(
    groups.map(({ group }) => group),
    codesIn(entries, 'GROUP'),
    (index) => [...at, 'groups', index, 'group'],
  ),
  ...lineProblems(
    funding.map(({ source }) => source),
    codesIn(entries, 'FUNDING'),
    (index) => [...at, 'funding', index, 'source'],
  ),
];

const codesIn = (entries: Entries, dimension: CatalogueDimension): ReadonlySet<string> =>
  new Set(entries.filter((entry) => entry.dimension === dimension).map(({ code }) => code));

const lineProblems = (
  codes: readonly string[],
  known: ReadonlySet<string>,
  pathOf: (index: number) => Path,
): Problem[] =>
  codes.flatMap((code, index) => {
    if (!known.has(code)) return [unknownCode(pathOf(index), code)];
    if (codes.indexOf(code) !== index)
      return [invalid(pathOf(index), `Mã ${code} bị lặp lại.`, `${code} is named twice.`)];
    return [];
  });

const kindIn = (entries: Entries, kind: string): CatalogueRow | undefined =>
  entries.find(({ dimension, code }) => dimension === 'KIND' && code === kind);

/** Gives what is wrong with the kind and the note: some kinds say nothing by themselves (KHAC). */
export function noteProblems(
  { note }: { readonly note: string | null },
  kind: string,
  entries: Entries,
  at: Path,
): Problem[] {
  const entry = kindIn(entries, kind);
  if (!entry) return [unknownCode(['input', 'kind'], kind)];
  if (!entry.noteRequired || note !== null) return [];
  return [
    invalid(
      [...at, 'note'],
      'Loại hoạt động này phải ghi rõ nội dung thực hiện.',
      'This kind needs a note that says what is done.',
    ),
  ];
}

interface Housing {
  readonly area: AreaKey | null;
  readonly house: { readonly surveyedOn: string; readonly cost: number | null } | null;
}

/** Gives what is wrong with the survey of a house: the catalogue says which kinds build one; it stands somewhere. */
export function houseSurveyProblems(
  { area, house }: Housing,
  { kind, entries, today }: { readonly kind: string; readonly entries: Entries; readonly today: string },
  at: Path,
): Problem[] {
  const entry = kindIn(entries, kind);
  if (!entry) return [];
  if (!entry.buildsHouse) return house === null ? [] : [noHouse(at)];
  if (house === null) return [surveyNeeded(at)];
  return [
    ...(area === null ? [placeNeeded(at)] : []),
    ...(house.surveyedOn > today ? [surveyAhead(at)] : []),
    ...(house.cost !== null && house.cost < 0 ? [negativeCost(at)] : []),
  ];
}

const noHouse = (at: Path): Problem =>
  invalid([...at, 'house'], 'Loại hoạt động này không xây nhà.', 'This kind builds no house.');
const surveyNeeded = (at: Path): Problem =>
  invalid([...at, 'house'], 'Cần kết quả khảo sát nhà.', 'The survey of the house is needed.');
const placeNeeded = (at: Path): Problem =>
  invalid([...at, 'area'], 'Cần nêu xã, phường nơi xây nhà.', 'The place of the house is needed.');
const surveyAhead = (at: Path): Problem => [
  'HOUSE_DATE_ORDER',
  { path: [...at, 'house', 'surveyedOn'], params: { earlier: 'SURVEYED', later: 'TODAY' } },
];
const negativeCost = (at: Path): Problem => ['AMOUNT_NEGATIVE', { path: [...at, 'house', 'cost'] }];
