import { type Connection, type Model, Schema } from 'mongoose';
import type { UnitLevel } from '../../../schema/events.ts';
import type { Connection as Page } from '../../records/connection.ts';
import type { Filter } from '../../records/keyset.ts';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { localizedText } from './localizedText.ts';

/** What a unit was from a day (in it) to a day (out of it): at most one row holds on any day. */
export interface UnitVersionRow {
  /** `<code>@<from>`. */
  readonly _id: string;
  readonly unitId: string;
  readonly code: string;
  readonly from: string;
  /** Null while nothing has changed since. */
  readonly before: string | null;
  /** The unit's whole life, beside the days of this version. */
  readonly existsFrom: string;
  readonly existsBefore: string | null;
  readonly name: Localized;
  /** Where the short name changed with the name; the unit's own else. */
  readonly shortName?: string | null;
  readonly parentId: string | null;
  readonly path: string;
  readonly depth: number;
  readonly level: UnitLevel;
  readonly provinceCode: string | null;
  readonly regionCode: string | null;
  readonly adminCode: string | null;
  readonly adminListDate: string | null;
}

/** A version read on one day; what is asked of it (parent, children) is read on the same day. */
export interface UnitOnDateRecord extends UnitVersionRow {
  readonly date: string;
}

/** A unit on a day, and all that stood directly under it. */
export interface UnitTreeLevelRecord {
  readonly parent: UnitOnDateRecord;
  readonly units: readonly UnitOnDateRecord[];
}

export type UnitOnDateConnectionRecord = Page<UnitOnDateRecord>;

const schema = new Schema<UnitVersionRow>(
  {
    _id: { type: String, required: true },
    unitId: { type: String, required: true },
    code: { type: String, required: true },
    from: { type: String, required: true },
    before: { type: String, default: null },
    existsFrom: { type: String, required: true },
    existsBefore: { type: String, default: null },
    name: { type: localizedText, required: true },
    shortName: { type: String, default: null },
    parentId: { type: String, default: null },
    path: { type: String, required: true },
    depth: { type: Number, required: true },
    level: { type: String, required: true },
    provinceCode: { type: String, default: null },
    regionCode: { type: String, default: null },
    adminCode: { type: String, default: null },
    adminListDate: { type: String, default: null },
  },
  { autoIndex: false, versionKey: false },
)
  .index({ code: 1, from: 1 }, { unique: true })
  .index({ parentId: 1, path: 1, _id: 1 })
  .index({ depth: 1, path: 1, _id: 1 });

export const unitVersionModel = (connection: Connection): Model<UnitVersionRow> =>
  connection.model<UnitVersionRow>('units.UnitVersion', schema, 'units_versions');

/** The versions that hold on a day; spans are half-open, and a null `before` is open (null is not `$lte` a text). */
export const holdsOn = (date: string): Filter => ({
  from: { $lte: date },
  before: { $not: { $lte: date } },
});

/** What stands behind the fields of UnitOnDate; everything around it is found by code, path and id. */
export const unitOnDateFields: ProjectionMap = {
  always: ['unitId', 'code', 'path', 'from'],
  fields: {
    date: [],
    unit: ['unitId'],
    parent: [],
    ancestors: [],
    childCount: [],
    children: [],
    region: ['regionCode'],
    covers: ['adminCode', 'adminListDate'],
    validFrom: ['from'],
    validBefore: ['before'],
  },
};
