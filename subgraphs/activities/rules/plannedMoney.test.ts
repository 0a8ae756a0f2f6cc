import { expect, it } from 'vitest';
import { plannedMoneyProblems } from './plannedMoney.ts';

const funding = (...amounts: number[]) => amounts.map((planned) => ({ source: 'NSNN', planned }));
const worth = (...values: number[]) => values.map((value) => ({ value }));

it.each([
  ['lines that add up', 300, funding(100, 200), [], []],
  ['nothing at all, as of a visit', 0, [], [], []],
  ['lines below the whole', 300, funding(100, 199), [], ['FUNDING_MISMATCH plannedAmount']],
  ['lines above the whole', 300, funding(100, 201), [], ['FUNDING_MISMATCH plannedAmount']],
  ['money without lines', 300, [], [], ['FUNDING_MISMATCH plannedAmount']],
  ['a negative whole', -1, [], [], ['AMOUNT_NEGATIVE plannedAmount']],
  ['a negative line, though they add up', 100, funding(200, -100), [], ['AMOUNT_NEGATIVE funding.1.planned']],
  ['a negative value', 100, funding(100), worth(-1), ['AMOUNT_NEGATIVE inKind.0.value']],
  ['things worth all of it', 100, funding(100), worth(60, 40), []],
  ['things worth more', 100, funding(100), worth(60, 41), ['INPUT_INVALID inKind']],
  [
    'lines whose sum no number holds',
    Number.MAX_SAFE_INTEGER,
    funding(Number.MAX_SAFE_INTEGER, 1),
    [],
    ['FUNDING_MISMATCH plannedAmount'],
  ],
] as const)('%s', (_, plannedAmount, lines, inKind, found) => {
  const problems = plannedMoneyProblems({ plannedAmount, funding: lines, inKind }, []);
  expect(problems.map(([code, { path }]) => `${code} ${path?.join('.')}`)).toEqual(found);
});

it('tells both sums', () => {
  const [problem] = plannedMoneyProblems({ plannedAmount: 300, funding: funding(100), inKind: [] }, []);
  expect(problem?.[1].params).toEqual({ lines: 100, amount: 300 });
});
