import { expect, test } from 'vitest';
import { faultsOfValues, valuesOf } from './reportValues.ts';

const indicators = [
  { _id: 'ind_money', address: 'C:MONEY', order: 2, measure: 'VND' },
  { _id: 'ind_count', address: 'C:COUNT', order: 1, measure: 'COUNT' },
  { _id: 'ind_share', address: 'C:SHARE', order: 3, measure: 'PERCENT' },
] as const;

test.each([
  ['C:COUNT', 0, true],
  ['C:COUNT', 12, true],
  ['C:COUNT', -1, false],
  ['C:COUNT', 1.5, false],
  ['C:COUNT', 100_000_001, false],
  ['C:MONEY', 9_007_199_254_740_991, true],
  ['C:MONEY', 0.5, false],
  ['C:MONEY', -1, false],
  ['C:SHARE', -100, true],
  ['C:SHARE', 7.25, true],
  ['C:SHARE', 1_000, true],
  ['C:SHARE', -100.1, false],
  ['C:SHARE', 1_000.1, false],
])('%s may be %d: %s', (indicator, value, fits) => {
  const faults = faultsOfValues([{ indicator, value }], indicators);
  expect(faults.map(({ row, field, kind }) => ({ row, field, kind }))).toEqual(
    fits ? [] : [{ row: 0, field: 'value', kind: 'measure' }],
  );
});

test('unknown indicators and second values are told row by row, all at once', () => {
  const given = [
    { indicator: 'C:COUNT', value: 1 },
    { indicator: 'D:COUNT', value: 1 },
    { indicator: 'C:COUNT', value: 2 },
    { indicator: 'C:MONEY', value: 1.5 },
  ];
  expect(faultsOfValues(given, indicators).map(({ row, kind }) => [row, kind])).toEqual([
    [1, 'unknown'],
    [2, 'twice'],
    [3, 'measure'],
  ]);
});

test('values are stored in the order of the indicators', () => {
  const given = [
    { indicator: 'C:SHARE', value: 5 },
    { indicator: 'C:COUNT', value: 3 },
  ];
  expect(valuesOf(given, indicators)).toEqual([
    { indicatorId: 'ind_count', value: 3 },
    { indicatorId: 'ind_share', value: 5 },
  ]);
});
