import { describe, expect, it } from 'vitest';
import { type ListRules, type Person, personProblems } from './person.ts';

const rules: ListRules = {
  groups: [
    { code: 'NGUOI_NGHEO', sensitive: false },
    { code: 'NGUOI_KHUYET_TAT', sensitive: true },
  ],
  days: { campaign: { issuedOn: '2021-08-15', endsOn: null }, startsOn: '2021-09-01', today: '2026-01-15' },
};
const person = (given: Partial<Person>): Person => ({
  group: null,
  displayName: null,
  idNumber: null,
  consent: 'NOT_ASKED',
  ...given,
});

describe('a household of a list', () => {
  it.each<[string, Partial<Person>, string[]]>([
    ['nothing but its day', {}, []],
    ['a group that is not sensitive', { group: 'NGUOI_NGHEO' }, []],
    [
      'everything, with consent',
      { group: 'NGUOI_KHUYET_TAT', displayName: 'A', idNumber: '000200000001', consent: 'GIVEN' },
      [],
    ],
    ['a sensitive group without consent', { group: 'NGUOI_KHUYET_TAT' }, ['CONSENT_REQUIRED group']],
    ['a name without consent', { displayName: 'A' }, ['CONSENT_REQUIRED displayName']],
    ['a number without consent', { idNumber: '000200000001' }, ['CONSENT_REQUIRED idNumber']],
    ['a number of no form', { idNumber: '0002', consent: 'GIVEN' }, ['ID_FORMAT idNumber']],
    ['an empty number', { idNumber: '', consent: 'GIVEN' }, ['ID_FORMAT idNumber']],
    [
      'both',
      { group: 'NGUOI_KHUYET_TAT', displayName: 'A', idNumber: 'x' },
      [
        'ID_FORMAT idNumber',
        'CONSENT_REQUIRED group',
        'CONSENT_REQUIRED displayName',
        'CONSENT_REQUIRED idNumber',
      ],
    ],
    ['a group that nobody knows', { group: 'GIAU' }, ['INPUT_INVALID group']],
  ])('says %s', (_, given, found) => {
    const problems = personProblems(person(given), '2021-09-01', rules, ['input', 'people', 17]);
    expect(problems.map(([code, { path }]) => `${code} ${path?.slice(3).join('.')}`)).toEqual(found);
  });

  it('was helped on a day that can be', () => {
    expect(personProblems(person({}), '2021-08-01', rules, ['input', 'people', 17])).toMatchObject([
      ['ACTIVITY_OUTSIDE_CAMPAIGN', { path: ['input', 'people', 17, 'deliveredOn'] }],
    ]);
  });

  it('is told of without its name and number', () => {
    const found = personProblems(
      person({ displayName: 'Lê Thị B', idNumber: '0002-B' }),
      '2020-01-01',
      rules,
      [],
    );
    expect(JSON.stringify(found)).not.toMatch(/Lê Thị B|0002-B/u);
  });
});
