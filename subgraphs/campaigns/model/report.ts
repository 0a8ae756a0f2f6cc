import { type Connection as Database, type Model, Schema } from 'mongoose';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { type PeriodRecord, type Place, place, plain, type Stamps, stamps } from './shapes.ts';

export type ReportStatus = 'DRAFT' | 'SUBMITTED' | 'RETURNED' | 'ACCEPTED' | 'LOCKED';

/** Whether a report in that state counts as handed in; a returned one has to be handed in again. */
export const isHandedIn = (status: ReportStatus): boolean => status !== 'DRAFT' && status !== 'RETURNED';

/** The key of a campaign's reports under a unit; see {@link ProgressReportRecord.underKeys}. */
export const underKey = (campaignId: string, unitId: string): string => `${campaignId}/${unitId}`;

export interface ProgressReportRecord extends Place, Stamps {
  readonly _id: string;
  readonly campaignId: string;
  /** {@link underKey} for every unit along the path: one index finds and counts what lies under any unit. */
  readonly underKeys: readonly string[];
  /** The levels of the units along the path, beside `line`. */
  readonly levels: readonly string[];
  /** The path of the unit's living successor: who may read the report. */
  readonly scopePath: string;
  readonly period: string;
  /** The last day of the period; a report counts in the period that holds it. */
  readonly periodEnd: string;
  readonly dueOn: string;
  readonly status: ReportStatus;
  readonly handedIn: boolean;
  readonly submittedAt: Date | null;
  readonly late: boolean;
  readonly returnReason: string | null;
  readonly values: readonly ReportValueRecord[];
  readonly narrative: string | null;
  readonly synthetic: boolean;
}

export interface ReportValueRecord {
  readonly indicatorId: string;
  readonly value: number;
}

export type ProgressReportConnectionRecord = Connection<ProgressReportRecord>;

/** Days that reports are counted in: [from, before). */
export interface Days {
  readonly from: string;
  readonly before: string;
}

export interface CompletenessRowRecord {
  /** The unit at the top of what is counted. */
  readonly _id: string;
  /** The first path counted, which puts the rows into the order of the tree. */
  readonly path: string;
  readonly expected: number;
  readonly received: number;
  readonly late: number;
  readonly missing: number;
  readonly campaignId: string;
  readonly days: Days;
}

export interface CompletenessConnectionRecord {
  /** The rows, read when they are first asked for: who wants the total alone reads none. */
  readonly page: () => Promise<Connection<CompletenessRowRecord>>;
  readonly campaignId: string;
  /** The unit whose children make the rows. */
  readonly unitId: string;
  readonly days: Days;
  readonly period: PeriodRecord;
}

export const progressReportFields: ProjectionMap = {
  fields: { campaign: ['campaignId'], unit: ['unitId'], audit: ['scopePath'] },
};

/** The latest period first, then along the unit tree. */
export const reportOrder = [
  { field: 'periodEnd', direction: -1 },
  { field: 'pathAtEvent', direction: 1 },
] as const;

/** Along the unit tree, then by period. */
export const missingOrder = [
  { field: 'pathAtEvent', direction: 1 },
  { field: 'periodEnd', direction: 1 },
] as const;

const required = { type: String, required: true };

/** What is missing is looked for among these: along the tree where there is much, by period where there is little. */
const notHandedIn = { partialFilterExpression: { handedIn: false } };

const schema = new Schema<ProgressReportRecord>(
  {
    _id: required,
    campaignId: required,
    ...place,
    underKeys: { type: [String], required: true },
    levels: { type: [String], required: true },
    scopePath: required,
    period: required,
    periodEnd: required,
    dueOn: required,
    status: required,
    handedIn: { type: Boolean, required: true },
    submittedAt: { type: Date, default: null },
    late: { type: Boolean, required: true },
    returnReason: { type: String, default: null },
    values: [new Schema({ indicatorId: required, value: { type: Number, required: true } }, { _id: false })],
    narrative: { type: String, default: null },
    synthetic: { type: Boolean, required: true },
    ...stamps,
  },
  plain,
)
  .index({ campaignId: 1, unitId: 1, period: 1 }, { unique: true })
  .index({ unitId: 1 })
  .index({ scopePath: 1 })
  .index({ campaignId: 1, periodEnd: -1, pathAtEvent: 1, _id: 1 })
  .index({ underKeys: 1, periodEnd: -1, pathAtEvent: 1, _id: 1 })
  .index({ pathAtEvent: 1 })
  .index({ campaignId: 1, scopePath: 1 })
  .index({ underKeys: 1, pathAtEvent: 1, periodEnd: 1, _id: 1 }, notHandedIn)
  .index({ underKeys: 1, periodEnd: 1, pathAtEvent: 1, _id: 1 }, notHandedIn);

export const progressReportModel = (database: Database): Model<ProgressReportRecord> =>
  database.model<ProgressReportRecord>('campaigns.ProgressReport', schema, 'campaigns_reports');
