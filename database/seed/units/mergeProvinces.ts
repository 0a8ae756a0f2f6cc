import type { Volumes } from '../volumes.ts';
import { byParent } from './byParent.ts';
import { type DraftUnit, type Happening, lastOf, linkOf, type TreeDraft } from './draft.ts';
import { type AreaList, list2025 } from './lists.ts';
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
