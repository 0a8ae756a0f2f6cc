import { type DraftUnit, lastOf } from './draft.ts';

/** Groups units by the unit they stand under. */
export function byParent(units: readonly DraftUnit[]): Map<DraftUnit, DraftUnit[]> {
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
