import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeliveredMoney,
  type Money,
  moneyAfter,
  moneyProblems,
  totalProblems,
} from './deliveredMoney.ts';

const rice = { item: { vi: 'Gạo', en: 'Rice' }, quantity: 10, measure: { vi: 'kg', en: 'kg' }, value: 150 };
const money = (given: Partial<DeliveredMoney>): DeliveredMoney => ({
  amount: 0,
  funding: [],
  inKind: [],
  ...given,
});
const line = (amount: number, source = 'NSNN') => ({ source, amount });

describe('money that was delivered', () => {
  it.each([
    ['nothing', money({}), []],
    ['lines that add up', money({ amount: 300, funding: [line(100), line(200, 'DON_VI')] }), []],
    ['things that are all of the amount', money({ amount: 150, funding: [line(150)], inKind: [rice] }), []],
    [
      'lines that do not add up',
      money({ amount: 300, funding: [line(100)] }),
      ['FUNDING_MISMATCH input.amount'],
    ],
    ['an amount without lines', money({ amount: 1 }), ['FUNDING_MISMATCH input.amount']],
    [
      'things worth more than the amount',
      money({ amount: 100, funding: [line(100)], inKind: [rice] }),
      ['INPUT_INVALID input.inKind'],
    ],
    [
      'a negative amount',
      money({ amount: -1, funding: [line(-1)] }),
      ['AMOUNT_NEGATIVE input.amount', 'AMOUNT_NEGATIVE input.funding.0.amount'],
    ],
    [
      'a negative line that adds up',
      money({ amount: 1, funding: [line(2), line(-1)] }),
      ['AMOUNT_NEGATIVE input.funding.1.amount'],
    ],
    [
      'a thing of negative worth',
      money({ inKind: [{ ...rice, value: -1 }] }),
      ['AMOUNT_NEGATIVE input.inKind.0.value'],
    ],
  ])('is right, or not: %s', (_, given, found) => {
    expect(moneyProblems(given).map(([code, { path }]) => `${code} ${path?.join('.')}`)).toEqual(found);
  });

  it('says both sums', () => {
    expect(moneyProblems(money({ amount: 300, funding: [line(100)] }))[0]?.[1].params).toEqual({
      lines: 100,
      amount: 300,
    });
  });

  it('is added to the lines of the same source and thing, and makes lines for new ones', () => {
    const before = { amount: 100, funding: [{ code: 'NSNN', planned: 500, amount: 100 }], inKind: [rice] };
    const oil = { ...rice, item: { vi: 'Dầu ăn', en: null } };
    expect(
      moneyAfter(before, { amount: 70, funding: [line(50), line(20, 'DON_VI')], inKind: [rice, oil] }),
    ).toEqual({
      amount: 170,
      funding: [
        { code: 'NSNN', planned: 500, amount: 150 },
        { code: 'DON_VI', planned: 0, amount: 20 },
      ],
      inKind: [{ ...rice, quantity: 20, value: 300 }, oil],
    });
  });

  it('keeps what an activity may hold', () => {
    const lines = Array.from({ length: 21 }, (_, index) => ({ code: `S${index}`, planned: 0, amount: 0 }));
    const things = Array.from({ length: 21 }, () => rice);
    const whole = { amount: Number.MAX_SAFE_INTEGER + 1, funding: lines, inKind: things };
    expect(totalProblems(whole).map(([, { path }]) => path?.at(-1))).toEqual(['amount', 'funding', 'inKind']);
    expect(totalProblems({ amount: 1, funding: lines.slice(1), inKind: things.slice(1) })).toEqual([]);
  });

  it('adds up, whatever is taken', () => {
    const amount = fc.integer({ min: -2, max: 9 });
    const thing = fc.record({ item: fc.constantFrom(rice.item, { vi: 'Dầu ăn' }), value: amount });
    const handOvers = fc.array(
      fc.record({
        total: fc.option(amount),
        funding: fc.array(fc.record({ source: fc.constantFrom('NSNN', 'DON_VI'), amount }), { maxLength: 3 }),
        inKind: fc.array(thing, { maxLength: 2 }),
      }),
      { maxLength: 20 },
    );
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    fc.assert(
      fc.property(handOvers, (all) => {
        const after = all.reduce<Money>(
          (before, { total, funding, inKind }) => {
            const given = {
              amount: total ?? sum(funding.map((each) => each.amount)),
              funding,
              inKind: inKind.map((each) => ({ ...rice, ...each })),
            };
            return moneyProblems(given).length === 0 ? moneyAfter(before, given) : before;
          },
          { amount: 0, funding: [], inKind: [] },
        );
        expect(sum(after.funding.map((each) => each.amount))).toBe(after.amount);
        expect(sum(after.inKind.map(({ value }) => value))).toBeLessThanOrEqual(after.amount);
        expect(after.funding.every((each) => each.amount >= 0)).toBe(true);
      }),
      { numRuns: 300, seed: 2021 },
    );
  });
});
