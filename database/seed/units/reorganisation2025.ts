import type { Volumes } from '../volumes.ts';
import { type DraftUnit, type Happening, lastOf, linkOf, type TreeDraft } from './draft.ts';
import { type Area, type AreaList, list2025 } from './lists.ts';
import { unitName } from './names.ts';
import { inside, ofArea, openDivisions, provinceShape } from './structure2021.ts';
import type { Succession } from './succession.ts';

/** The day on which the police of districts ended. */
export const endOfDistricts = '2025-03-01';

/** Groups units by the unit they stand under. */
function byParent(units: readonly DraftUnit[]): Map<DraftUnit, DraftUnit[]> {
  const groups = new Map<DraftUnit, DraftUnit[]>();
  for (const unit of units) {
    const { parent } = lastOf(unit);
    if (!parent) continue;
    const group = groups.get(parent);
    if (group) group.push(unit);
    else groups.set(parent, [unit]);
  }
  return groups;
}

/**
 * 2025-03-01: the police of districts and their teams end, nobody takes them over whole; their communes move under
 * the province.
 */
export function endDistricts(draft: TreeDraft): void {
  const communes = byParent(draft.ofLevel('COMMUNE'));
  const teams = byParent(draft.ofLevel('TEAM'));
  for (const district of draft.ofLevel('DISTRICT')) {
    const { parent: province } = lastOf(district);
    const moved = communes.get(district) ?? [];
    for (const commune of moved) draft.change(commune, endOfDistricts, { parent: province });
    const ended = [district, ...(teams.get(district) ?? [])];
    for (const unit of ended) draft.close(unit, endOfDistricts);
    draft.happened('CLOSE', endOfDistricts, ended);
    draft.happened('MOVE', endOfDistricts, moved);
  }
}

const resolution202: NonNullable<Happening['decision']> = {
  number: '202/2025/QH15',
  date: '2025-06-12',
  issuer: 'Quốc hội',
  title: 'Nghị quyết về việc sắp xếp đơn vị hành chính cấp tỉnh',
};

const renamedBetweenLists = {
  vi: 'Tên mới theo danh mục ngày 01/7/2025; ngày đổi tên có thể sớm hơn.',
  en: 'The new name is that of the list of 2025-07-01; the day it was given may be earlier.',
};

/** What the merger of 2025-07-01 works with. */
export interface Merger {
  readonly draft: TreeDraft;
  readonly before: AreaList;
  readonly after: AreaList;
  readonly succession: Succession;
  readonly cut: Volumes['tree'];
}

/**
 * 2025-07-01, provinces: the one that gives the new province its code and its name lives on and takes the others in;
 * where code and name of the new one come from two provinces, both end and the next generation of the code opens.
 * Gives the new provinces by code.
 */
export function mergeProvinces({ draft, before, after, succession, cut }: Merger): Map<string, DraftUnit> {
  const areaOf = new Map(before.provinces.map((area) => [area.code, area]));
  const provinces = draft.ofLevel('PROVINCE');
  const divisions = byParent(draft.ofLevel('DIVISION'));
  const merged = new Map<string, DraftUnit>();
  for (const area of after.provinces) {
    const sources = provinces.filter(
      ({ adminCode }) => succession.province.get(adminCode ?? '') === area.code,
    );
    const ministry = sources[0] && lastOf(sources[0]).parent;
    if (!ministry) continue;
    const shape = provinceShape(area, ministry, list2025);
    const living = sources.find(
      ({ adminCode }) => adminCode === area.code && areaOf.get(adminCode)?.key === area.key,
    );
    const ended = sources.filter((source) => source !== living);
    for (const unit of ended) endWithDivisions(draft, unit, divisions.get(unit) ?? []);
    if (living) changeWithDivisions(draft, living, shape, divisions.get(living) ?? []);
    const unit = living ?? draft.open(ofArea('T', 'PROVINCE', area, 2), list2025, shape);
    if (!living) {
      draft.happened('OPEN', list2025, openDivisions(draft, unit, list2025, cut.divisionsPerProvince));
    }
    merged.set(area.code, unit);
    if (ended.length === 0) continue;
    const links = ended.map((from) => linkOf(from, unit, 'FULL'));
    const alone = [...succession.province.values()].filter((code) => code === area.code).length === 1;
    const what = alone ? { links, note: renamedBetweenLists } : { links, decision: resolution202 };
    draft.happened(alone ? 'RENAME' : 'MERGE', list2025, [unit, ...ended], what);
  }
  return merged;
}

function changeWithDivisions(
  draft: TreeDraft,
  province: DraftUnit,
  shape: ReturnType<typeof provinceShape>,
  divisions: readonly DraftUnit[],
): void {
  draft.change(province, list2025, shape);
  const { provinceCode, regionCode } = shape;
  for (const unit of divisions) {
    if (lastOf(unit).regionCode !== regionCode) draft.change(unit, list2025, { provinceCode, regionCode });
  }
}

function endWithDivisions(draft: TreeDraft, province: DraftUnit, divisions: readonly DraftUnit[]): void {
  for (const unit of [...divisions, province]) draft.close(unit, list2025);
  draft.happened('CLOSE', list2025, divisions);
}

