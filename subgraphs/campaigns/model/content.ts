import { type Connection as Database, type Model, Schema } from 'mongoose';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import {
  type DocumentRefRecord,
  documentRef,
  type LocalizedTextRecord,
  localizedText,
  type Place,
  place,
  plain,
  type Stamps,
  stamps,
} from './shapes.ts';

export interface ContentItemRecord {
  readonly _id: string;
  readonly campaignId: string;
  readonly code: string;
  /** `<campaign code>:<code>`. */
  readonly address: string;
  readonly order: number;
  readonly title: LocalizedTextRecord;
  readonly text: LocalizedTextRecord | null;
  readonly trackable: boolean;
  readonly tracking: LocalizedTextRecord;
  readonly carriesOutId: string | null;
}

export interface IndicatorRecord {
  readonly _id: string;
  readonly campaignId: string;
  readonly contentItemId: string;
  readonly code: string;
  readonly address: string;
  readonly order: number;
  readonly name: LocalizedTextRecord;
  readonly unitOfMeasure: LocalizedTextRecord;
  readonly measure: 'COUNT' | 'PERCENT' | 'VND';
  readonly direction: 'INCREASE' | 'DECREASE';
  readonly aggregation: 'SUM' | 'LATEST' | 'NONE';
  readonly origin: 'PLAN' | 'SYSTEM';
}

export type Comparator = 'LT' | 'LTE' | 'EQ' | 'GTE' | 'GT';

export interface BaselineRecord {
  readonly year: number;
  readonly value: number | null;
  readonly note: LocalizedTextRecord | null;
  readonly source: DocumentRefRecord | null;
}

export interface IndicatorTargetRecord extends Place, Stamps {
  readonly _id: string;
  readonly indicatorId: string;
  readonly period: string;
  /** The last day of the period. */
  readonly periodEnd: string;
  readonly comparator: Comparator;
  readonly threshold: number;
  readonly baseline: BaselineRecord | null;
  readonly actual: number | null;
  readonly actualSource: DocumentRefRecord | null;
  readonly source: DocumentRefRecord | null;
  readonly synthetic: boolean;
}

export type IndicatorTargetConnectionRecord = Connection<IndicatorTargetRecord>;

export const contentItemFields: ProjectionMap = {
  always: ['campaignId'],
  fields: { campaign: [], carriesOut: ['carriesOutId'], indicators: [] },
};

export const indicatorFields: ProjectionMap = {
  always: ['campaignId'],
  fields: {
    campaign: [],
    contentItem: ['contentItemId'],
    targets: [],
    targetCounts: [],
    reported: ['aggregation'],
  },
};

export const indicatorTargetFields: ProjectionMap = {
  fields: {
    indicator: ['indicatorId'],
    unit: ['unitId'],
    status: ['comparator', 'threshold', 'actual'],
    audit: ['unitId'],
  },
};

/** Along the unit tree, then by period. */
export const targetOrder = [
  { field: 'pathAtEvent', direction: 1 },
  { field: 'periodEnd', direction: 1 },
] as const;

const text = { type: localizedText, required: true };
const required = { type: String, required: true };

const contentItem = new Schema<ContentItemRecord>(
  {
    _id: required,
    campaignId: required,
    code: required,
    address: required,
    order: { type: Number, required: true },
    title: text,
    text: localizedText,
    trackable: { type: Boolean, required: true },
    tracking: text,
    carriesOutId: { type: String, default: null },
  },
  plain,
)
  .index({ address: 1 }, { unique: true })
  .index({ campaignId: 1, order: 1, _id: 1 });

const indicator = new Schema<IndicatorRecord>(
  {
    _id: required,
    campaignId: required,
    contentItemId: required,
    code: required,
    address: required,
    order: { type: Number, required: true },
    name: text,
    unitOfMeasure: text,
    measure: required,
    direction: required,
    aggregation: required,
    origin: required,
  },
  plain,
)
  .index({ address: 1 }, { unique: true })
  .index({ campaignId: 1, order: 1, _id: 1 })
  .index({ contentItemId: 1, order: 1, _id: 1 });

const baseline = new Schema(
  { year: { type: Number, required: true }, value: Number, note: localizedText, source: documentRef },
  { _id: false },
);

const indicatorTarget = new Schema<IndicatorTargetRecord>(
  {
    _id: required,
    indicatorId: required,
    ...place,
    period: required,
    periodEnd: required,
    comparator: required,
    threshold: { type: Number, required: true },
    baseline,
    actual: { type: Number, default: null },
    actualSource: documentRef,
    source: documentRef,
    synthetic: { type: Boolean, required: true },
    ...stamps,
  },
  plain,
)
  .index({ indicatorId: 1, unitId: 1, period: 1 }, { unique: true })
  .index({ indicatorId: 1, pathAtEvent: 1, periodEnd: 1, _id: 1 })
  .index({ indicatorId: 1, line: 1, pathAtEvent: 1, periodEnd: 1, _id: 1 });

export const contentItemModel = (database: Database): Model<ContentItemRecord> =>
  database.model<ContentItemRecord>('campaigns.ContentItem', contentItem, 'campaigns_contentItems');

export const indicatorModel = (database: Database): Model<IndicatorRecord> =>
  database.model<IndicatorRecord>('campaigns.Indicator', indicator, 'campaigns_indicators');

export const indicatorTargetModel = (database: Database): Model<IndicatorTargetRecord> =>
  database.model<IndicatorTargetRecord>('campaigns.IndicatorTarget', indicatorTarget, 'campaigns_targets');
