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

export interface ArticleRecord extends Place, Stamps {
  readonly _id: string;
  readonly campaignId: string;
  readonly title: LocalizedTextRecord;
  readonly body: LocalizedTextRecord;
  readonly publishedOn: string | null;
  readonly attribution: LocalizedTextRecord;
  readonly source: DocumentRefRecord;
  /** The day it was taken back, and why; both are absent on an article that stands. */
  readonly withdrawnOn?: string | null;
  readonly withdrawReason?: string | null;
  readonly synthetic: boolean;
  readonly searchKey: string;
  readonly searchTerms: readonly string[];
}

export type ArticleConnectionRecord = Connection<ArticleRecord>;

/** Who may see an article depends on its campaign, whatever is asked of it. */
export const articleFields: ProjectionMap = {
  always: ['campaignId'],
  fields: { campaign: [], unit: ['unitId'], audit: ['unitId'] },
};

/** The latest first, those without a day at the end. */
export const articleOrder = [{ field: 'publishedOn', direction: -1 }] as const;

const schema = new Schema<ArticleRecord>(
  {
    _id: { type: String, required: true },
    campaignId: { type: String, required: true },
    ...place,
    title: { type: localizedText, required: true },
    body: { type: localizedText, required: true },
    publishedOn: { type: String, default: null },
    attribution: { type: localizedText, required: true },
    source: { type: documentRef, required: true },
    withdrawnOn: String,
    withdrawReason: String,
    synthetic: { type: Boolean, required: true },
    searchKey: { type: String, required: true },
    searchTerms: { type: [String], required: true },
    ...stamps,
  },
  plain,
)
  .index({ campaignId: 1, publishedOn: -1, _id: -1 })
  .index({ campaignId: 1, line: 1, publishedOn: -1, _id: -1 })
  .index({ searchTerms: 1, publishedOn: -1, _id: -1 });

export const articleModel = (database: Database): Model<ArticleRecord> =>
  database.model<ArticleRecord>('campaigns.Article', schema, 'campaigns_articles');
