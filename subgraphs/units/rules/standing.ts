import type { UnitVersionRow } from '../model/version.ts';
import { firstVersion, lastVersion } from './timeline.ts';

/**
 * How a unit stands on the day from which it is to change: it lives and nothing later is on record; it begins only
 * later; it has ended; or a later change or end of it is on record.
 */
export type Standing = 'LIVES' | 'NOT_YET' | 'ENDED' | 'CHANGED_LATER';

/** Gives the standing of a unit on a day. Versions are half-open: a unit does not exist on the day it ends. */
export function standingOn(versions: readonly UnitVersionRow[], on: string): Standing {
  const last = lastVersion(versions);
  if (on < firstVersion(versions).from) return 'NOT_YET';
  if (last.before !== null && last.before <= on) return 'ENDED';
  return last.before !== null || last.from > on ? 'CHANGED_LATER' : 'LIVES';
}

/** What a unit is to a command: what it changes, or what has to be there for it: a parent, a successor. */
type Part = 'CHANGES' | 'IS_NEEDED';

/**
 * Why a unit cannot play its part on that day, by its standing (DOMAIN §3: at most one version a day, no gap inside a
 * life, no living unit under one that does not exist); null when it can.
 */
export const standingFaults = {
  LIVES: { CHANGES: null, IS_NEEDED: null },
  NOT_YET: { CHANGES: 'UNIT_PERIOD_OVERLAP', IS_NEEDED: 'UNIT_PERIOD_GAP' },
  ENDED: { CHANGES: 'UNIT_CLOSED_ON_DATE', IS_NEEDED: 'UNIT_CLOSED_ON_DATE' },
  CHANGED_LATER: { CHANGES: 'UNIT_PERIOD_OVERLAP', IS_NEEDED: 'UNIT_PERIOD_OVERLAP' },
} as const satisfies Record<Standing, Record<Part, string | null>>;
