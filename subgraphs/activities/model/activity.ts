import { type Connection, type Model, Schema } from 'mongoose';
import type { Connection as Page } from '../../records/connection.ts';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { type AreaKey, type Fact, factFields, schemaOptions, type Trail, trailFields } from './facts.ts';
import type { HouseStatus } from './house.ts';

const activityStatuses = [
  'PLANNED',
  'APPROVED',
  'IN_PROGRESS',
  'DELIVERED',
  'VERIFIED',
  'CANCELLED',
] as const;
export type ActivityStatus = (typeof activityStatuses)[number];

/** Counts of people of one group, or of an activity; null where nobody counted. */
export interface People {
  readonly targeted: number | null;
  readonly reached: number | null;
  readonly households: number | null;
}

/** The house of an activity as far as sums need it; the house itself is a record of its own. */
interface HouseMark {
  readonly id: string;
  readonly status: HouseStatus;
  readonly dueOn: string | null;
  readonly completedOn: string | null;
  readonly cancelledOn: string | null;
}

interface EvidenceRow {
  readonly number: string | null;
  readonly date: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly sha256: string | null;
}

interface InKind {
  readonly item: Localized;
  readonly quantity: number;
  readonly measure: Localized;
  readonly value: number;
}

/**
 * A support activity as stored. `month` and `week` are those of `startsOn`, for sums; `unitMonth` is the month with the
 * unit's code, one value to read the export along; `words` serves the text search.
 */
export interface ActivityRow extends Fact, Trail {
  readonly _id: string;
  /** The number of its latest change in the stream of all changes. */
  readonly seq: number;
  readonly code: string;
  readonly contentItemId: string | null;
  readonly contentItemCode: string | null;
  readonly coOrganiserIds: readonly string[];
  readonly kind: string;
  readonly title: Localized;
  readonly note: string | null;
  readonly words: readonly string[];
  readonly status: ActivityStatus;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly month: string;
  readonly week: string;
  readonly unitMonth: string;
  readonly area: AreaKey | null;
  readonly people: People;
  readonly groups: readonly ({ readonly code: string } & People)[];
  readonly funding: readonly { readonly code: string; readonly planned: number; readonly amount: number }[];
  readonly plannedAmount: number;
  readonly amount: number;
  /** What the plan gives in kind; absent where nothing was planned. */
  readonly plannedInKind?: readonly InKind[];
  readonly inKind: readonly InKind[];
  readonly deliveries: number;
  readonly evidence: readonly EvidenceRow[];
  readonly house: HouseMark | null;
  /** Subjects who planned or recorded it, and so may not verify it. Never readable in the graph. */
  readonly authors?: readonly string[];
}

const people = { targeted: Number, reached: Number, households: Number };
const localizedText = { vi: String, en: String };
const inKind = { _id: false, item: localizedText, quantity: Number, measure: localizedText, value: Number };

/** How activities lie for the export: the indexes below begin with this, after one equality or none. */
export const exportOrder = { unitMonth: 1, _id: 1 } as const;

const schema = new Schema<ActivityRow>(
  {
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    code: { type: String, required: true },
    ...factFields,
    contentItemId: String,
    contentItemCode: String,
    coOrganiserIds: [String],
    kind: { type: String, required: true },
    title: localizedText,
    note: String,
    words: [String],
    status: { type: String, required: true, enum: activityStatuses },
    startsOn: { type: String, required: true },
    endsOn: String,
    month: { type: String, required: true },
    week: { type: String, required: true },
    unitMonth: { type: String, required: true },
    area: { code: String, listDate: String },
    people,
    groups: [{ _id: false, code: String, ...people }],
    funding: [{ _id: false, code: String, planned: Number, amount: Number }],
    plannedAmount: Number,
    amount: Number,
    plannedInKind: [inKind],
    inKind: [inKind],
    deliveries: Number,
    evidence: [{ _id: false, number: String, date: String, title: String, url: String, sha256: String }],
    house: { id: String, status: String, dueOn: String, completedOn: String, cancelledOn: String },
    authors: [String],
    ...trailFields,
  },
  schemaOptions,
)
  .index({ code: 1 }, { unique: true })
  .index({ seq: 1 }, { unique: true, sparse: true })
  .index({ startsOn: -1, _id: -1 })
  .index({ campaignCode: 1, startsOn: -1, _id: -1 })
  .index({ contentItemId: 1, startsOn: -1, _id: -1 })
  .index({ unitId: 1, startsOn: -1, _id: -1 })
  // Who sees a part of the tree only reads along it.
  .index({ scopePath: 1, startsOn: -1, _id: -1 })
  .index({ pathAtEvent: 1, startsOn: -1, _id: -1 })
  .index({ unitPath: 1, startsOn: -1, _id: -1 })
  .index({ provinceAtEvent: 1, startsOn: -1, _id: -1 })
  .index({ levelAtEvent: 1, startsOn: -1, _id: -1 })
  .index({ kind: 1, startsOn: -1, _id: -1 })
  .index({ 'groups.code': 1, startsOn: -1, _id: -1 })
  .index({ 'funding.code': 1, startsOn: -1, _id: -1 })
  // One activity in thirty has a house.
  .index({ 'house.id': 1 }, { partialFilterExpression: { 'house.id': { $gt: '' } } })
  .index({ code: 1, _id: 1 })
  .index(exportOrder)
  .index({ campaignCode: 1, ...exportOrder })
  .index({ provinceAtEvent: 1, ...exportOrder })
  .index({ amount: 1, _id: 1 })
  .index({ updatedAt: 1, _id: 1 })
  .index({ words: 1 });

/** Makes the model of support activities. */
export const activityModel = (connection: Connection): Model<ActivityRow> =>
  connection.model<ActivityRow>('activities.Activity', schema, 'activities_activities');

/** Which record fields stand behind the fields of SupportActivity. */
export const activityProjection: ProjectionMap = {
  fields: {
    campaign: ['campaignId', 'campaignCode'],
    contentItem: ['contentItemId'],
    unit: ['unitId'],
    coOrganisers: ['coOrganiserIds'],
    level: ['levelAtEvent'],
    provinceCode: ['provinceAtEvent'],
    people: ['people', 'groups', 'deliveries', 'scopePath'],
    groups: ['people', 'groups', 'deliveries', 'scopePath'],
    deliveries: ['people', 'groups', 'deliveries', 'scopePath'],
    evidence: ['evidence', 'scopePath'],
    beneficiaries: ['scopePath'],
    house: ['house.id'],
    availableActions: ['status', 'scopePath', 'authors', 'evidence', 'house.status'],
    audit: ['scopePath'],
  },
};

export type SupportActivityRecord = ActivityRow;
export type SupportActivityConnectionRecord = Page<ActivityRow>;
/** The latest change of one activity, as the stream gives it. */
export interface SupportActivityChangeRecord {
  readonly cursor: string;
  readonly activity: ActivityRow;
}
/** A line of funding holds its source's code. */
export type FundingLineRecord = ActivityRow['funding'][number];
