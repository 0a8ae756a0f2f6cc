import type { RuleResultRecord } from '../model/answers.ts';
import type { AwardRecord } from '../model/awards.ts';
import type {
  AwardFormRecord,
  CitationRow,
  DecidingAuthorityRecord,
  FormRuleRecord,
  PaperKindRecord,
  RuleProvenanceRecord,
} from '../model/catalogue.ts';
import type { DossierState } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import { authority, formForRecipient, formInRegime, papers, selfDecision } from './formalities.ts';
import { doubleAward, duplicatePending, quota, stateLevelTwice, underDiscipline } from './recipientRules.ts';
import { notice, quorum, voteMark } from './voteRules.ts';

/** What became of a rule, and why. */
export type Verdict = Pick<RuleResultRecord, 'outcome' | 'explanation'>;

/** One rule applied to one dossier. */
export type RuleResult = RuleResultRecord & { readonly code: RuleCode };

export type OtherAward = Pick<
  AwardRecord,
  '_id' | 'form' | 'kind' | 'stateLevel' | 'eventOn' | 'status' | 'dossierId' | 'achievementKeys'
>;
type OtherDossier = Pick<AwardDossierRecord, '_id' | 'number' | 'form' | 'campaignId' | 'state'>;

/** All that the rules look at beside the dossier itself. */
export interface Facts {
  readonly form: AwardFormRecord | null;
  readonly rule: FormRuleRecord | null;
  /** The authorities of the dossier and of the rule, by code; order 1 is the highest. */
  readonly authorities: ReadonlyMap<string, DecidingAuthorityRecord>;
  readonly requiredPapers: readonly PaperKindRecord[];
  /** Awards and dossiers of the same recipient. */
  readonly otherAwards: readonly OtherAward[];
  readonly otherDossiers: readonly OtherDossier[];
  /** Standing individual titles of the recipient's unit, by `FORM:YEAR`. */
  readonly titles: ReadonlyMap<string, number>;
  readonly citations: ReadonlyMap<string, CitationRow>;
  readonly today: string;
}

/** A rule judges a dossier as it would stand in a state: its own, or the one that a step leads to. */
export type Check = (dossier: AwardDossierRecord, facts: Facts, state: DossierState) => Verdict;

/** Every rule in the order people read them; a broken one has the code of the command's error (DOMAIN §5.6). */
const checks = {
  FORM_NOT_IN_REGIME: formInRegime,
  FORM_NOT_FOR_RECIPIENT: formForRecipient,
  AUTHORITY_TOO_LOW: authority,
  SELF_DECISION: selfDecision,
  PAPER_MISSING: papers,
  UNDER_DISCIPLINE: underDiscipline,
  DOUBLE_AWARD_SAME_ACHIEVEMENT: doubleAward,
  DUPLICATE_PENDING: duplicatePending,
  STATE_LEVEL_TWICE_IN_YEAR: stateLevelTwice,
  QUOTA_EXCEEDED: quota,
  QUORUM_NOT_MET: quorum,
  VOTE_BELOW_MARK: voteMark,
  NOTICE_PERIOD_OPEN: notice,
} as const satisfies Readonly<Record<string, Check>>;

export type RuleCode = keyof typeof checks;

/** Judges a dossier by every rule. */
export const eligibilityOf = (
  dossier: AwardDossierRecord,
  facts: Facts,
  state: DossierState = dossier.state,
): RuleResult[] =>
  (Object.entries(checks) as [RuleCode, Check][]).map(([code, check]) => ({
    code,
    ...check(dossier, facts, state),
    legalSource: sourceOf(code, facts.citations.get(code)),
  }));

const sourceOf = (code: RuleCode, citation: CitationRow | undefined): RuleProvenanceRecord => ({
  aspect: code,
  mark: citation?.mark ?? 'PROPOSED',
  source: citation?.source ?? null,
});
