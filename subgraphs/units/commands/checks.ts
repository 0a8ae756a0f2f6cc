import type { UnitLevel } from '../../../schema/events.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { firstVersion } from '../rules/timeline.ts';
import { checkChanges, type FaultPath } from './namedUnits.ts';
import type { Life } from './readLives.ts';

const DAYS_AHEAD = 366;
const DAY_MS = 24 * 3_600 * 1_000;

/** Notes a day that lies more than a year ahead: a decision that far away will be changed before it holds. */
export function checkDay(tx: Tx<Models>, on: string): void {
  const last = new Date(Date.parse(tx.today) + DAYS_AHEAD * DAY_MS).toISOString().slice(0, 10);
  if (on <= last) return;
  invalid(tx, ['input', 'effectiveOn'], {
    vi: `Ngày hiệu lực không được sau ${last}.`,
    en: `The day must not be later than ${last}.`,
  });
}

/** Notes an input that is shaped well and makes no sense. */
export const invalid = (
  tx: Tx<Models>,
  path: FaultPath,
  text: { readonly vi: string; readonly en: string },
): void => tx.faults.add('INPUT_INVALID', { path, params: text });

/** Notes a unit whose level does not fit. */
export function checkLevel(
  tx: Tx<Models>,
  { code, level }: { readonly code: string; readonly level: UnitLevel },
  allowed: readonly UnitLevel[],
  path: FaultPath,
): void {
  if (allowed.includes(level)) return;
  const shown = allowed.length === 0 ? '-' : allowed.join(', ');
  tx.faults.add('UNIT_LEVEL_ORDER', { path, params: { code, level, allowed: shown } });
}

/**
 * Notes why a unit cannot end on a day: it does not live then, it begins on that very day, or another one is to go into it
 * later, and would be left without a successor.
 */
export async function checkEnds(tx: Tx<Models>, life: Life, on: string, path: FaultPath): Promise<void> {
  if (!checkChanges(tx, life, on, path)) return;
  const { _id, code } = life.unit;
  const { from } = firstVersion(life.versions);
  if (from === on) return tx.faults.add('UNIT_PERIOD_OVERLAP', { path, params: { code, on, since: from } });
  const heir = await tx.models.links
    .findOne({ toId: _id, effectiveOn: { $gt: on } }, { effectiveOn: 1 }, tx.options)
    .lean<{ effectiveOn: string }>();
  if (heir) tx.faults.add('UNIT_PERIOD_OVERLAP', { path, params: { code, on, since: heir.effectiveOn } });
}

/** Notes which of the units below cannot follow: something later is on record for them. */
export function checkFollow(tx: Tx<Models>, below: readonly Life[], on: string, path: FaultPath): void {
  for (const life of below) checkChanges(tx, life, on, path);
}

/** Notes a unit that is named twice. */
export function checkDistinct(
  tx: Tx<Models>,
  units: readonly { readonly code: string }[],
  path: FaultPath,
): void {
  units.forEach(({ code }, index) => {
    if (units.findIndex((other) => other.code === code) === index) return;
    invalid(tx, [...path, index, 'code'], { vi: `${code} được nêu hai lần.`, en: `${code} is named twice.` });
  });
}
