import { expect, test } from 'vitest';
import { choice, codes, count, optionalDay, optionalText, readParams, text, writeParams } from './params.ts';

const params = {
  under: text('BCA'),
  period: text('2021-10'),
  by: choice(['amount', 'activities'], 'amount'),
  page: count(1),
  after: optionalText,
};

test('an address without parameters means what is usual', () => {
  expect(readParams(params, '')).toEqual({
    under: 'BCA',
    period: '2021-10',
    by: 'amount',
    page: 1,
    after: null,
  });
});

test('what cannot be read is as if it were left out', () => {
  expect(readParams(params, '?by=weight&page=-2&under=')).toMatchObject({
    by: 'amount',
    page: 1,
    under: 'BCA',
  });
});

test('a change is written into the address, and what is usual is not', () => {
  const search = writeParams(params, '?lang=en&page=3', { under: 'T01.1', page: 1, after: 'abc=' });
  expect(search).toBe('?lang=en&under=T01.1&after=abc%3D');
  expect(readParams(params, search)).toMatchObject({ under: 'T01.1', page: 1, after: 'abc=' });
  expect(writeParams(params, search, { under: 'BCA', after: null })).toBe('?lang=en');
});

test.each(['2021-02-30', '2021-8-15', '15/08/2021', 'today', ''])('%j is no day', (raw) => {
  expect(readParams({ on: optionalDay }, `?on=${raw}`)).toEqual({ on: null });
});

test('a day and the codes of a path are read as they are written', () => {
  const place = { on: optionalDay, path: codes };
  const search = writeParams(place, '', { on: '2021-08-15', path: ['T01.1', 'H001.1'] });
  expect(search).toBe('?on=2021-08-15&path=T01.1-H001.1');
  expect(readParams(place, search)).toEqual({ on: '2021-08-15', path: ['T01.1', 'H001.1'] });
  expect(writeParams(place, search, { on: null, path: [] })).toBe('');
});
