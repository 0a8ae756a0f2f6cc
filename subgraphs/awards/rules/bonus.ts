import type { AwardBonusRecord } from '../model/awards.ts';
import type { BaseSalaryRecord, BonusRoundingRecord, FormRuleRecord } from '../model/catalogue.ts';
import { holdingOn } from './regime.ts';

/** Multiples have at most three decimals: 4.5, 0.8, 0.3. */
const SCALE = 1_000;

const rounders = { UP: Math.ceil, DOWN: Math.floor, HALF_UP: Math.round } as const;

/** Gives multiple × base rounded to a multiple of `to`, computed in whole numbers: 0.8 × 1,390,000 up to 10,000 is 1,120,000. */
export const roundedProduct = (multiple: number, base: number, { mode, to }: BonusRoundingRecord): number =>
  rounders[mode]((Math.round(multiple * SCALE) * base) / (SCALE * to)) * to;

/**
 * Computes the money of an award by the rule of its form and the base salary of the day of the decision;
 * null where either is not known.
 */
export function bonusOf(
  rule: Pick<FormRuleRecord, 'bonusMultiple' | 'bonusRounding'>,
  salaries: readonly BaseSalaryRecord[],
  decidedOn: string,
): AwardBonusRecord | null {
  const salary = holdingOn(salaries, decidedOn);
  const { bonusMultiple: multiple, bonusRounding: rounding } = rule;
  if (multiple === null || rounding === null || !salary) return null;
  return {
    amount: roundedProduct(multiple, salary.amount, rounding),
    multiple,
    salaryFrom: salary._id,
    rounding,
    computedFor: decidedOn,
  };
}
