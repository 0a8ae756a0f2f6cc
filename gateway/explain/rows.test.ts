import { expect, test } from 'vitest';
import { rowsOf } from './rows.ts';

test.each<[string, unknown, number]>([
  ['a page', { units: { nodes: [{ code: 'a' }, { code: 'b' }] } }, 2],
  ['the lists within a row belong to it', { units: { nodes: [{ children: [{}, {}, {}] }, {}] } }, 2],
  ['lists side by side', { a: [{}, {}], b: { c: [{}] } }, 3],
  ['no list', { unit: { code: 'a', name: { vi: 'b' } } }, 1],
  ['an empty list, values and holes', { a: [], b: ['x', 'y'], c: [null, {}] }, 1],
  ['nothing', null, 1],
])('%s', (_, data, rows) => {
  expect(rowsOf(data)).toBe(rows);
});
