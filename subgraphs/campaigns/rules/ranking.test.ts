import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previousPeriod, ranking } from './ranking.ts';

const scored = (unitId: string, score: number) => ({ unitId, pathAtEvent: `/BCA/${unitId}/`, score });

describe('the ranking of a cluster', () => {
  it('lets equal scores share a rank, skips the next one and knows the rank before', () => {
    const rows = [scored('c', 90), scored('a', 95), scored('d', 80.5), scored('b', 90)];
    const before = [scored('a', 70), scored('b', 80), scored('c', 70)];
    expect(
      ranking(rows, before).map(({ unitId, rank, tied, previousRank }) => [unitId, rank, tied, previousRank]),
    ).toEqual([
      ['a', 1, false, 2],
      ['b', 2, true, 1],
      ['c', 2, true, 2],
      ['d', 4, false, null],
    ]);
  });

  it('gives each the number of better scores plus one', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(scores, (values) => {
        const rows = values.map((score, index) => scored(`u${index}`, score));
        for (const row of ranking(rows, [])) {
          expect(row.rank).toBe(values.filter((other) => other > row.score).length + 1);
        }
      }),
    );
  });

  it.each([
    ['2021', '2020'],
    ['2021-H2', '2021-H1'],
    ['2021-Q1', '2020-Q4'],
    ['2021-01', '2020-12'],
    ['2021-10', '2021-09'],
    ['2021-W33', null],
    ['BCA-2021:P2', null],
  ])('finds before %s the period %s', (code, expected) => {
    expect(previousPeriod(code)).toBe(expected);
  });
});
