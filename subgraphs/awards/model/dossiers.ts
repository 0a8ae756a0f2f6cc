import { type Connection, type Model, Schema } from 'mongoose';
import type { UnitLevel } from '../../../schema/events.ts';
import type { Connection as Page } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import {
  type ActorRole,
  type DossierAction,
  type DossierState,
  dossierActions,
  dossierStates,
  type PaperConfirmation,
  type Regime,
  regimes,
} from './codes.ts';
import { documentRef, type Fact, factFields, type StoredDocument } from './facts.ts';

export interface AchievementRecord {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly from: string;
  readonly before: string;
  readonly activityIds: readonly string[];
}

export interface PaperRecord {
  readonly kind: string;
  readonly document: StoredDocument | null;
  readonly confirmations: readonly PaperConfirmation[];
}

export interface TransitionRecord {
  readonly no: number;
  readonly action: DossierAction;
  readonly from: DossierState;
  readonly to: DossierState;
  readonly at: Date;
  readonly role: ActorRole;
  readonly unitId: string;
  readonly reason: string | null;
}

export interface VoteTallyRecord {
  readonly heldOn: string;
  readonly members: number;
  readonly present: number;
  readonly inFavour: number;
  readonly against: number;
  readonly blank: number;
  readonly secret: boolean;
}

/** A dossier as stored. */
export interface AwardDossierRecord extends Fact {
  readonly _id: string;
  readonly seq: number;
  readonly number: string;
  readonly regime: Regime;
  /** The day whose law holds: that of receipt, or of the beginning while it is a draft. */
  readonly judgedOn: string;
  readonly state: DossierState;
  readonly stateSince: string;
  /** Days from receipt to `stateSince`; null for a draft. */
  readonly daysToState: number | null;
  readonly proposerId: string;
  readonly proposerPath: string;
  readonly decidedBy: string;
  readonly decidingUnitId: string | null;
  readonly decidingLevel: UnitLevel | null;
  /** The path of the deciding unit; the ministry's where the decision is made above the force. */
  readonly decidingPath: string;
  readonly achievements: readonly AchievementRecord[];
  readonly papers: readonly PaperRecord[];
  readonly receivedOn: string | null;
  readonly history: readonly TransitionRecord[];
  readonly vote: VoteTallyRecord | null;
  readonly notice: { readonly from: string; readonly before: string } | null;
  /** What the personnel office said when asked whether discipline stands in the way; null before it was asked. */
  readonly conduct: { readonly checkedOn: string; readonly clear: boolean } | null;
  readonly awardId: string | null;
  /** The accounts that wrote it or handed it in: none of them may decide. Never shown. */
  readonly authors?: readonly string[];
  /** Unique while the dossier is open (rules/keys.ts). */
  readonly pendingKey?: string | null;
  readonly synthetic: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export type AwardDossierConnectionRecord = Page<AwardDossierRecord>;
export type TransitionConnectionRecord = Page<TransitionRecord>;

const judged = [
  'form',
  'kind',
  'regime',
  'judgedOn',
  'state',
  'stateLevel',
  'campaignId',
  'recipientKind',
  'recipientKey',
  'unitId',
  'receivedOn',
  'stateSince',
  'decidedBy',
  'decidingUnitId',
  'decidingLevel',
  'achievements',
  'papers',
  'vote',
  'notice',
  'conduct',
  'awardId',
  'number',
] as const;

export const dossierProjection: ProjectionMap = {
  fields: {
    law: ['regime'],
    rule: ['form', 'regime', 'judgedOn'],
    campaign: ['campaignId'],
    proposer: ['proposerId'],
    decidingUnit: ['decidingUnitId'],
    recipient: ['recipient', 'scopePath', 'state'],
    eligibility: judged,
    availableActions: [...judged, 'proposerPath', 'decidingPath', 'recipient', 'authors'],
    audit: ['scopePath', 'proposerPath'],
    award: ['awardId'],
  },
};

const text = { type: String, required: true } as const;
const optional = { type: String, default: null } as const;
const count = { type: Number, required: true } as const;
const part = { _id: false } as const;

const schema = new Schema<AwardDossierRecord>(
  {
    _id: text,
    seq: count,
    number: text,
    ...factFields,
    regime: { type: String, enum: regimes, required: true },
    judgedOn: text,
    state: { type: String, enum: dossierStates, required: true },
    stateSince: text,
    daysToState: { type: Number, default: null },
    proposerId: text,
    proposerPath: text,
    decidedBy: text,
    decidingUnitId: optional,
    decidingLevel: optional,
    decidingPath: text,
    achievements: [
      new Schema(
        { id: text, key: text, summary: text, from: text, before: text, activityIds: [String] },
        { ...part, id: false },
      ),
    ],
    papers: [
      new Schema(
        { kind: text, document: { type: documentRef, default: null }, confirmations: [String] },
        part,
      ),
    ],
    receivedOn: optional,
    history: [
      new Schema(
        {
          no: count,
          action: { type: String, enum: dossierActions },
          from: text,
          to: text,
          at: Date,
          role: text,
          unitId: text,
          reason: optional,
        },
        part,
      ),
    ],
    vote: { type: Schema.Types.Mixed, default: null },
    notice: { type: Schema.Types.Mixed, default: null },
    conduct: { type: Schema.Types.Mixed, default: null },
    awardId: optional,
    authors: { type: [String], default: undefined },
    pendingKey: { type: String },
    synthetic: { type: Boolean, required: true },
    createdAt: Date,
    updatedAt: Date,
    version: count,
  },
  { autoIndex: false, versionKey: false },
)
  .index({ number: 1 }, { unique: true })
  .index({ pendingKey: 1 }, { unique: true, partialFilterExpression: { pendingKey: { $gt: '' } } })
  .index({ seq: 1 }, { unique: true, sparse: true })
  .index({ stateSince: -1, _id: -1, scopePath: 1 })
  .index({ state: 1, stateSince: -1, _id: -1 })
  .index({ form: 1, stateSince: -1, _id: -1 })
  .index({ campaignId: 1, form: 1, state: 1 })
  .index({ campaignId: 1, stateSince: -1, _id: -1 })
  .index({ unitId: 1, stateSince: -1, _id: -1 })
  .index({ proposerId: 1, stateSince: -1, _id: -1 })
  .index({ provinceCode: 1, stateSince: -1, _id: -1 })
  .index({ levelAtEvent: 1, stateSince: -1, _id: -1 })
  .index({ kind: 1, stateSince: -1, _id: -1 })
  .index({ regime: 1, stateSince: -1, _id: -1 })
  .index({ decidedBy: 1, stateSince: -1, _id: -1 })
  .index({ recipientKind: 1, stateSince: -1, _id: -1 })
  .index({ decidingUnitId: 1 })
  .index({ receivedOn: 1 })
  .index({ recipientKey: 1 })
  .index({ pathAtEvent: 1 })
  .index({ scopePath: 1, stateSince: -1, _id: -1 })
  .index({ proposerPath: 1, stateSince: -1, _id: -1 })
  .index({ unitPath: 1 })
  .index({ updatedAt: 1 });

/** Makes the model of dossiers. */
export const dossierModel = (connection: Connection): Model<AwardDossierRecord> =>
  connection.model<AwardDossierRecord>('awards.Dossier', schema, 'awards_dossiers');
