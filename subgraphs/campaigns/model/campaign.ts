import { type Connection as Database, type Model, Schema } from 'mongoose';
import { campaignStatuses } from '../../../schema/events.ts';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import type { CampaignStatus } from '../rules/campaignMachine.ts';
import type { MottoRole } from '../rules/mottoRoles.ts';
import {
  type DocumentRefRecord,
  documentRef,
  type LocalizedTextRecord,
  localizedText,
  plain,
  type ScoreCriterionRecord,
  type Stamps,
  scoreCriterion,
  stamps,
} from './shapes.ts';

type CampaignKind = 'REGULAR' | 'THEMATIC' | 'SPECIAL';

/** What everybody may see (DOMAIN §5.9); earlier states are drafts, ARCHIVED is put away. */
export const publishedStatuses = ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'] as const;

/** What the owner's part of the tree alone may see: the earlier states, and ARCHIVED. */
export const hiddenStatuses = campaignStatuses.filter(
  (status) => !(publishedStatuses as readonly string[]).includes(status),
);

export interface MottoRecord {
  readonly code: string;
  readonly role: MottoRole;
  readonly text: LocalizedTextRecord;
}

export interface LegalBasisRecord {
  readonly kind: LocalizedTextRecord;
  readonly document: DocumentRefRecord;
  /** The first day on which it is no longer in force; null or absent while nobody has named one. */
  readonly inForceBefore?: string | null;
}

/** That the money for a campaign is there, by a document. */
export interface CampaignFundingRecord {
  readonly confirmedOn: string;
  readonly document: DocumentRefRecord;
}

/** How a campaign came out, by the document that sums it up. */
export interface CampaignSummaryRecord {
  readonly summarisedOn: string;
  readonly text: LocalizedTextRecord;
  readonly document: DocumentRefRecord;
}

export interface CampaignPhaseRecord {
  /** The whole period code: `BCA-2021-COVID-TDDB:P1`. */
  readonly code: string;
  readonly name: LocalizedTextRecord;
  readonly from: string;
  readonly before: string;
}

export interface TimelineFactRecord {
  readonly on: string;
  readonly text: LocalizedTextRecord;
  readonly source: DocumentRefRecord | null;
}

export interface CampaignPlanRecord {
  readonly kind: LocalizedTextRecord;
  readonly document: DocumentRefRecord;
  readonly signatory: { readonly title: LocalizedTextRecord; readonly name: string } | null;
}

export interface CampaignRecord extends Stamps {
  readonly _id: string;
  /** The place of its latest change in the stream of changes. */
  readonly seq: number;
  readonly code: string;
  readonly kind: CampaignKind;
  readonly status: CampaignStatus;
  readonly synthetic: boolean;
  readonly parentId: string | null;
  readonly ownerId: string;
  /** The owner's path on the day of the plan, and the ids along it; never rewritten. */
  readonly pathAtEvent: string;
  readonly line: readonly string[];
  /** The path of the owner's living successor: who may see a draft. */
  readonly scopePath: string;
  readonly title: LocalizedTextRecord;
  readonly theme: LocalizedTextRecord;
  readonly purpose: LocalizedTextRecord | null;
  readonly requirements: readonly LocalizedTextRecord[];
  readonly mottos: readonly MottoRecord[];
  readonly legalBases: readonly LegalBasisRecord[];
  readonly respondsTo: {
    readonly name: LocalizedTextRecord;
    readonly launchedBy: LocalizedTextRecord;
  } | null;
  readonly plan: CampaignPlanRecord;
  readonly issuedOn: string;
  readonly launchedOn: string | null;
  readonly launchSource: DocumentRefRecord | null;
  readonly endsOn: string | null;
  readonly phases: readonly CampaignPhaseRecord[];
  readonly timeline: readonly TimelineFactRecord[];
  readonly criteria: readonly ScoreCriterionRecord[];
  /** The next three are absent on records that never had one. */
  readonly funding?: CampaignFundingRecord | null;
  readonly returnReason?: string | null;
  readonly summary?: CampaignSummaryRecord | null;
  readonly searchKey: string;
  readonly searchTerms: readonly string[];
}

export type CampaignConnectionRecord = Connection<CampaignRecord>;

