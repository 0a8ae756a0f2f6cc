import type { RuleProvenanceRecord } from '../../../subgraphs/awards/index.ts';

const mark =
  (name: RuleProvenanceRecord['mark']) =>
  (aspect: string, source: string | null): RuleProvenanceRecord => ({ aspect, mark: name, source });

/** Read in a published source, which is named. */
export const sourced = mark('SOURCED');
/** From memory, to be checked before anybody relies on it. */
export const unverified = mark('UNVERIFIED');
/** Our own proposal, where no source gives a figure. */
export const proposed = mark('PROPOSED');
