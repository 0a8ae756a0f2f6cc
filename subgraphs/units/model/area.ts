import { type Connection, type Model, Schema } from 'mongoose';
import type { Connection as Page } from '../../records/connection.ts';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { localizedText } from './localizedText.ts';

type AreaType =
  | 'PROVINCE'
  | 'CENTRAL_CITY'
  | 'URBAN_DISTRICT'
  | 'RURAL_DISTRICT'
  | 'DISTRICT_TOWN'
  | 'PROVINCIAL_CITY'
  | 'WARD'
  | 'COMMUNE'
  | 'TOWNSHIP'
  | 'SPECIAL_ZONE';

/** A place of one dated list of administrative areas. */
export interface AdminAreaRecord {
  /** See {@link areaId}. */
  readonly _id: string;
  readonly code: string;
  readonly listDate: string;
  readonly name: Localized;
  readonly type: AreaType;
  readonly parentCode: string | null;
  /** The unit whose place it is. */
  readonly unitId: string | null;
}

export type AdminAreaConnectionRecord = Page<AdminAreaRecord>;

/** A code names a place only together with the day of its list. */
export const areaId = (listDate: string, code: string): string => `${listDate}:${code}`;

/** A socio-economic region, as provinces are grouped from a day to a day. */
export interface RegionRecord {
  readonly _id: string;
  readonly name: Localized;
  readonly from: string;
  readonly before: string | null;
  readonly order: number;
}

const areaSchema = new Schema<AdminAreaRecord>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    listDate: { type: String, required: true },
    name: { type: localizedText, required: true },
    type: { type: String, required: true },
    parentCode: { type: String, default: null },
    unitId: { type: String, default: null },
  },
  { autoIndex: false, versionKey: false },
).index({ listDate: 1, parentCode: 1, code: 1, _id: 1 });

const regionSchema = new Schema<RegionRecord>(
  {
    _id: { type: String, required: true },
    name: { type: localizedText, required: true },
    from: { type: String, required: true },
    before: { type: String, default: null },
    order: { type: Number, required: true },
  },
  { autoIndex: false, versionKey: false },
);

export const adminAreaModel = (connection: Connection): Model<AdminAreaRecord> =>
  connection.model<AdminAreaRecord>('units.AdminArea', areaSchema, 'units_areas');

export const regionModel = (connection: Connection): Model<RegionRecord> =>
  connection.model<RegionRecord>('units.Region', regionSchema, 'units_regions');

export const adminAreaFields: ProjectionMap = {
  always: ['code', 'listDate'],
  fields: { parent: ['parentCode'], unit: ['unitId'] },
};
export const regionFields: ProjectionMap = {
  fields: { code: [], existsFrom: ['from'], existsBefore: ['before'] },
};
