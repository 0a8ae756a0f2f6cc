import { describe, expect, test } from 'vitest';
import { faultsOfPlan, isAdditive } from './planRules.ts';

const kind = { vi: 'Kết luận' };
const plan = {
  issuedOn: '2026-01-10',
  theme: { vi: 'Lá chắn' },
  legalBases: [{ kind, document: { number: '07-KL/TW' } }],
  criteria: [],
};
const scored = (...scores: number[]) => ({ ...plan, criteria: scores.map((maxScore) => ({ maxScore })) });
const resting = (inForceBefore: string, document = {}) => ({
  ...plan,
  legalBases: [{ kind, document, inForceBefore }],
});

describe('a plan that is handed in', () => {
  test.each([
    ['is complete', plan, []],
    ['has no theme in Vietnamese', { ...plan, theme: { vi: '' } }, ['THEME_REQUIRED_VI theme.vi {}']],
    ['rests on nothing', { ...plan, legalBases: [] }, ['LEGAL_BASIS_REQUIRED legalBases {}']],
    ['rests on what is in force that day for the last time', resting('2026-01-11'), []],
    [
      'rests on what ended that day',
      resting('2026-01-10', { number: '1/QĐ', title: 'Quyết định' }),
      ['LEGAL_BASIS_EXPIRED legalBases.0.inForceBefore {"document":"1/QĐ","before":"2026-01-10"}'],
    ],
    [
      'rests on something ended that has no number and no title',
      resting('2020-01-01'),
      ['LEGAL_BASIS_EXPIRED legalBases.0.inForceBefore {"document":"Kết luận","before":"2020-01-01"}'],
    ],
    ['has criteria of 100', scored(60, 40), []],
    ['has criteria of 100 in fractions', scored(33.3, 33.3, 33.4), []],
    ['has criteria of 90', scored(60, 30), ['CRITERIA_TOTAL_NOT_100 criteria {"total":90}']],
    ['has criteria of 110', scored(60, 50), ['CRITERIA_TOTAL_NOT_100 criteria {"total":110}']],
  ])('%s', (_, given, faults) => {
    const told = faultsOfPlan(given).map(
      ({ code, path, params }) => `${code} ${path.join('.')} ${JSON.stringify(params)}`,
    );
    expect(told).toEqual(faults);
  });
});

test('percentages are not additive, counts and amounts are', () => {
  expect(['COUNT', 'VND', 'PERCENT'].map((measure) => isAdditive(measure as 'COUNT'))).toEqual([
    true,
    true,
    false,
  ]);
});
