import { type Connection, type Model, Schema } from 'mongoose';
import { schemaOptions } from './facts.ts';

/**
 * The number of a household, given when it is first counted and never taken back: numbers that lie close together are
 * written in a byte or two, and millions of them are a set of bits. They say nothing about a household, and are shown to nobody.
 */
export interface HouseholdNumberRow {
  /** The household's id; in one row {@link LAST_NUMBER}. */
  readonly _id: string;
  /** Above zero. Some numbers are nobody's. */
  readonly number: number;
}

/** The row that holds the last number given. */
export const LAST_NUMBER = 'last';

const schema = new Schema<HouseholdNumberRow>(
  { _id: { type: String, required: true }, number: { type: Number, required: true } },
  schemaOptions,
);

/** Makes the model of the numbers of households. */
export const householdNumberModel = (connection: Connection): Model<HouseholdNumberRow> =>
  connection.model<HouseholdNumberRow>('activities.HouseholdNumber', schema, 'activities_household_numbers');
