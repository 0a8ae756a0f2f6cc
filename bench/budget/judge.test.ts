import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Budget, budgetOf, judge, type Measured } from './judge.ts';

const cost = { fetches: 2, waves: 2, mongodbCommands: 5, rows: 1, documentsPerRow: 4 };
const measured: readonly Measured[] = [
  { ...cost, size: 1, documentsPerRow: 9 },
  { ...cost, size: 10, rows: 10 },
  { ...cost, size: 100, rows: 90, documentsPerRow: 3 },
];
const budget: Budget = { fetches: 2, waves: 2, mongodbCommands: 5, documentsPerRow: [9, 4, 3] };

describe('a budget', () => {
  it('is kept by what costs as much or less', () => {
    expect(judge('houses', measured, budget)).toEqual([]);
    expect(judge('houses', measured, { ...budget, fetches: 3, documentsPerRow: [10, 4.5, 3] })).toEqual([]);
  });

  it.each<[string, Partial<Budget>, string[]]>([
    ['fetches', { fetches: 1 }, [1, 10, 100].map((size) => `houses at ${size}: 2 fetches, the budget is 1.`)],
    ['waves', { waves: 1 }, [1, 10, 100].map((size) => `houses at ${size}: 2 waves, the budget is 1.`)],
    [
      'commands',
      { mongodbCommands: 4 },
      [1, 10, 100].map((size) => `houses at ${size}: 5 mongodbCommands, the budget is 4.`),
    ],
    [
      'documents per row',
      { documentsPerRow: [9, 3.9, 3] },
      ['houses at 10: 4 documents per row, the budget is 3.9.'],
    ],
    [
      'documents at a size',
      { documentsPerRow: [9, 4] },
      ['houses at 100: 3 documents per row, the budget is 0.'],
    ],
  ])('that is too small for the %s is exceeded', (_, smaller, said) => {
    expect(judge('houses', measured, { ...budget, ...smaller })).toEqual(said);
  });

  it('must be there', () => {
    expect(judge('houses', measured, undefined)).toEqual([
      'houses has no budget; npm run budget -- --write gives it what it costs now.',
    ]);
  });
});

describe('growth with the rows', () => {
  const grown = (more: Partial<Measured>): Measured[] =>
    measured.map((each) => (each.size === 100 ? { ...each, ...more } : each));
  const wide: Budget = { fetches: 99, waves: 99, mongodbCommands: 999, documentsPerRow: [99, 99, 99] };

  it.each<[string, Partial<Measured>, string]>([
    ['fetches', { fetches: 3 }, 'houses grows with its rows: fetches 2 at 10, 3 at 100.'],
    ['commands', { mongodbCommands: 95 }, 'houses grows with its rows: mongodbCommands 5 at 10, 95 at 100.'],
    [
      'documents per row',
      { documentsPerRow: 40 },
      'houses grows with its rows: documentsPerRow 4 at 10, 40 at 100.',
    ],
  ])('of %s is said whatever the budget', (_, more, said) => {
    expect(judge('houses', grown(more), wide)).toEqual([said]);
  });

  it('is not that later rows have more beneath them', () => {
    expect(judge('unit-tree', grown({ documentsPerRow: 8 }), wide)).toEqual([]);
  });

  it('is not what ten rows have and one has not, nor asked of an operation without pages', () => {
    const less = measured.map((each) =>
      each.size === 1 ? { ...each, fetches: 1, mongodbCommands: 1 } : each,
    );
    expect(judge('houses', less, budget)).toEqual([]);
    expect(judge('unit-card', [{ ...cost, size: null }], { ...budget, documentsPerRow: [4] })).toEqual([]);
  });
});

it('the budget made of what was measured is kept, and any smaller one is not', () => {
  const count = fc.integer({ min: 1, max: 50 });
  const one = fc.record({
    fetches: count,
    waves: count,
    mongodbCommands: count,
    rows: count,
    documentsPerRow: count,
  });
  fc.assert(
    fc.property(
      one,
      fc.constantFrom('fetches', 'waves', 'mongodbCommands', 'documentsPerRow'),
      (found, part) => {
        const all: Measured[] = [{ ...found, size: null }];
        const fitting = budgetOf(all);
        expect(judge('x', all, fitting)).toEqual([]);
        const smaller = part === 'documentsPerRow' ? [found[part] - 1] : found[part] - 1;
        expect(judge('x', all, { ...fitting, [part]: smaller })).toHaveLength(1);
      },
    ),
    { seed: 7 },
  );
});
