import { type Connection, type Model, Schema } from 'mongoose';
import type { Connection as Page } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { type AreaKey, type Fact, factFields, schemaOptions, type Trail, trailFields } from './facts.ts';

export const houseStatuses = [
  'SURVEYED',
  'APPROVED',
  'STARTED',
  'COMPLETED',
  'HANDED_OVER',
  'CANCELLED',
] as const;
export type HouseStatus = (typeof houseStatuses)[number];

/** A house as stored; it stands where its activity stands. */
export interface HouseRow extends Fact, Trail {
  readonly _id: string;
  readonly code: string;
  readonly activityId: string;
  readonly area: AreaKey | null;
  readonly status: HouseStatus;
  readonly surveyedOn: string | null;
  readonly approvedOn: string | null;
  readonly startedOn: string | null;
  readonly dueOn: string | null;
  readonly completedOn: string | null;
  readonly handedOverOn: string | null;
  readonly cancelledOn: string | null;
  readonly cost: number;
}

const schema = new Schema<HouseRow>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    activityId: { type: String, required: true },
    ...factFields,
    area: { code: String, listDate: String },
    status: { type: String, required: true, enum: houseStatuses },
    surveyedOn: String,
    approvedOn: String,
    startedOn: String,
    dueOn: String,
    completedOn: String,
    handedOverOn: String,
    cancelledOn: String,
    cost: { type: Number, required: true },
    ...trailFields,
  },
  schemaOptions,
)
  .index({ code: 1 }, { unique: true })
  .index({ code: 1, _id: 1 })
  .index({ activityId: 1 }, { unique: true })
  .index({ dueOn: 1, _id: 1 })
  .index({ surveyedOn: 1, _id: 1 })
  .index({ cost: 1, _id: 1 })
  .index({ campaignCode: 1, dueOn: 1, _id: 1 })
  .index({ provinceAtEvent: 1, dueOn: 1, _id: 1 })
  .index({ status: 1, dueOn: 1, _id: 1 })
  .index({ unitId: 1, dueOn: 1, _id: 1 })
  .index({ unitPath: 1 })
  .index({ scopePath: 1, dueOn: 1, _id: 1 })
  .index({ pathAtEvent: 1, dueOn: 1, _id: 1 });

/** Makes the model of houses. */
export const houseModel = (connection: Connection): Model<HouseRow> =>
  connection.model<HouseRow>('activities.House', schema, 'activities_houses');

/** Which record fields stand behind the fields of HouseProject. */
export const houseProjection: ProjectionMap = {
  fields: {
    activity: ['activityId'],
    campaign: ['campaignId', 'campaignCode'],
    unit: ['unitId'],
    overdue: ['dueOn', 'completedOn', 'cancelledOn'],
    audit: ['scopePath'],
  },
};

export type HouseProjectRecord = HouseRow;
export type HouseProjectConnectionRecord = Page<HouseRow>;
