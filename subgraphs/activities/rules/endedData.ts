import type { SaltRow } from '../model/personal.ts';
import type { Person } from './person.ts';
import type { Problem } from './problem.ts';

/**
 * Gives what is wrong with one household where personal data of the campaign was destroyed (DOMAIN §5.9): a number, which
 * could be compared with none of before, or consent to anything. The household is still listed and counted without it.
 */
export function endedProblems(
  { idNumber, consent }: Pick<Person, 'idNumber' | 'consent'>,
  salt: Pick<SaltRow, 'clears'> | null,
  path: readonly (string | number)[],
): Problem[] {
  if (!salt?.clears || consent !== 'GIVEN') return [];
  const ended = (field: string): Problem => [
    'PERSONAL_DATA_ENDED',
    { path: [...path, field], params: { field } },
  ];
  if (salt.clears === 'ALL') return [ended('consent')];
  return idNumber === null ? [] : [ended('idNumber')];
}