/**
 * Gives the codes that name the same commune in both lists: the folded name is the same, and the province is the same
 * or the one that its own wholly went into. Such a unit keeps its code; any other begins a new generation.
 */
function continued({ before, after, succession }: Merger): Map<string, Area> {
  const provinceOf = new Map(before.districts.map(({ code, parentCode }) => [code, parentCode ?? '']));
  const old = new Map(before.communes.map((area) => [area.code, area]));
  return new Map(
    after.communes.flatMap((ward) => {
      const same = old.get(ward.code);
      const province = succession.province.get(provinceOf.get(same?.parentCode ?? '') ?? '');
      return same?.key === ward.key && province === ward.parentCode ? [[ward.code, ward] as const] : [];
    }),
  );
}

/** Gives the provinces of 2025 of which the tree lacks communes of 2021, because it was cut. */
function cutShort(
  { before, succession }: Merger,
  old: ReadonlyMap<string, DraftUnit>,
): Set<string | undefined> {
  const provinceOf = new Map(before.districts.map(({ code, parentCode }) => [code, parentCode ?? '']));
  return new Set(
    before.communes
      .filter(({ code }) => !old.has(code))
      .map(({ parentCode }) => succession.province.get(provinceOf.get(parentCode ?? '') ?? '')),
  );
}

const noPredecessor = {
  vi: 'Bảng chuyển đổi không ghi đơn vị tiền thân.',
  en: 'The map of 2025 names no predecessor.',
};
const noSuccessor = {
  vi: 'Bảng chuyển đổi không ghi đơn vị kế tục.',
  en: 'The map of 2025 names no successor.',
};

/** 2025-07-01, communes: each new one lives on, opens, or takes in what the map says; what it does not name ends. */
export function mergeCommunes(merger: Merger, provinces: ReadonlyMap<string, DraftUnit>): void {
  const { draft, before, after, succession } = merger;
  const old = new Map(draft.ofLevel('COMMUNE').map((unit) => [unit.adminCode ?? '', unit]));
  const same = continued(merger);
  const isCut = cutShort(merger, old);
  const codes2021 = new Set(before.communes.map(({ code }) => code));
  changeContinued(draft, [...same.values()], old, provinces);
  const ended = [...old.values()].filter(({ adminCode }) => !same.has(adminCode ?? ''));
  for (const unit of ended) draft.close(unit, list2025);
  for (const ward of after.communes) {
    const province = provinces.get(ward.parentCode ?? '');
    const codes = succession.sources.get(ward.code) ?? [];
    const self = same.has(ward.code) ? old.get(ward.code) : undefined;
    const sources = codes.flatMap((code) => old.get(code) ?? []).filter((source) => source !== self);
    const isKnown = self || sources.length > 0 || (codes.length === 0 && !isCut.has(ward.parentCode ?? ''));
    if (!province || !isKnown) continue;
    const generation = codes2021.has(ward.code) && !same.has(ward.code) ? 2 : 1;
    const shape = inside(province, unitName(ward), list2025);
    const unit = self ?? draft.open(ofArea('X', 'COMMUNE', ward, generation), list2025, shape);
    tellOfMerger(merger, { unit, sources, ward, self });
  }
  for (const unit of ended) {
    if (!succession.targets.has(unit.adminCode ?? ''))
      draft.happened('CLOSE', list2025, [unit], { note: noSuccessor });
  }
}

/** Communes that live on get the shape of the new list; those whose province ended move under its successor. */
function changeContinued(
  draft: TreeDraft,
  wards: readonly Area[],
  old: ReadonlyMap<string, DraftUnit>,
  provinces: ReadonlyMap<string, DraftUnit>,
): void {
  const moved = new Map<DraftUnit, DraftUnit[]>();
  for (const ward of wards) {
    const unit = old.get(ward.code);
    const province = provinces.get(ward.parentCode ?? '');
    const from = unit && lastOf(unit).parent;
    if (!unit || !province || !from) continue;
    if (from !== province) moved.set(from, [...(moved.get(from) ?? []), unit]);
    draft.change(unit, list2025, inside(province, unitName(ward), list2025));
  }
  for (const units of moved.values()) draft.happened('MOVE', list2025, units);
}

interface Taken {
  readonly unit: DraftUnit;
  /** The communes it took over or took part of, itself left out. */
  readonly sources: readonly DraftUnit[];
  readonly ward: Area;
  readonly self: DraftUnit | undefined;
}

function tellOfMerger({ draft, succession }: Merger, { unit, sources, ward, self }: Taken): void {
  const shareOf = (source: DraftUnit) =>
    succession.targets.get(source.adminCode ?? '')?.find(({ code }) => code === ward.code)?.share ??
    'PARTIAL';
  const links = sources.map((source) => linkOf(source, unit, shareOf(source)));
  const all = [unit, ...sources];
  if (sources.length === 0) {
    if (!self) draft.happened('OPEN', list2025, all, { note: noPredecessor });
    else if (unit.versions.at(-2)?.name.vi !== lastOf(unit).name.vi) draft.happened('RENAME', list2025, all);
  } else if (self || (succession.sources.get(ward.code) ?? []).length > 1) {
    draft.happened('MERGE', list2025, all, { links });
  } else {
    draft.happened(links[0]?.share === 'FULL' ? 'RENAME' : 'SPLIT', list2025, all, { links });
  }
}
