import type { Viewer } from '../../../server/viewer.ts';
import { isWithin } from '../../records/subtree.ts';
import { MIN_CELL } from '../../records/suppress.ts';
import type { ActivityRow, People } from '../model/activity.ts';
import type { EntryRef } from '../model/catalogue.ts';
import { hide } from '../rollup/hide.ts';

type Counts = { -readonly [Field in keyof People]: number | null } & { suppressed: boolean };

/** The counts of an activity as one viewer may see them. */
export interface VisiblePeople {
  /** Null where it would say how many households were reached. */
  readonly deliveries: number | null;
  readonly whole: Counts;
  readonly groups: readonly (Counts & { readonly group: EntryRef })[];
}

const countFields = ['targeted', 'reached', 'households'] as const;

/**
 * Gives the people of an activity, whole and by group. Outside the unit counts of 1 to 4 are hidden, and with a single
 * hidden group the smallest other one, or the whole where there is no other.
 */
export function visiblePeople(
  {
    people,
    groups,
    deliveries,
    scopePath,
  }: Pick<ActivityRow, 'people' | 'groups' | 'deliveries' | 'scopePath'>,
  viewer: Viewer,
): VisiblePeople {
  const whole: Counts = { ...people, suppressed: false };
  const shown = groups.map(({ code, ...counts }) => ({ ...counts, suppressed: false, group: { code } }));
  if (isWithin(scopePath, viewer.unitPath)) return { whole, groups: shown, deliveries };
  for (const field of countFields) {
    const counts = groups.map((group) => ({ keys: [group.code], value: group[field] ?? 0 }));
    const hidden = hide(counts, 0, people[field] ?? 0);
    if (hidden.total) conceal(whole, field);
    shown.forEach((group, index) => {
      if (hidden.counts[index]) conceal(group, field);
    });
  }
  const tells = whole.households === null || (deliveries > 0 && deliveries < MIN_CELL);
  return { whole, groups: shown, deliveries: tells ? null : deliveries };
}

const conceal = (counts: Counts, field: (typeof countFields)[number]): void => {
  counts[field] = null;
  counts.suppressed = true;
};
