import type { RegionRecord } from '../../../subgraphs/units/index.ts';
import { list2021, list2025 } from './lists.ts';

/**
 * The English names of provinces and the socio-economic regions they are grouped in: tables of our own, no package
 * holds them. The six regions of 2021 are those of the national plans to 2030 (14, 11, 14, 5, 6 and 13 provinces). How the
 * 34 provinces of 2025 are grouped is written from memory and awaits a check against the act; it is data, to be
 * corrected here.
 */
const english: Readonly<Record<string, string>> = {
  'Hà Nội': 'Hanoi',
  'Hồ Chí Minh': 'Ho Chi Minh City',
};

/** Gives the English name of a province from its name without the word for its kind: the usual spelling without marks. */
export const englishName = (name: string): string =>
  english[name] ?? name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

const region = (
  _id: string,
  order: number,
  [from, before]: readonly [string, string | null],
  vi: string,
  en: string,
): RegionRecord => ({ _id, name: { vi, en }, from, before, order });

const always = [list2021, null] as const;
const until2025 = [list2021, list2025] as const;
const since2025 = [list2025, null] as const;

export const regions: readonly RegionRecord[] = [
  region('MIEN_NUI_PHIA_BAC', 1, always, 'Trung du và miền núi phía Bắc', 'Northern Midlands and Mountains'),
  region('DONG_BANG_SONG_HONG', 2, always, 'Đồng bằng sông Hồng', 'Red River Delta'),
  region(
    'BAC_TRUNG_BO_DUYEN_HAI',
    3,
    until2025,
    'Bắc Trung Bộ và duyên hải miền Trung',
    'North Central and Central Coast',
  ),
  region('BAC_TRUNG_BO', 3, since2025, 'Bắc Trung Bộ', 'North Central'),
  region('TAY_NGUYEN', 4, until2025, 'Tây Nguyên', 'Central Highlands'),
  region(
    'NAM_TRUNG_BO_TAY_NGUYEN',
    4,
    since2025,
    'Duyên hải Nam Trung Bộ và Tây Nguyên',
    'South Central Coast and Central Highlands',
  ),
  region('DONG_NAM_BO', 5, always, 'Đông Nam Bộ', 'Southeast'),
  region('DONG_BANG_SONG_CUU_LONG', 6, always, 'Đồng bằng sông Cửu Long', 'Mekong River Delta'),
];

/** Codes of provinces by region, one table for each list: the same code may stand for another province. */
const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [list2021]: {
    MIEN_NUI_PHIA_BAC: '02 04 06 08 10 11 12 14 15 17 19 20 24 25',
    DONG_BANG_SONG_HONG: '01 22 26 27 30 31 33 34 35 36 37',
    BAC_TRUNG_BO_DUYEN_HAI: '38 40 42 44 45 46 48 49 51 52 54 56 58 60',
    TAY_NGUYEN: '62 64 66 67 68',
    DONG_NAM_BO: '70 72 74 75 77 79',
    DONG_BANG_SONG_CUU_LONG: '80 82 83 84 86 87 89 91 92 93 94 95 96',
  },
  [list2025]: {
    MIEN_NUI_PHIA_BAC: '04 08 11 12 14 15 19 20 25',
    DONG_BANG_SONG_HONG: '01 22 24 31 33 37',
    BAC_TRUNG_BO: '38 40 42 44 46',
    NAM_TRUNG_BO_TAY_NGUYEN: '48 51 52 56 66 68',
    DONG_NAM_BO: '75 79 80',
    DONG_BANG_SONG_CUU_LONG: '82 86 91 92 96',
  },
};

const regionOf = new Map(
  Object.entries(members).flatMap(([listDate, byRegion]) =>
    Object.entries(byRegion).flatMap(([code, provinces]) =>
      provinces.split(' ').map((province) => [`${listDate}:${province}`, code] as const),
    ),
  ),
);

/** Gives the code of the region that a province of a list belongs to; null when the table does not know it. */
export const regionOfProvince = (listDate: string, provinceCode: string): string | null =>
  regionOf.get(`${listDate}:${provinceCode}`) ?? null;
