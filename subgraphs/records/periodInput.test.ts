import { expect, test } from 'vitest';
import { GraphError } from '../../server/errors.ts';
import { type PeriodInput, periodOf } from './periodInput.ts';

const context = {
  today: '2022-03-10',
  phase: (code: string) => (code === 'A-1:P1' ? { from: '2021-08-20', before: '2021-11-16' } : null),
  campaign: { from: '2021-08-15', before: null },
};

test.each<[PeriodInput, from: string, before: string]>([
  [{ code: '2021-W33' }, '2021-08-16', '2021-08-23'],
  [{ code: 'A-1:P1' }, '2021-08-20', '2021-11-16'],
  [{ from: '2021-08-15', before: '2021-08-16' }, '2021-08-15', '2021-08-16'],
  [{ relative: 'LAST_MONTH' }, '2022-02-01', '2022-03-01'],
  [{ relative: 'LAST_MONTH', relativeTo: '2021-10-31' }, '2021-09-01', '2021-10-01'],
  [{ relative: 'WHOLE_CAMPAIGN' }, '2021-08-15', '2022-03-11'],
])('%j is from %s, before %s', (input, from, before) => {
  expect(periodOf(input, context)).toMatchObject({ from, before });
});

const ways = ['code', 'from and before', 'relative'];

test.each<[name: string, input: PeriodInput, params: object]>([
  ['no way at all', {}, { given: [], expected: ways }],
  ['two ways at once', { code: '2021', relative: 'TODAY' }, { given: ['code', 'relative'], expected: ways }],
  [
    'a code and one end',
    { code: '2021', from: '2021-01-01' },
    { given: ['code', 'from and before'], expected: ways },
  ],
  ['a first day alone', { from: '2021-01-01' }, { given: 'from', expected: ['from', 'before'] }],
  ['an end alone', { before: '2022-01-01' }, { given: 'before', expected: ['from', 'before'] }],
  [
    'a span of no day',
    { from: '2021-01-01', before: '2021-01-01' },
    { from: '2021-01-01', before: '2021-01-01', expected: 'from < before' },
  ],
  [
    'a span turned round',
    { from: '2022-01-01', before: '2021-01-01' },
    { from: '2022-01-01', before: '2021-01-01', expected: 'from < before' },
  ],
  ['a thirteenth month', { code: '2021-13' }, { code: '2021-13' }],
  ['a sixtieth week', { code: '2021-W60' }, { code: '2021-W60' }],
  ['a phase that nobody has', { code: 'A-1:P9' }, { code: 'A-1:P9' }],
  [
    'relativeTo beside a code',
    { code: '2021', relativeTo: '2021-08-15' },
    { given: ['code'], expected: 'relative' },
  ],
])('%s is PERIOD_INVALID, and says what would be right', (_, input, params) => {
  expect(refusalOf(input)).toMatchObject({ code: 'PERIOD_INVALID', extensions: { params } });
});

test('WHOLE_CAMPAIGN needs a campaign, a phase one that has phases', () => {
  const nothing = { today: '2022-03-10' };
  expect(refusalOf({ relative: 'WHOLE_CAMPAIGN' }, nothing).extensions.params).toEqual({
    relative: 'WHOLE_CAMPAIGN',
    expected: 'one campaign in the filter',
  });
  expect(refusalOf({ code: 'A-1:P1' }, nothing).message).toBe(
    'There is no phase A-1:P1 here; Campaign.phases gives those of a campaign.',
  );
});

function refusalOf(input: PeriodInput, seen: Parameters<typeof periodOf>[1] = context): GraphError {
  try {
    periodOf(input, seen);
  } catch (error) {
    if (error instanceof GraphError) return error;
  }
  throw new Error('The period was taken.');
}