/** A line of the stream of changes. */
export interface CampaignChangeRecord {
  readonly cursor: string;
  readonly campaign: CampaignRecord;
}

/** A page of the stream of changes. */
export interface CampaignChangeConnectionRecord {
  readonly edges: readonly CampaignChangeRecord[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

/** Periods inside a campaign are read against its phases and dates. */
const periodFields = ['phases', 'issuedOn', 'endsOn'];

export const campaignFields: ProjectionMap = {
  always: ['code'],
  fields: {
    parent: ['parentId'],
    children: [],
    owner: ['ownerId'],
    contentItems: [],
    period: periodFields,
    reportsUntil: [],
    indicators: [],
    participation: [],
    participations: periodFields,
    participationCounts: [],
    progressReports: periodFields,
    completeness: [...periodFields, 'ownerId'],
    articles: periodFields,
    audit: ['scopePath'],
    availableActions: ['status', 'scopePath', 'issuedOn', 'theme', 'legalBases', 'criteria', 'funding'],
  },
};

const text = { type: localizedText, required: true };
const part = { _id: false } as const;
const motto = new Schema({ code: String, role: String, text }, part);
const document = { type: documentRef, required: true };
const legalBasis = new Schema({ kind: text, document, inForceBefore: String }, part);
const funding = new Schema({ confirmedOn: String, document }, part);
const summary = new Schema({ summarisedOn: String, text, document }, part);
const movement = new Schema({ name: text, launchedBy: text }, part);
const signatory = new Schema({ title: text, name: String }, part);
const plan = new Schema({ kind: text, document, signatory }, part);
const phase = new Schema({ code: String, name: text, from: String, before: String }, part);
const timelineFact = new Schema({ on: String, text, source: documentRef }, part);

const schema = new Schema<CampaignRecord>(
  {
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    code: { type: String, required: true },
    kind: { type: String, required: true },
    status: { type: String, required: true },
    synthetic: { type: Boolean, required: true },
    parentId: { type: String, default: null },
    ownerId: { type: String, required: true },
    pathAtEvent: { type: String, required: true },
    line: { type: [String], required: true },
    scopePath: { type: String, required: true },
    title: text,
    theme: text,
    purpose: localizedText,
    requirements: [localizedText],
    mottos: [motto],
    legalBases: [legalBasis],
    respondsTo: movement,
    plan: { type: plan, required: true },
    issuedOn: { type: String, required: true },
    launchedOn: { type: String, default: null },
    launchSource: documentRef,
    endsOn: { type: String, default: null },
    phases: [phase],
    timeline: [timelineFact],
    criteria: [scoreCriterion],
    funding,
    returnReason: String,
    summary,
    searchKey: { type: String, required: true },
    searchTerms: { type: [String], required: true },
    ...stamps,
  },
  plain,
)
  .index({ code: 1 }, { unique: true })
  .index({ seq: 1, _id: 1 }, { unique: true })
  .index({ pathAtEvent: 1, issuedOn: -1, _id: -1 })
  .index({ status: 1, pathAtEvent: 1, issuedOn: -1, _id: -1 })
  .index({ kind: 1, pathAtEvent: 1, issuedOn: -1, _id: -1 })
  .index({ issuedOn: 1 })
  .index({ updatedAt: 1 })
  .index({ line: 1, pathAtEvent: 1, issuedOn: -1, _id: -1 })
  .index({ parentId: 1, pathAtEvent: 1, issuedOn: -1, _id: -1 })
  .index({ ownerId: 1, issuedOn: -1, _id: -1 })
  .index({ scopePath: 1 })
  // Those that wait for the day of their launch.
  .index({ launchedOn: 1 }, { partialFilterExpression: { status: 'PUBLISHED' } })
  .index({ searchTerms: 1, issuedOn: -1, _id: -1 });

/** The order of a directory: along the unit tree, and of one unit the latest first. */
export const campaignOrder = [
  { field: 'pathAtEvent', direction: 1 },
  { field: 'issuedOn', direction: -1 },
] as const;

export const campaignModel = (database: Database): Model<CampaignRecord> =>
  database.model<CampaignRecord>('campaigns.Campaign', schema, 'campaigns_campaigns');
