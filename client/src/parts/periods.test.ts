import { expect, it } from 'vitest';
import { earlierThan } from './periods.ts';

it('compares months with months and quarters with quarters, the latest first', () => {
  expect(earlierThan('2021-11')).toEqual(['2021-10', '2021-09', '2021-08']);
  expect(earlierThan('2022-Q1')).toEqual(['2021-Q4', '2021-Q3']);
  expect(earlierThan('2021-08')).toEqual([]);
  expect(earlierThan('2021')).toEqual([]);
});
