import { expect, test } from 'vitest';
import { operations, questionOf } from './questions.ts';

const variety = {
  units: [['BCA'], ['T01.1', 'T31.1'], ['H001.1'], ['X00001.1', 'X00004.1']],
  campaigns: ['BCA-2021-COVID-TDDB', 'CA-T01-2021'],
  words: ['ba dinh', 'quang tri'],
};

const question = (file: string, cursors: readonly string[] = []) => {
  const operation = operations().find(({ name }) => name.endsWith(file));
  if (!operation) throw new Error(`there is no operation ${file}`);
  return questionOf(operation, variety, cursors);
};

test('units go through the levels in turn, each request with another one', () => {
  const { name, varied, variables } = question('support-trend');
  expect(name).toBe('D4 support-trend');
  expect(varied).toEqual(['campaign', 'under', 'during']);
  expect(variables.slice(0, 6).map(({ under }) => under)).toEqual([
    'BCA',
    'T01.1',
    'H001.1',
    'X00001.1',
    'BCA',
    'T31.1',
  ]);
});

test('one campaign of four is another than the national one', () => {
  const asked = question('support-by-province').variables.slice(0, 5);
  const national = 'BCA-2021-COVID-TDDB';
  expect(asked.map(({ campaign }) => campaign)).toEqual([
    national,
    national,
    national,
    national,
    'CA-T01-2021',
  ]);
});

test('a list without a unit or a campaign is asked page by page', () => {
  const { variables, varied } = question('partner-gazette', ['c1', 'c2']);
  expect(varied).toEqual(['after']);
  expect(variables.slice(0, 3)).toEqual([
    { first: 10, after: null },
    { first: 10, after: 'c1' },
    { first: 10, after: 'c2' },
  ]);
});

test('pages do not vary beside a period: their cursors belong to another one', () => {
  const { variables, varied } = question('partner-support-counts', ['c1', 'c2']);
  expect(varied).toEqual(['during']);
  expect(variables[1]).toEqual({ during: { code: '2021-09' } });
});

test('every operation has a number and a goal; those that read facts are bound to a time', () => {
  const all = operations();
  expect(all.filter(({ goal }) => goal === 'ratio').every(({ name }) => /^[DP]\d+ /u.test(name))).toBe(true);
  const timed = all.filter(({ goal }) => goal === 'time').map(({ name }) => name);
  expect(timed.slice(0, 3)).toEqual([
    'D12 merger-of-2025',
    'as of, units under the ministry',
    'as of, units under a unit',
  ]);
});
