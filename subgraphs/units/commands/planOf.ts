import type { UnitPlanRecord, UnitPlanRowRecord } from '../model/plan.ts';
import { lastVersion } from '../rules/timeline.ts';
import type { Drafted, TreeDraft } from './treeDraft.ts';

const MAX_ROWS = 100;
const rank = { OPENED: 0, RENAMED: 1, CLOSED: 2, MOVED: 3, FOLLOWED: 4 } as const;

/** Gives what a draft does, the units it is about first and those that only follow last. */
export function planOf(draft: TreeDraft): UnitPlanRecord {
  const rows = draft.drafted.flatMap(rowOf);
  const sorted = rows.toSorted((a, b) => rank[a.change] - rank[b.change] || (pathOf(a) < pathOf(b) ? -1 : 1));
  return {
    rows: sorted.slice(0, MAX_ROWS),
    total: rows.length,
    facts: topmost(rows).map((path) => ({ path })),
  };
}

function rowOf({ unit, before, after, change }: Drafted): UnitPlanRowRecord[] {
  if (change === null) return [];
  return [
    {
      code: unit.code,
      level: unit.level,
      change,
      pathBefore: before.length === 0 ? null : lastVersion(before).path,
      pathAfter: change === 'CLOSED' ? null : lastVersion(after).path,
    },
  ];
}

const pathOf = ({ pathAfter, pathBefore }: UnitPlanRowRecord): string => pathAfter ?? pathBefore ?? '';

/** The paths that units leave, without those that lie under another one of them. */
function topmost(rows: readonly UnitPlanRowRecord[]): string[] {
  const left = rows
    .flatMap(({ pathBefore, pathAfter }) =>
      pathBefore !== null && pathBefore !== pathAfter ? [pathBefore] : [],
    )
    .toSorted();
  const tops: string[] = [];
  for (const path of left) {
    const top = tops.at(-1);
    if (top === undefined || !path.startsWith(top)) tops.push(path);
  }
  return tops;
}
