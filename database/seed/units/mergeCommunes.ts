import { type DraftUnit, lastOf, linkOf, type TreeDraft } from './draft.ts';
import { type Area, list2025 } from './lists.ts';
import type { Merger } from './mergeProvinces.ts';
import { unitName } from './names.ts';
import { inside, ofArea } from './structure2021.ts';

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
