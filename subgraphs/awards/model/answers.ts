import type { UserErrorRecord } from '../../records/command/faults.ts';
import type { Localized } from '../../records/localized.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import type { AwardRecord } from './awards.ts';
import type { RuleProvenanceRecord } from './catalogue.ts';
import type { DossierAction, DossierState } from './codes.ts';
import type { StoredDocument } from './facts.ts';

/** Answers that are computed from records; `form` is a form's code everywhere. */

export interface AwardChangeRecord {
  readonly cursor: string;
  readonly kind: 'UPSERT' | 'TOMBSTONE';
  readonly id: string;
  readonly changedAt: Date;
  readonly node: AwardRecord;
}

export interface AwardChangeConnectionRecord {
  readonly edges: readonly { readonly cursor: string; readonly node: AwardChangeRecord }[];
  readonly nodes: readonly AwardChangeRecord[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

export interface AwardVerificationRecord {
  readonly status: 'VALID' | 'REVOKED' | 'UNKNOWN';
  readonly form: string | null;
  readonly collectiveName: string | null;
  readonly personName: string | null;
  readonly decision: StoredDocument | null;
  readonly revokedOn: string | null;
}

export interface AwardFormCountRecord {
  readonly form: string;
  readonly count: number;
}

export interface AwardSummaryRecord {
  readonly period: NamedPeriod | null;
  readonly awards: number;
  readonly collective: number;
  readonly individual: number;
  readonly stateLevel: number;
  readonly revoked: number;
  readonly bonus: number;
  readonly byForm: readonly AwardFormCountRecord[];
  readonly synthetic: boolean;
}

export interface AwardFunnelRowRecord {
  readonly form: string;
  readonly state: DossierState;
  readonly count: number;
  readonly medianDays: number | null;
  readonly synthetic: boolean;
}

/** A unit as the graph shows it. */
export interface UnitRecipientRecord {
  readonly __typename: 'UnitRecipient';
  readonly unitId: string;
  readonly nameAtDecision: string | null;
}

/** A person as one viewer may see them: what is personal is null for others. */
export interface PersonRecipientRecord {
  readonly __typename: 'PersonRecipient';
  readonly unitId: string;
  readonly unitNameAtDecision: string | null;
  readonly ref: string | null;
  readonly displayName: string | null;
  readonly rank: string | null;
}

/** One rule applied to one dossier. */
export interface RuleResultRecord {
  readonly code: string;
  readonly outcome: 'PASSED' | 'FAILED' | 'PENDING' | 'NOT_APPLICABLE';
  readonly explanation: Localized;
  readonly legalSource: RuleProvenanceRecord;
}

export interface ActionObstacleRecord {
  readonly code: string;
  readonly message: Localized;
}

/** One step that a dossier's state allows, for one viewer. */
export interface ActionHintRecord {
  readonly action: DossierAction;
  readonly to: DossierState;
  readonly allowed: boolean;
  readonly obstacles: readonly ActionObstacleRecord[];
}

/** Answers of commands: the ids of what was written, or why nothing was. */
interface Answer<Result> {
  readonly result: Result | null;
  readonly userErrors: readonly UserErrorRecord[];
}
export type AwardDossierPayloadRecord = Answer<{ readonly id: string }>;
export type AwardDossiersPayloadRecord = Answer<{ readonly ids: readonly string[] }>;
export type AwardDecisionPayloadRecord = Answer<{ readonly id: string; readonly awardId: string }>;
export type AwardPayloadRecord = Answer<{ readonly id: string }>;
