import { type Connection, type Model, Schema } from 'mongoose';
import type { UnitLevel } from '../../../schema/events.ts';
import type { Connection as Page } from '../../records/connection.ts';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { localizedText } from './localizedText.ts';

export const unitStatuses = ['ACTIVE', 'CLOSED', 'PLANNED'] as const;
type UnitStatus = (typeof unitStatuses)[number];
type UnitNameKind = 'FORMER' | 'ABBREVIATION';

/** A name that a unit was or is also known by; `from` and `before` bound the days of a former one. */
export interface UnitNameRecord {
  readonly kind: UnitNameKind;
  readonly name: Localized;
  readonly from: string | null;
  readonly before: string | null;
}

/** A unit as it is brought in: its identity, and its shape today or on its last day. The version rows hold the rest. */
export interface UnitRow {
  readonly _id: string;
  readonly code: string;
  readonly level: UnitLevel;
  readonly status: UnitStatus;
  readonly name: Localized;
  /** The place alone ("Hà Nội"), or a number ("Phòng 01"): for charts and narrow tables. */
  readonly shortName: string;
  readonly otherNames: readonly UnitNameRecord[];
  readonly parentId: string | null;
  /** Codes from the ministry to the unit, between slashes and closed by one: `/BCA/T01.1/`. */
  readonly path: string;
  /** Number of codes in the path. */
  readonly depth: number;
  readonly provinceCode: string | null;
  readonly regionCode: string | null;
  /** The first day this record knows of the unit; the day of the list of 2021 for what stood in it. */
  readonly existsFrom: string;
  readonly existsBefore: string | null;
  /** The official code of the place, and the list it is taken from: the same code may name another place in another list. */
  readonly adminCode: string | null;
  readonly adminListDate: string | null;
  readonly synthetic: boolean;
  /** Place in the stream of changes; a higher number is a later change. */
  readonly seq: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A unit as stored: with the keys it is sorted and found by. */
export interface UnitRecord extends UnitRow {
  readonly nameKey: string;
  /** Folded forms of every name it ever had, without "Công an", with and without the word for its kind. */
  readonly searchKeys: readonly string[];
  /** The same forms with their marks, in lower case. */
  readonly exactKeys: readonly string[];
  /** The next day on which the unit's plain fields change, because a version begins or ends on it. */
  readonly settlesOn?: string | null;
}

const otherName = new Schema<UnitNameRecord>(
  {
    kind: { type: String, required: true },
    name: { type: localizedText, required: true },
    from: { type: String, default: null },
    before: { type: String, default: null },
  },
  { _id: false },
);

const schema = new Schema<UnitRecord>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    level: { type: String, required: true },
    status: { type: String, required: true },
    name: { type: localizedText, required: true },
    shortName: { type: String, required: true },
    otherNames: { type: [otherName], required: true },
    nameKey: { type: String, required: true },
    searchKeys: { type: [String], required: true },
    exactKeys: { type: [String], required: true },
    parentId: { type: String, default: null },
    path: { type: String, required: true },
    depth: { type: Number, required: true },
    provinceCode: { type: String, default: null },
    regionCode: { type: String, default: null },
    existsFrom: { type: String, required: true },
    existsBefore: { type: String, default: null },
    adminCode: { type: String, default: null },
    adminListDate: { type: String, default: null },
    synthetic: { type: Boolean, required: true },
    settlesOn: { type: String, default: null },
    seq: { type: Number, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { autoIndex: false, versionKey: false },
)
  .index({ code: 1 }, { unique: true })
  .index({ seq: 1 }, { unique: true, sparse: true })
  .index({ path: 1, _id: 1 })
  .index({ nameKey: 1, _id: 1 })
  .index({ parentId: 1, status: 1, path: 1, _id: 1 })
  .index({ level: 1, status: 1, path: 1, _id: 1 })
  .index({ provinceCode: 1, level: 1, path: 1, _id: 1 })
  .index({ status: 1, path: 1, _id: 1 })
  .index({ regionCode: 1, path: 1, _id: 1 })
  .index({ synthetic: 1, path: 1, _id: 1 })
  .index({ existsFrom: 1, existsBefore: 1 })
  .index({ updatedAt: 1, _id: 1 })
  .index({ settlesOn: 1 }, { partialFilterExpression: { settlesOn: { $gt: '' } } })
  .index({ searchKeys: 1 })
  // A search takes the best: the living before the closed, higher levels first.
  .index({ status: 1, depth: 1, searchKeys: 1, path: 1 })
  .index({ status: 1, depth: 1, exactKeys: 1, path: 1 });

export const unitModel = (connection: Connection): Model<UnitRecord> =>
  connection.model<UnitRecord>('units.Unit', schema, 'units_units');

/** What stands behind the fields of Unit; reading on a date, parents and lists start from code, path and id. */
export const unitFields: ProjectionMap = {
  always: ['code', 'path'],
  fields: {
    on: [],
    ancestors: [],
    childCount: [],
    children: [],
    events: [],
    predecessors: [],
    successors: [],
    versions: [],
    audit: [],
    parent: ['parentId'],
    region: ['regionCode'],
    covers: ['adminCode', 'adminListDate'],
  },
};

/** How a name matched what was typed, from the best. */
export type UnitMatch = 'EXACT' | 'FOLDED' | 'PREFIX' | 'FOLDED_PREFIX' | 'TYPO';

/** A unit found by its name. */
export interface UnitHitRecord {
  readonly unit: UnitRecord;
  readonly match: UnitMatch;
  readonly matchedName: string;
  /** The day that was asked for. */
  readonly on: string | null | undefined;
}

/** A record's place in the stream of changes is its `seq`. */
export interface UnitChangeRecord {
  readonly cursor: string;
  readonly node: UnitRecord;
}

export interface UnitChangeConnectionRecord {
  readonly edges: readonly { readonly cursor: string; readonly node: UnitChangeRecord }[];
  readonly nodes: readonly UnitChangeRecord[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

export type UnitConnectionRecord = Page<UnitRecord>;
