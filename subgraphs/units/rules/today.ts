import { stored } from '../model/names.ts';
import type { UnitNameRecord, UnitRecord } from '../model/unit.ts';
import { firstVersion, lastVersion, type Versions, versionAt } from './timeline.ts';

/** Gives a unit as it is on a day: its plain fields follow from its versions, its identity stays. */
export function onDay(unit: UnitRecord, versions: Versions, day: string): UnitRecord {
  const { name, shortName, parentId, path, depth, provinceCode, regionCode, adminCode, adminListDate } =
    versionAt(versions, day);
  const existsFrom = firstVersion(versions).from;
  const existsBefore = lastVersion(versions).before;
  return {
    ...stored({
      ...unit,
      status: statusOn(existsFrom, existsBefore, day),
      name,
      shortName: shortName ?? unit.shortName,
      otherNames: [...unit.otherNames.filter(({ kind }) => kind !== 'FORMER'), ...formerNames(versions, day)],
      parentId,
      path,
      depth,
      provinceCode,
      regionCode,
      existsFrom,
      existsBefore,
      adminCode: adminCode ?? unit.adminCode,
      adminListDate,
    }),
    settlesOn: nextDayOfChange(versions, day),
  };
}

/** Gives whether a unit exists on a day; it does not on the day it ends. */
function statusOn(from: string, before: string | null, day: string): UnitRecord['status'] {
  if (day < from) return 'PLANNED';
  return before !== null && before <= day ? 'CLOSED' : 'ACTIVE';
}

/** Gives the first day after a day on which the unit begins to be something else, or ends; null when none is on record. */
function nextDayOfChange(versions: Versions, day: string): string | null {
  const days = [...versions.map(({ from }) => from), lastVersion(versions).before ?? ''];
  return days.filter((each) => each > day).toSorted()[0] ?? null;
}

/** Gives the names that were left behind by that day, each with all the days on end that it was borne. */
function formerNames(versions: Versions, day: string): UnitNameRecord[] {
  const current = versionAt(versions, day).name.vi;
  const former: UnitNameRecord[] = [];
  for (const { name, from, before } of versions) {
    if (name.vi === current || before === null || before > day) continue;
    const last = former.at(-1);
    const goesOn = last?.name.vi === name.vi && last.before === from;
    if (goesOn) former.pop();
    former.push({ kind: 'FORMER', name, from: goesOn ? last.from : from, before });
  }
  return former;
}
