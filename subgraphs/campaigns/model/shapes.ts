import { Schema } from 'mongoose';
import type { NamedPeriod } from '../../records/periodInput.ts';

/** A text as stored: Vietnamese always, English where it is translated. */
export interface LocalizedTextRecord {
  readonly vi: string;
  readonly en: string | null;
}

/** A document that a fact rests on; any part may be unknown. */
export interface DocumentRefRecord {
  readonly number?: string | null;
  readonly date?: string | null;
  readonly dateText?: string | null;
  readonly issuer?: string | null;
  readonly title?: string | null;
  readonly url?: string | null;
  readonly sha256?: string | null;
}

/** A criterion that units are scored by, in a campaign or in a cluster. */
export interface ScoreCriterionRecord {
  readonly code: string;
  readonly name: LocalizedTextRecord;
  readonly maxScore: number;
}

/** A period of an answer. A phase is called by its own name, which may have no English. */
export interface PeriodRecord extends Omit<NamedPeriod, 'label'> {
  readonly label: LocalizedTextRecord;
}

/** What every record of the graph carries for synchronising. */
export interface Stamps {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** Where the unit of a record stood on the day of the record; never rewritten (AS_REPORTED). */
export interface Place {
  readonly unitId: string;
  /** Materialised path on the day of the record, in the order of the tree. */
  readonly pathAtEvent: string;
  readonly levelAtEvent: string;
  /** Ids of the units along that path, from the ministry to the unit itself. */
  readonly line: readonly string[];
}

/** Stored by hand-written ids; indexes are built by `npm run migrate` only. */
export const plain = { autoIndex: false, versionKey: false } as const;
const part = { _id: false } as const;

export const localizedText = new Schema({ vi: { type: String, required: true }, en: String }, part);

export const documentRef = new Schema(
  {
    number: String,
    date: String,
    dateText: String,
    issuer: String,
    title: String,
    url: String,
    sha256: String,
  },
  part,
);

export const scoreCriterion = new Schema(
  {
    code: { type: String, required: true },
    name: { type: localizedText, required: true },
    maxScore: { type: Number, required: true },
  },
  part,
);

export const stamps = {
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
  version: { type: Number, required: true },
};

export const place = {
  unitId: { type: String, required: true },
  pathAtEvent: { type: String, required: true },
  levelAtEvent: { type: String, required: true },
  line: { type: [String], required: true },
};
