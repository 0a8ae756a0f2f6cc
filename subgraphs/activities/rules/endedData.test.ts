import { expect, it } from 'vitest';
import { endedProblems } from './endedData.ts';

it.each<[string, 'NUMBERS' | 'ALL' | null, string | null, 'GIVEN' | 'NOT_ASKED', string[]]>([
  ['everything while nothing was destroyed', null, '000200000001', 'GIVEN', []],
  ['a name, but no number, once the salt is gone', 'NUMBERS', null, 'GIVEN', []],
  ['no number once the salt is gone', 'NUMBERS', '000200000001', 'GIVEN', ['person.idNumber']],
  ['no consent once all is gone', 'ALL', null, 'GIVEN', ['person.consent']],
  ['a household that nobody asked, always', 'ALL', null, 'NOT_ASKED', []],
])('a campaign takes %s', (_, clears, idNumber, consent, places) => {
  const found = endedProblems({ idNumber, consent }, { clears }, ['person']);
  expect(found.map(([, { path = [] }]) => path.join('.'))).toEqual(places);
});
