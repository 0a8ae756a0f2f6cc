import type { Volumes } from '../volumes.ts';
import { byParent } from './byParent.ts';
import { type DraftUnit, type Happening, type Identity, lastOf, linkOf, type TreeDraft } from './draft.ts';
import { type Area, type AreaList, list2025 } from './lists.ts';
import { ofArea, openDivisions, provinceShape } from './structure2021.ts';
import type { Succession } from './succession.ts';

/** What the merger of 2025-07-01 works with. */
export interface Merger {
  readonly draft: TreeDraft;
  readonly before: AreaList;
  readonly after: AreaList;
  readonly succession: Succession;
  readonly cut: Volumes['tree'];
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

/**
 * 2025-07-01, provinces: the one that gives the new province its code and its name lives on and takes the others in;
 * where code and name of the new one come from two provinces, both end and the next generation of the code opens.
 * What ends takes its divisions with it. Gives the new provinces by code.
 */
export function mergeProvinces(merger: Merger): Map<string, DraftUnit> {
  const { draft, before, after, succession } = merger;
  const keys = new Map(before.provinces.map(({ code, key }) => [code, key]));
  const provinces = draft.ofLevel('PROVINCE');
  const divisions = byParent(draft.ofLevel('DIVISION'));
  const merged = new Map<string, DraftUnit>();
  for (const area of after.provinces) {
    const sources = provinces.filter(
      ({ adminCode }) => succession.province.get(adminCode ?? '') === area.code,
    );
    const ministry = sources[0] && lastOf(sources[0]).parent;
    if (!ministry) continue;
    const living = sources.find(
      ({ adminCode }) => adminCode === area.code && keys.get(adminCode) === area.key,
    );
    const ended = sources.filter((source) => source !== living);
    for (const unit of ended.flatMap((province) => [...(divisions.get(province) ?? []), province]))
      draft.close(unit, list2025);
    const shape = provinceShape(area, ministry, list2025);
    if (living) changeWithDivisions(draft, living, shape, divisions.get(living) ?? []);
    const unit = living ?? openSuccessor(merger, ofArea('T', 'PROVINCE', area, 2), shape);
    tellOfMerger(merger, area, unit, ended);
    for (const province of ended) tellOfDivisions(draft, unit, divisions.get(province) ?? []);
    merged.set(area.code, unit);
  }
  return merged;
}

type Shape = ReturnType<typeof provinceShape>;

function changeWithDivisions(
  draft: TreeDraft,
  province: DraftUnit,
  shape: Shape,
  divisions: readonly DraftUnit[],
): void {
  draft.change(province, list2025, shape);
  const { provinceCode, regionCode } = shape;
  for (const unit of divisions) {
    if (lastOf(unit).regionCode !== regionCode) draft.change(unit, list2025, { provinceCode, regionCode });
  }
}

function openSuccessor({ draft, cut }: Merger, identity: Identity, shape: Shape): DraftUnit {
  const unit = draft.open(identity, list2025, shape);
  draft.happened('OPEN', list2025, openDivisions(draft, unit, list2025, cut.divisionsPerProvince));
  return unit;
}

const takenOver = (units: readonly DraftUnit[], by: DraftUnit): NonNullable<Happening['links']> =>
  units.map((unit) => linkOf(unit, by, 'FULL'));

function tellOfMerger(
  { draft, succession }: Merger,
  area: Area,
  unit: DraftUnit,
  ended: readonly DraftUnit[],
) {
  if (ended.length === 0) return;
  const links = takenOver(ended, unit);
  const alone = [...succession.province.values()].filter((code) => code === area.code).length === 1;
  const what = alone ? { links, note: renamedBetweenLists } : { links, decision: resolution202 };
  draft.happened(alone ? 'RENAME' : 'MERGE', list2025, [unit, ...ended], what);
}

const tellOfDivisions = (draft: TreeDraft, by: DraftUnit, divisions: readonly DraftUnit[]): void =>
  draft.happened('CLOSE', list2025, divisions, { links: takenOver(divisions, by) });
