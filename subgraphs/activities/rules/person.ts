import type { CatalogueRow } from '../model/catalogue.ts';
import { type DayBounds, dayProblem } from './deliveryDay.ts';
import { digitsOfNumber } from './identityNumber.ts';
import { invalid, type Problem } from './problem.ts';

/** What is said of one household of a list. */
export interface Person {
  readonly group: string | null;
  readonly displayName: string | null;
  readonly idNumber: string | null;
  readonly consent: 'GIVEN' | 'NOT_ASKED';
}

/** What a list is checked against. */
export interface ListRules {
  readonly groups: readonly Pick<CatalogueRow, 'code' | 'sensitive'>[];
  readonly days: DayBounds;
}

type Path = readonly (string | number)[];

/** An entry that the catalogue does not have. */
export const unknownCode = (path: Path, code: string): Problem =>
  invalid(path, `Danh mục không có mã ${code}.`, `The catalogue has no code ${code}.`);

/**
 * Gives what is wrong with one household of a list: a name, a number and a sensitive group are recorded only with its
 * consent (DOMAIN §5.9). Nothing of the number or the name stands in what is found.
 */
export function personProblems(
  person: Person,
  deliveredOn: string,
  { groups, days }: ListRules,
  path: Path,
): Problem[] {
  const { group, displayName, idNumber, consent } = person;
  const problems: Problem[] = [];
  const entry = groups.find(({ code }) => code === group);
  if (group !== null && !entry) problems.push(unknownCode([...path, 'group'], group));
  if (idNumber !== null && digitsOfNumber(idNumber) === null)
    problems.push(['ID_FORMAT', { path: [...path, 'idNumber'] }]);
  const needing = {
    group: entry?.sensitive === true,
    displayName: displayName !== null,
    idNumber: idNumber !== null,
  };
  for (const [field, needsConsent] of Object.entries(needing)) {
    if (needsConsent && consent !== 'GIVEN')
      problems.push(['CONSENT_REQUIRED', { path: [...path, field], params: { field } }]);
  }
  const late = dayProblem(deliveredOn, days, [...path, 'deliveredOn']);
  return late ? [...problems, late] : problems;
}
