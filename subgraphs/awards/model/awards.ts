import { type Connection, type Model, Schema } from 'mongoose';
import type { Connection as Page } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import type { BonusRoundingRecord } from './catalogue.ts';
import { type AwardStatus, awardStatuses, type Regime, regimes } from './codes.ts';
import { documentRef, type Fact, factFields, type StoredDocument } from './facts.ts';

/** The money of an award with all that it was computed from; `salaryFrom` is the key of the base-salary row. */
export interface AwardBonusRecord {
  readonly amount: number;
  readonly multiple: number;
  readonly salaryFrom: string;
  readonly rounding: BonusRoundingRecord;
  readonly computedFor: string;
}

export interface RevocationRecord {
  readonly revokedOn: string;
  readonly ground: string;
  readonly decision: StoredDocument | null;
  /** Whether the objects and the money have come back; absent where nobody has recorded it. */
  readonly recovered?: boolean;
}

/** An award as stored. */
export interface AwardRecord extends Fact {
  readonly _id: string;
  /** Gives the order of `awardChanges`; a change takes the next number. */
  readonly seq: number;
  /** The code on the certificate, as rules/verifyCode.ts normalises it; null where no certificate of ours exists. */
  readonly verifyCode: string | null;
  readonly regime: Regime;
  readonly decision: StoredDocument | null;
  readonly decidedBy: string;
  /** The day it counts on: of the decision, or of the conferring where the decision's is unknown. */
  readonly eventOn: string;
  readonly conferredOn: string | null;
  readonly posthumous: boolean;
  readonly bonus: AwardBonusRecord | null;
  readonly status: AwardStatus;
  readonly revocation: RevocationRecord | null;
  readonly dossierId: string | null;
  readonly achievementKeys: readonly string[];
  /** Unique while the award stands (rules/keys.ts). */
  readonly achievementLocks?: readonly string[];
  readonly activityIds: readonly string[];
  readonly source: StoredDocument | null;
  readonly synthetic: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export type AwardConnectionRecord = Page<AwardRecord>;

export const awardProjection: ProjectionMap = {
  fields: {
    recipient: ['recipient', 'scopePath', 'status'],
    campaign: ['campaignId'],
    dossier: ['dossierId'],
    audit: ['scopePath'],
  },
};

const text = { type: String, required: true } as const;
const optional = { type: String, default: null } as const;
const count = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;

// A partial index serves an equality only if the planner sees that it is inside: `$gt: ''` is, `$type` is not.
const schema = new Schema<AwardRecord>(
  {
    _id: text,
    seq: count,
    verifyCode: optional,
    ...factFields,
    regime: { type: String, enum: regimes, required: true },
    decision: { type: documentRef, default: null },
    decidedBy: text,
    eventOn: text,
    conferredOn: optional,
    posthumous: flag,
    bonus: { type: Schema.Types.Mixed, default: null },
    status: { type: String, enum: awardStatuses, required: true },
    revocation: { type: Schema.Types.Mixed, default: null },
    dossierId: optional,
    achievementKeys: [String],
    achievementLocks: { type: [String], default: undefined },
    activityIds: [String],
    source: { type: documentRef, default: null },
    synthetic: flag,
    createdAt: Date,
    updatedAt: Date,
    version: count,
  },
  { autoIndex: false, versionKey: false },
)
  .index({ verifyCode: 1 }, { unique: true, partialFilterExpression: { verifyCode: { $gt: '' } } })
  .index({ dossierId: 1 }, { unique: true, partialFilterExpression: { dossierId: { $gt: '' } } })
  .index(
    { achievementLocks: 1 },
    { unique: true, partialFilterExpression: { achievementLocks: { $gt: '' } } },
  )
  .index({ seq: 1, _id: 1 })
  .index({ eventOn: -1, _id: -1 })
  .index({ campaignId: 1, eventOn: -1, _id: -1 })
  .index({ form: 1, eventOn: -1, _id: -1 })
  .index({ unitId: 1, eventOn: -1, _id: -1 })
  .index({ provinceCode: 1, eventOn: -1, _id: -1 })
  .index({ levelAtEvent: 1, eventOn: -1, _id: -1 })
  .index({ kind: 1, eventOn: -1, _id: -1 })
  .index({ status: 1, eventOn: -1, _id: -1 })
  .index({ decidedBy: 1, eventOn: -1, _id: -1 })
  .index({ recipientKind: 1, eventOn: -1, _id: -1 })
  .index({ stateLevel: 1, eventOn: -1, _id: -1 })
  .index({ posthumous: 1, eventOn: -1, _id: -1 })
  .index({ activityIds: 1, eventOn: -1, _id: -1 })
  .index({ 'decision.number': 1 })
  .index({ recipientKey: 1 })
  .index({ pathAtEvent: 1 })
  .index({ unitPath: 1 })
  .index({ scopePath: 1 })
  .index({ conferredOn: 1 })
  .index({ updatedAt: 1 });

/** Makes the model of awards. */
export const awardModel = (connection: Connection): Model<AwardRecord> =>
  connection.model<AwardRecord>('awards.Award', schema, 'awards_awards');
