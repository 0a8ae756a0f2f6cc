import { expect, test } from 'vitest';
import { rowsOf } from './rows.ts';

test('rows of a rollup are its rows, not their keys, values and sums', () => {
  const rows = Array.from({ length: 63 }, () => ({ keys: [{ code: '01' }], values: [{}, {}] }));
  expect(rowsOf({ supportRollup: { rows, totals: [{}, {}], unallocated: [{}, {}] } })).toBe(63);
});

test('pages within rows hold rows too, other lists of a row are parts of it', () => {
  const unit = { code: 'X00001.1', ancestors: [{ code: 'BCA' }, { code: 'T01.1' }] };
  const nodes = [{ unit, missingReports: { nodes: [{ unit }, { unit }] } }, { unit }];
  expect(rowsOf({ campaign: { completeness: { nodes } } })).toBe(4);
});

test('the units of a level of the tree are rows, as the level is', () => {
  const level = { parent: { code: 'BCA' }, units: [{ code: 'T01.1' }, { code: 'T02.1' }] };
  expect(rowsOf({ now: [level, { ...level, units: [] }] })).toBe(4);
});

test('what stands beside each other is added up, and a single record is one row', () => {
  expect(rowsOf({ searchUnits: [{}, {}], searchCampaigns: [{}] })).toBe(3);
  expect(rowsOf({ verifyAward: { status: 'UNKNOWN', form: null } })).toBe(1);
});
