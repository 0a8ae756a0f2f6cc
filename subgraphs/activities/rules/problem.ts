import type { FaultDetails } from '../../records/command/faults.ts';

/** What a pure rule finds wrong: the code, and where in the input. */
export type Problem = readonly [code: string, details: FaultDetails];

/** An INPUT_INVALID in both languages. */
export const invalid = (path: readonly (string | number)[], vi: string, en: string): Problem => [
  'INPUT_INVALID',
  { path, params: { vi, en } },
];
