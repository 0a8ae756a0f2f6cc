import { type Connection, type Model, Schema } from 'mongoose';
import { schemaOptions } from './facts.ts';

/**
 * A household that gave its identity number, as one campaign knows it: one row for each number, under the campaign's
 * keyed hash. Commands that name the same household meet on this row, so that of two at once the second sees the first.
 */
export interface KnownHouseholdRow {
  /** The campaign's keyed hash of the number: what this row is unique by. */
  readonly _id: string;
  readonly campaignId: string;
  /** What lists of the campaign call the household: random, so that it says nothing once the hash is gone. */
  readonly householdId: string;
  /** How many rows of lists carry the hash. With the last of them the household is forgotten. */
  readonly helped: number;
  /** The row by which it got its house; there is room for one (DOMAIN §5.6). */
  readonly house: string | null;
}

/** A campaign's salt. Without it the hashes of the campaign say nothing, whoever holds the key. */
export interface SaltRow {
  /** The campaign's id. */
  readonly _id: string;
  /** 32 random bytes in base64. */
  readonly salt: string;
  /** The key that the campaign's hashes are made with, for as long as it lasts. */
  readonly keyId: string;
  readonly createdAt: Date;
}

/** How many identity numbers a subject has looked up in one hour. */
export interface LookupRow {
  /** `<subject> <hour>` */
  readonly _id: string;
  readonly count: number;
  readonly at: Date;
}

const text = { type: String, required: true } as const;
const TWO_HOURS_S = 2 * 3_600;

const knownHousehold = new Schema<KnownHouseholdRow>(
  {
    _id: text,
    campaignId: text,
    householdId: text,
    helped: { type: Number, required: true },
    house: { type: String, default: null },
  },
  schemaOptions,
);

const salt = new Schema<SaltRow>(
  { _id: text, salt: text, keyId: text, createdAt: { type: Date, required: true } },
  schemaOptions,
);

const lookup = new Schema<LookupRow>(
  { _id: text, count: { type: Number, required: true }, at: { type: Date, required: true } },
  schemaOptions,
).index({ at: 1 }, { expireAfterSeconds: TWO_HOURS_S });

/** Makes the model of the households that a campaign knows by their numbers. */
export const knownHouseholdModel = (connection: Connection): Model<KnownHouseholdRow> =>
  connection.model<KnownHouseholdRow>('activities.KnownHousehold', knownHousehold, 'activities_households');

/** Makes the model of the campaigns' salts. */
export const saltModel = (connection: Connection): Model<SaltRow> =>
  connection.model<SaltRow>('activities.Salt', salt, 'activities_salts');

/** Makes the model of the counters of look-ups. */
export const lookupModel = (connection: Connection): Model<LookupRow> =>
  connection.model<LookupRow>('activities.Lookup', lookup, 'activities_lookups');
