import type { Verdict } from './eligibility.ts';

const verdict =
  (outcome: Verdict['outcome']) =>
  (vi: string, en: string): Verdict => ({ outcome, explanation: { vi, en } });

/** The four outcomes of a rule, each with its reason in both languages. */
export const passed = verdict('PASSED');
export const failed = verdict('FAILED');
export const pending = verdict('PENDING');
export const notApplicable = verdict('NOT_APPLICABLE');

/** The verdict of a rule whose figures stand in a row that the regime does not have. */
export const noRule = (): Verdict =>
  pending('Chưa có quy định của hình thức này để xét.', 'No rule of this form is on record to judge by.');
