import type { UnitVersionCopy } from '../../../schema/events.ts';
import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import { isWithin } from '../../records/subtree.ts';
import type { AreaKey } from '../model/facts.ts';

/** Units of the whole country, which no area lies outside of. */
const everywhere: ReadonlySet<string> = new Set(['MINISTRY', 'DEPARTMENT']);

/** Units inside another one's police, which work where that one does. */
const insideAnother: ReadonlySet<string> = new Set(['DIVISION', 'TEAM']);

const topOf = ({ level, path }: UnitVersionCopy): string =>
  insideAnother.has(level) ? path.replace(/[^/]+\/$/u, '') : path;

/**
 * Whether a unit, as it stood on a day, covers an area. Units know areas by code and list (DOMAIN §3): the commune's
 * police carries the area's code with a generation (X00004.1), and the unit of the area is the generation that stood
 * when the list came into force. It must stand under the unit on the day itself: a list of another time does not.
 */
export function isCovered(
  unit: UnitVersionCopy,
  { listDate }: AreaKey,
  day: string,
  generations: readonly UnitCopyRow[],
): boolean {
  if (everywhere.has(unit.level)) return true;
  const ofArea = generations.find((each) => versionOn(each, listDate) !== undefined);
  const path = ofArea && versionOn(ofArea, day)?.path;
  return path !== undefined && isWithin(path, topOf(unit));
}

/** Gives the filter of all generations of an area's own unit. */
export const generationsOf = ({ code }: AreaKey) => ({ code: { $regex: `^X${code}\\.` } });
