import type { Volumes } from '../volumes.ts';
import { type DraftUnit, type Identity, lastOf, type Shape, type TreeDraft } from './draft.ts';
import { type Area, type AreaList, list2021 } from './lists.ts';
import { bareName, numberedName, unitName } from './names.ts';
import { regionOfProvince } from './provinces.ts';

type Cut = Volumes['tree'];

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Gives the identity of the police of a place: letter, official code, generation. */
export const ofArea = (
  letter: string,
  level: Identity['level'],
  area: Area,
  generation: number,
): Identity => ({
  code: `${letter}${area.code}.${generation}`,
  level,
  shortName: bareName(area.name),
  abbreviations: area.type === 'CENTRAL_CITY' ? [`CATP ${bareName(area.name)}`] : [],
  adminCode: area.code,
  synthetic: false,
});

/** Gives what the police of a province is on a list. */
export const provinceShape = (province: Area, ministry: DraftUnit, listDate: string): Shape => ({
  name: unitName(province),
  parent: ministry,
  provinceCode: province.code,
  regionCode: regionOfProvince(listDate, province.code),
  adminListDate: listDate,
});

/** Gives the shape of a unit inside another one's province. */
export const inside = (parent: DraftUnit, name: Shape['name'], adminListDate: string | null): Shape => {
  const { provinceCode, regionCode } = lastOf(parent);
  return { name, parent, provinceCode, regionCode, adminListDate };
};

const numbered = (code: string, level: Identity['level'], shortName: string): Identity => ({
  code,
  level,
  shortName,
  abbreviations: [],
  adminCode: null,
  synthetic: true,
});

/** Opens the numbered divisions of a province's police: the real structure is not reproduced. */
export const openDivisions = (
  draft: TreeDraft,
  province: DraftUnit,
  on: string,
  count: number,
): DraftUnit[] =>
  Array.from({ length: count }, (_, index) => {
    const number = twoDigits(index + 1);
    const [base, generation] = province.code.slice(1).split('.');
    return draft.open(
      numbered(`V${base}${number}.${generation}`, 'DIVISION', `Phòng ${number}`),
      on,
      inside(province, numberedName({ vi: 'Phòng', en: 'Division' }, number, lastOf(province).name), null),
    );
  });

function openTeams(draft: TreeDraft, district: DraftUnit, count: number): void {
  for (let index = 1; index <= count; index += 1) {
    const number = twoDigits(index);
    draft.open(
      numbered(`E${district.adminCode}${number}.1`, 'TEAM', `Đội ${number}`),
      list2021,
      inside(district, numberedName({ vi: 'Đội', en: 'Team' }, number, lastOf(district).name), null),
    );
  }
}

function openMinistry(draft: TreeDraft, departments: number): DraftUnit {
  const ministry = draft.open(
    {
      code: 'BCA',
      level: 'MINISTRY',
      shortName: 'Bộ Công an',
      abbreviations: ['BCA'],
      adminCode: null,
      synthetic: false,
    },
    list2021,
    {
      name: { vi: 'Bộ Công an', en: 'Ministry of Public Security' },
      parent: null,
      provinceCode: null,
      regionCode: null,
      adminListDate: null,
    },
  );
  for (let index = 1; index <= departments; index += 1) {
    const number = twoDigits(index);
    const name = numberedName({ vi: 'Đơn vị trực thuộc Bộ', en: 'Department' }, number, null);
    draft.open(
      numbered(`D${number}.1`, 'DEPARTMENT', `Đơn vị ${number}`),
      list2021,
      inside(ministry, name, null),
    );
  }
  return ministry;
}

const childrenOf = (areas: readonly Area[]): ReadonlyMap<string, Area[]> => {
  const children = new Map<string, Area[]>();
  for (const area of areas) {
    const siblings = children.get(area.parentCode ?? '');
    if (siblings) siblings.push(area);
    else children.set(area.parentCode ?? '', [area]);
  }
  return children;
};

/**
 * Opens the four tiers of 2021: ministry, provinces, districts, communes, and the numbered placeholders. Of a fraction
 * of teams per district (8.6) each district has the whole part, or one more.
 */
export function openTiers(draft: TreeDraft, list: AreaList, cut: Cut): void {
  const ministry = openMinistry(draft, cut.departments);
  const districts = childrenOf(list.districts);
  const communes = childrenOf(list.communes);
  let teams = 0;
  for (const province of list.provinces) {
    if (cut.provinces !== 'all' && !cut.provinces.includes(province.code)) continue;
    const top = draft.open(
      ofArea('T', 'PROVINCE', province, 1),
      list2021,
      provinceShape(province, ministry, list2021),
    );
    openDivisions(draft, top, list2021, cut.divisionsPerProvince);
    for (const district of (districts.get(province.code) ?? []).slice(0, cut.districts)) {
      const middle = draft.open(
        ofArea('H', 'DISTRICT', district, 1),
        list2021,
        inside(top, unitName(district), list2021),
      );
      teams += cut.teamsPerDistrict;
      openTeams(draft, middle, Math.floor(teams) - Math.floor(teams - cut.teamsPerDistrict));
      for (const commune of (communes.get(district.code) ?? []).slice(0, cut.communes)) {
        draft.open(ofArea('X', 'COMMUNE', commune, 1), list2021, inside(middle, unitName(commune), list2021));
      }
    }
  }
}
