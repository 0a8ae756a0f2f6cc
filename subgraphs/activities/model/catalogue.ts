import { type Connection, type Model, Schema } from 'mongoose';
import type { Localized } from '../../records/localized.ts';
import { schemaOptions } from './facts.ts';

export type CatalogueDimension = 'KIND' | 'GROUP' | 'FUNDING';

/** One entry of a catalogue; which flags are meant depends on the dimension. */
export interface CatalogueRow {
  /** `<dimension>:<code>` */
  readonly _id: string;
  readonly dimension: CatalogueDimension;
  readonly code: string;
  readonly order: number;
  readonly name: Localized;
  readonly origin: string;
  readonly buildsHouse: boolean;
  readonly noteRequired: boolean;
  readonly sensitive: boolean;
}

const schema = new Schema<CatalogueRow>(
  {
    _id: { type: String, required: true },
    dimension: { type: String, required: true },
    code: { type: String, required: true },
    order: { type: Number, required: true },
    name: { vi: String, en: String },
    origin: { type: String, required: true },
    buildsHouse: { type: Boolean, required: true },
    noteRequired: { type: Boolean, required: true },
    sensitive: { type: Boolean, required: true },
  },
  schemaOptions,
).index({ dimension: 1, order: 1 });

/** Makes the model of the three catalogues. */
export const catalogueModel = (connection: Connection): Model<CatalogueRow> =>
  connection.model<CatalogueRow>('activities.Catalogue', schema, 'activities_catalogue');

/** An entry by its code alone: what a fact holds. The rest is read when it is asked for. */
export interface EntryRef {
  readonly code: string;
}
export type SupportKindRecord = EntryRef;
export type BeneficiaryGroupRecord = EntryRef;
export type FundingSourceRecord = EntryRef;
