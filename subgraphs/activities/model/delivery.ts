import { type Connection, type Model, Schema } from 'mongoose';
import type { Versioned } from '../../records/command/aggregate.ts';
import type { CommandResult } from '../../records/command/runCommand.ts';
import type { Connection as Page } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { type AreaKey, schemaOptions, trailFields } from './facts.ts';

/**
 * One hand-over to one household, and with it the household as the list of that activity knows it. `householdId` is
 * the same in all lists of the same household; it is never shown.
 */
export interface DeliveryRow extends Versioned {
  readonly _id: string;
  readonly activityId: string;
  readonly householdId: string;
  /** Null where none was recorded, as for a sensitive group without consent. */
  readonly group: string | null;
  readonly householdSize: number | null;
  /** Sealed under a key outside of MongoDB; opened only for who may read it. */
  readonly displayName: string | null;
  readonly idTail: string | null;
  /** The campaign's keyed hash of the identity number, by which help given twice is found; absent without a number. */
  readonly idHash?: string | null;
  readonly idCheck: 'NOT_GIVEN' | 'FORMAT_OK';
  readonly consent: 'GIVEN' | 'NOT_ASKED' | 'WITHDRAWN';
  readonly area: AreaKey | null;
  readonly deliveredOn: string;
  /** When all that names the household was taken out. */
  readonly erasedAt?: Date | null;
  readonly synthetic: boolean;
}

const schema = new Schema<DeliveryRow>(
  {
    _id: { type: String, required: true },
    activityId: { type: String, required: true },
    householdId: { type: String, required: true },
    group: String,
    householdSize: Number,
    displayName: String,
    idTail: String,
    idHash: String,
    idCheck: { type: String, required: true },
    consent: { type: String, required: true },
    area: { code: String, listDate: String },
    deliveredOn: { type: String, required: true },
    erasedAt: Date,
    ...trailFields,
  },
  schemaOptions,
)
  .index({ activityId: 1, _id: 1 })
  // A sealed name begins with the id of its key: by this the names under one key are found and counted.
  .index({ displayName: 1 }, { partialFilterExpression: { displayName: { $gt: '' } } });

/** Makes the model of hand-overs. */
export const deliveryModel = (connection: Connection): Model<DeliveryRow> =>
  connection.model<DeliveryRow>('activities.Delivery', schema, 'activities_deliveries');

/** Which record fields stand behind the fields of Beneficiary. */
export const beneficiaryProjection: ProjectionMap = { fields: { audit: ['activityId'] } };

export type BeneficiaryRecord = DeliveryRow;
export type BeneficiaryConnectionRecord = Page<DeliveryRow>;

/** What a command on an activity's deliveries gives: the activity it wrote. */
export type DeliveryPayloadRecord = CommandResult<{ readonly id: string }>;
/** What a command on a household gives: the row it wrote, and the activity the row belongs to. */
export type BeneficiaryPayloadRecord = CommandResult<{ readonly id: string; readonly activityId: string }>;
