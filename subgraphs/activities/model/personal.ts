import { type Connection, type Model, Schema } from 'mongoose';
import type { CommandResult } from '../../records/command/runCommand.ts';
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

/**
 * What a campaign hashes numbers with: a salt, without which the hashes say nothing, whoever holds the key. Once the key
 * was turned over, the hashing key itself stands here sealed, and the salt has gone. When both were destroyed the row
 * stays, to say so.
 */
export interface SaltRow {
  /** The campaign's id. */
  readonly _id: string;
  /** 32 random bytes in base64. */
  readonly salt: string | null;
  /** The hashing key, sealed under `keyId`. */
  readonly sealed?: string | null;
  /** The key that the hashing key is made or sealed with; null when it was destroyed. */
  readonly keyId: string | null;
  readonly createdAt: Date;
  readonly destroyedAt?: Date | null;
  /** What has to go from the rows of the campaign's lists since: what was kept of numbers, or all that is personal. */
  readonly clears?: 'NUMBERS' | 'ALL' | null;
  /** When the rows were looked through and nothing of it was left. */
  readonly clearedAt?: Date | null;
}

/** How many identity numbers a subject has looked up in one hour. */
export interface LookupRow {
  /** `<subject> <hour>` */
  readonly _id: string;
  readonly count: number;
  readonly at: Date;
}

/** How one key of personal data stands: what is sealed under it, and whether it can be taken away. */
export interface PersonalDataKeyRecord {
  readonly id: string;
  readonly current: boolean;
  readonly held: boolean;
  readonly names: number;
  readonly campaigns: number;
  readonly removable: boolean;
}

/** What destroying a campaign's salt gives: the campaign. */
export type DestroyCampaignSaltPayloadRecord = CommandResult<{ readonly id: string; readonly code: string }>;

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
  {
    _id: text,
    salt: String,
    sealed: String,
    keyId: String,
    createdAt: { type: Date, required: true },
    destroyedAt: Date,
    clears: String,
    clearedAt: Date,
  },
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
