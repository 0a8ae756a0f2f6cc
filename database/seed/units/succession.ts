import { type Area, type AreaList, identityKey, type MapRow } from './lists.ts';
import { areasByName, type NameIndex, only } from './nameIndex.ts';

type Share = 'FULL' | 'PARTIAL';

/** What became of the communes and provinces of 2021 in 2025, as far as the map says. */
export interface Succession {
  /** By the code of 2021; a commune without an entry has no known successor. */
  readonly targets: ReadonlyMap<string, readonly { readonly code: string; readonly share: Share }[]>;
  /** By the code of 2025: codes of 2021. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** The province of 2025 that a province of 2021 wholly went into. */
  readonly province: ReadonlyMap<string, string>;
  readonly counts: SuccessionCounts;
}

/** How the rows of the map were read; printed and tested, because the map is rough. */
export interface SuccessionCounts {
  readonly rows: number;
  readonly rowsWithoutOldCode: number;
  readonly rowsWithForeignNewCode: number;
  readonly targetByCode: number;
  readonly targetByName: number;
  readonly sourceByCode: number;
  readonly sourceByName: number;
  /** Rows with a code of one commune and the name of another: two that had merged since 2021. */
  readonly sourceByBoth: number;
  readonly unresolved: number;
}

/**
 * Reads the map: each row's new commune by code if the name agrees, else by province and name; its old commune by
 * code, and by province, district and name where the code is missing or names another one. A commune goes over
 * whole (FULL) only when it has exactly one target and no unresolved row names it.
 */
export function readSuccession(before: AreaList, after: AreaList, map: readonly MapRow[]): Succession {
  const find = { target: targetFinder(after), sources: sourceFinder(before) };
  const targets = new Map<string, Set<string>>();
  const doubtful = new Set<string>();
  const tally = { byCode: 0, byName: 0, fromCode: 0, fromName: 0, fromBoth: 0, unresolved: 0, foreign: 0 };
  const isWard = new Set(after.communes.map(({ code }) => code));
  for (const row of map) {
    if (!isWard.has(row.new_ward_code)) tally.foreign += 1;
    const target = find.target(row);
    if (target?.code === row.new_ward_code) tally.byCode += 1;
    else if (target) tally.byName += 1;
    const found = find.sources(row);
    if (!target || found.codes.length === 0) {
      tally.unresolved += 1;
      for (const code of found.named) doubtful.add(code);
      continue;
    }
    tally[
      found.codes.length > 1 ? 'fromBoth' : found.codes[0] === row.old_ward_code ? 'fromCode' : 'fromName'
    ] += 1;
    for (const code of found.codes) targets.set(code, (targets.get(code) ?? new Set()).add(target.code));
  }
  return {
    ...shared(targets, doubtful),
    province: provincesOf(before, after, targets),
    counts: {
      rows: map.length,
      rowsWithoutOldCode: map.filter(({ old_ward_code }) => !old_ward_code).length,
      rowsWithForeignNewCode: tally.foreign,
      targetByCode: tally.byCode,
      targetByName: tally.byName,
      sourceByCode: tally.fromCode,
      sourceByName: tally.fromName,
      sourceByBoth: tally.fromBoth,
      unresolved: tally.unresolved,
    },
  };
}

/** The same names of provinces and districts stand in thousands of rows. */
function remembering(read: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    return found;
  };
}

/** A row's new code is trusted only with its name and province: some rows carry the code of another commune. */
function targetFinder({ provinces, communes }: AreaList): (row: MapRow) => Area | undefined {
  const byCode = new Map(communes.map((ward) => [ward.code, ward]));
  const provinceKeys = new Map(provinces.map(({ code, key }) => [code, key]));
  const place = (ward: Area): string[] => [provinceKeys.get(ward.parentCode ?? '') ?? '', ward.key];
  const byName = areasByName(communes, place);
  const keyOf = remembering(identityKey);
  return (row) => {
    const keys = [keyOf(row.new_province_name), keyOf(row.new_ward_name)];
    const coded = byCode.get(row.new_ward_code);
    if (coded && place(coded).join() === keys.join()) return coded;
    return only(byName, keys, row.new_ward_name);
  };
}

interface Sources {
  readonly codes: readonly string[];
  /** Communes of the province with the row's name: what an unresolved row may have meant. */
  readonly named: readonly string[];
}

function sourceFinder({ provinces, districts, communes }: AreaList): (row: MapRow) => Sources {
  const byCode = new Map([...provinces, ...districts, ...communes].map((part) => [part.code, part]));
  const above = (part: Area): Area | undefined => byCode.get(part.parentCode ?? '');
  const place = (commune: Area): string[] => {
    const district = above(commune);
    return [(district && above(district)?.key) ?? '', district?.key ?? '', commune.key];
  };
  const exact = areasByName(communes, place);
  const inProvince: NameIndex = areasByName(communes, (commune) => [place(commune)[0] ?? '', commune.key]);
  const keyOf = remembering(identityKey);
  return (row) => {
    const { old_ward_name: name, old_district_name: district, old_province_name: province } = row;
    const coded = row.old_ward_code ? byCode.get(row.old_ward_code) : undefined;
    if (name === null) return { codes: coded ? [coded.code] : [], named: [] };
    const key = keyOf(name);
    const where = [keyOf(province ?? ''), keyOf(district ?? ''), key];
    const named = coded?.key === key ? undefined : only(exact, where, name);
    return {
      codes: [coded?.code, named?.code].filter((code) => code !== undefined),
      named: (inProvince.get([where[0], key].join('|')) ?? []).map(({ code }) => code),
    };
  };
}

function shared(
  targets: ReadonlyMap<string, ReadonlySet<string>>,
  doubtful: ReadonlySet<string>,
): Pick<Succession, 'targets' | 'sources'> {
  const sources = new Map<string, string[]>();
  const all = [...targets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, codes]) => {
      const share: Share = codes.size === 1 && !doubtful.has(from) ? 'FULL' : 'PARTIAL';
      for (const code of codes) sources.set(code, [...(sources.get(code) ?? []), from]);
      return [from, [...codes].sort().map((code) => ({ code, share }))] as const;
    });
  return { targets: new Map(all), sources };
}

/** All resolved communes of a province lead into one province of 2025; anything else would be a wrong reading. */
function provincesOf(
  before: AreaList,
  after: AreaList,
  targets: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, string> {
  const provinceOfDistrict = new Map(
    before.districts.map(({ code, parentCode }) => [code, parentCode ?? '']),
  );
  const provinceOfWard = new Map(after.communes.map(({ code, parentCode }) => [code, parentCode ?? '']));
  const found = new Map<string, string>();
  for (const commune of before.communes) {
    const from = provinceOfDistrict.get(commune.parentCode ?? '') ?? '';
    for (const code of targets.get(commune.code) ?? []) {
      const to = provinceOfWard.get(code) ?? '';
      const known = found.get(from) ?? to;
      if (known !== to) throw new Error(`The map sends province ${from} into both ${known} and ${to}.`);
      found.set(from, to);
    }
  }
  return found;
}
