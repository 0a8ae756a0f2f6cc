import type { UnitVersionRow } from '../model/version.ts';

/** What may change in the life of a unit. */
export type Shape = Pick<
  UnitVersionRow,
  | 'name'
  | 'shortName'
  | 'parentId'
  | 'path'
  | 'depth'
  | 'provinceCode'
  | 'regionCode'
  | 'adminCode'
  | 'adminListDate'
>;

export type Versions = readonly UnitVersionRow[];

/** Gives the first version of a life. */
export const firstVersion = (versions: Versions): UnitVersionRow => known(versions[0]);

/** Gives the version that holds at the end of what is on record. */
export const lastVersion = (versions: Versions): UnitVersionRow => known(versions.at(-1));

/** Gives the version that holds on a day; the last begun one after the end, the first one before the beginning. */
export const versionAt = (versions: Versions, day: string): UnitVersionRow =>
  known(versions.findLast(({ from }) => from <= day) ?? versions[0]);

function known(version: UnitVersionRow | undefined): UnitVersionRow {
  if (!version) throw new Error('A unit without a version.');
  return version;
}

/** Gives the versions of a unit that begins on a day. */
export const begun = (
  { unitId, code, level }: Pick<UnitVersionRow, 'unitId' | 'code' | 'level'>,
  on: string,
  shape: Shape,
): Versions => [
  {
    _id: `${code}@${on}`,
    unitId,
    code,
    level,
    from: on,
    before: null,
    existsFrom: on,
    existsBefore: null,
    ...shape,
  },
];

/**
 * Gives the versions after a change from a day; what is not named stays. The day must not lie before the last version's
 * first day; a change on that very day takes its place, so that no version is ever empty.
 */
export function changedFrom(versions: Versions, on: string, part: Partial<Shape>): Versions {
  const last = lastVersion(versions);
  const next = { ...last, ...part, _id: `${last.code}@${on}`, from: on, before: null };
  const earlier = versions.slice(0, -1);
  return last.from === on ? [...earlier, next] : [...earlier, { ...last, before: on }, next];
}

/** Gives the versions of a unit that ends on a day: it does not exist on it any more. It must have begun before. */
export function endedOn(versions: Versions, on: string): Versions {
  const last = lastVersion(versions);
  const earlier = versions.slice(0, -1);
  const kept = last.from === on ? earlier : [...earlier, { ...last, before: on }];
  return kept.map((version) => ({ ...version, existsBefore: on }));
}
