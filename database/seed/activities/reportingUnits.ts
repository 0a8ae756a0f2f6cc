import type { UnitCopy, UnitLevel, UnitVersionCopy } from '../../../schema/events.ts';
import { randomOf } from '../random.ts';
import { list2021 } from '../units/lists.ts';
import { Weighted } from './weighted.ts';

/** The campaign's time as the demo plays it: from the plan to a province's review (both days in). */
export const firstDay = '2021-08-15';
const lastDay = '2022-06-24';

/** A unit that reports activities, with the communes it works in. */
export interface Reporter {
  readonly unit: UnitCopy;
  /** Where its facts stand: on the first day, by its last path, and by that of the living successor. */
  readonly pathAtEvent: string;
  readonly level: UnitLevel;
  readonly provinceCode: string | null;
  readonly regionCode: string | null;
  readonly unitPath: string;
  readonly scopePath: string;
  /** Codes of communes on the list of 2021: [from, before) in the list of all. */
  readonly communes: readonly [number, number];
}

export interface Reporters {
  readonly units: Weighted<Reporter>;
  /** The communes of 2021 in the order of their paths. */
  readonly communes: readonly string[];
}

/** Activities a month, by level (DOMAIN §6); units of all other levels report none of their own. */
const monthly: Partial<Record<UnitLevel, number>> = {
  COMMUNE: 1.5,
  DISTRICT: 4,
  PROVINCE: 10,
  DEPARTMENT: 10,
};

/** Every list of 2021 has its commune codes in the codes of the communes' police: X00004.1. */
const communeCode = (unitCode: string): string => unitCode.slice(1).split('.')[0] ?? '';

export const areaOf = (code: string) => ({ code, listDate: list2021 });

interface Standing {
  readonly unit: UnitCopy;
  readonly version: UnitVersionCopy;
}

/** The units that stand through the whole campaign, in the order of their paths. */
const standingUnits = (copies: readonly UnitCopy[]): Standing[] =>
  copies
    .flatMap((unit) => {
      const version = unit.versions.find(
        ({ from, before }) => from <= firstDay && (before === null || lastDay < before),
      );
      return version ? [{ unit, version }] : [];
    })
    .sort((a, b) => (a.version.path < b.version.path ? -1 : 1));

/** Months of the campaign. */
const MONTHS = 10;

const activitiesOf = ({ version }: Standing): number => (monthly[version.level] ?? 0) * MONTHS;

/**
 * The share of communes that report in a seed that is smaller than the country: few with several activities each, so
 * that households come back in more than one list, rather than all with one.
 */
const shareOfCommunes = (standing: readonly Standing[], activities: number): number =>
  Math.min(1, (3 * activities) / standing.reduce((sum, each) => sum + activitiesOf(each), 0));

/** Finds the units that report, in the order of their paths, so that the units of a province lie together. */
export function reportersOf(copies: readonly UnitCopy[], activities: number): Reporters {
  const byId = new Map(copies.map((unit) => [unit.id, unit]));
  const standing = standingUnits(copies);
  const share = shareOfCommunes(standing, activities);
  const places = standing.filter(
    (each, index) => each.version.level === 'COMMUNE' && isActive(each, standing[index - 1], share),
  );
  const active = new Set(places);
  const paths = places.map(({ version }) => version.path);
  const reporters = standing
    .filter((each) => monthly[each.version.level] !== undefined)
    .filter((each) => each.version.level !== 'COMMUNE' || active.has(each))
    .map(
      ({ unit, version }): Reporter => ({
        unit,
        pathAtEvent: version.path,
        level: version.level,
        provinceCode: version.provinceCode,
        regionCode: version.regionCode,
        unitPath: lastPath(unit),
        scopePath: lastPath(livingSuccessor(unit, byId)),
        communes:
          version.level === 'DEPARTMENT'
            ? [0, paths.length]
            : [firstAtOrAfter(paths, version.path), firstAtOrAfter(paths, `${version.path.slice(0, -1)}0`)],
      }),
    );
  const communes = standing.filter(({ version }) => version.level === 'COMMUNE').length;
  const more = communes / Math.max(1, places.length);
  // Units differ: some do three times as much as others of their level.
  const weightOf = ({ unit, level }: Reporter) =>
    (monthly[level] ?? 0) *
    (level === 'COMMUNE' ? more : 1) *
    (0.5 + randomOf(`activities:${unit.code}`).next());
  return {
    units: new Weighted(reporters, weightOf),
    communes: places.map(({ unit }) => communeCode(unit.code)),
  };
}

/** The first commune of a district always is, so that every district has a place for its own activities. */
const isActive = ({ unit, version }: Standing, before: Standing | undefined, share: number): boolean =>
  before?.version.level !== 'COMMUNE' ||
  parentOf(before.version.path) !== parentOf(version.path) ||
  randomOf(`commune:${unit.code}`).chance(share);

const parentOf = (path: string): string => path.replace(/[^/]+\/$/u, '');

const lastPath = (unit: UnitCopy): string => unit.versions.at(-1)?.path ?? '/';

/** Follows full successors to the unit that lives; a line that ends before gives the unit itself. */
function livingSuccessor(unit: UnitCopy, byId: ReadonlyMap<string, UnitCopy>): UnitCopy {
  let current: UnitCopy | undefined = unit;
  while (current && current.versions.at(-1)?.before !== null) {
    current = current.successorId === null ? undefined : byId.get(current.successorId);
  }
  return current ?? unit;
}

function firstAtOrAfter(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
