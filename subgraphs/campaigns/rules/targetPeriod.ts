import { addDays, spanOfPeriod } from '../../../schema/scalars/period.ts';
import type { PhaseDays } from './campaignDates.ts';

/** Gives the days of a target's period, one of the calendar or a phase of its campaign; null when it is neither. */
export const spanOfTarget = (
  period: string,
  phases: readonly (PhaseDays & { readonly code: string })[],
): PhaseDays | null => spanOfPeriod(period) ?? phases.find(({ code }) => code === period) ?? null;

/**
 * Gives the day on whose unit tree a target stands: the last day of the period, or the unit's own last day when it was
 * closed before that; null when it did not exist in the period.
 */
export function dayOfTarget(
  { from, before }: PhaseDays,
  versions: readonly { readonly from: string; readonly before: string | null }[],
): string | null {
  const inside = versions.filter(
    (version) => version.from < before && (version.before === null || version.before > from),
  );
  const last = inside.at(-1);
  if (!last) return null;
  return addDays(last.before !== null && last.before < before ? last.before : before, -1);
}
