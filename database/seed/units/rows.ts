import type { UnitCopy } from '../../../schema/events.ts';
import type { UnitNameRecord, UnitRow, UnitsRows, UnitVersionRow } from '../../../subgraphs/units/index.ts';
import { type DraftUnit, lastOf, type TreeDraft } from './draft.ts';
import { type Area, list2021, list2025 } from './lists.ts';
import { areaName } from './names.ts';
import { regions } from './provinces.ts';
import type { SuccessionCounts } from './succession.ts';

/** The tree as its own subgraph takes it, and as the others copy it. */
export interface SeedTree {
  readonly rows: UnitsRows;
  readonly copies: readonly UnitCopy[];
  /** How the map of 2025 was read; null where the tree stays as it was in 2021. */
  readonly counts: SuccessionCounts | null;
}

const startOf = (unit: DraftUnit): string => unit.versions[0]?.from ?? list2021;
const changedOn = (unit: DraftUnit): string => lastOf(unit).before ?? lastOf(unit).from;
/** Codes along a path, by which parents come before their children. */
const depthOf = (path: string): number => path.split('/').length - 2;

function otherNamesOf(unit: DraftUnit): UnitNameRecord[] {
  const last = lastOf(unit);
  const former = unit.versions.filter(({ name }) => name.vi !== last.name.vi);
  return [
    ...former.map(({ name, from, before }) => ({ kind: 'FORMER' as const, name, from, before })),
    ...unit.abbreviations.map((vi) => ({
      kind: 'ABBREVIATION' as const,
      name: { vi, en: null },
      from: null,
      before: null,
    })),
  ];
}

function unitRow(unit: DraftUnit, seq: number): UnitRow {
  const { name, parent, path, provinceCode, regionCode, adminListDate, before } = lastOf(unit);
  return {
    _id: unit.id,
    code: unit.code,
    level: unit.level,
    status: before === null ? 'ACTIVE' : 'CLOSED',
    name,
    shortName: unit.shortName,
    otherNames: otherNamesOf(unit),
    parentId: parent?.id ?? null,
    path,
    depth: depthOf(path),
    provinceCode,
    regionCode,
    existsFrom: startOf(unit),
    existsBefore: before,
    adminCode: unit.adminCode,
    adminListDate,
    synthetic: unit.synthetic,
    seq,
    version: countOf(unit),
    createdAt: midnight(startOf(unit)),
    updatedAt: midnight(changedOn(unit)),
  };
}

/** Its opening, each change and its end are one change of the record each. */
const countOf = (unit: DraftUnit): number => unit.versions.length + (lastOf(unit).before === null ? 0 : 1);
const midnight = (date: string): Date => new Date(`${date}T00:00:00+07:00`);

const versionRows = (unit: DraftUnit): UnitVersionRow[] =>
  unit.versions.map(({ from, before, name, parent, path, provinceCode, regionCode, adminListDate }) => ({
    _id: `${unit.code}@${from}`,
    unitId: unit.id,
    code: unit.code,
    from,
    before,
    existsFrom: startOf(unit),
    existsBefore: lastOf(unit).before,
    name,
    parentId: parent?.id ?? null,
    path,
    depth: depthOf(path),
    level: unit.level,
    provinceCode,
    regionCode,
    adminCode: adminListDate === null ? null : unit.adminCode,
    adminListDate,
  }));

const copyOf = (unit: DraftUnit, successorId: string | null): UnitCopy => ({
  id: unit.id,
  code: unit.code,
  versions: unit.versions.map(({ from, before, path, provinceCode, regionCode }) => ({
    path,
    level: unit.level,
    provinceCode,
    regionCode,
    from,
    before,
  })),
  successorId,
  version: countOf(unit),
});

/** The places of the units of the tree, on each list that a version of theirs names. */
function areaRows(
  units: readonly DraftUnit[],
  lists: Readonly<Record<string, readonly Area[]>>,
): UnitsRows['areas'] {
  const unitOf = new Map(
    units.flatMap((unit) =>
      unit.versions.map(({ adminListDate }): [string, string] => [
        `${adminListDate}:${unit.adminCode}`,
        unit.id,
      ]),
    ),
  );
  return Object.entries(lists).flatMap(([listDate, areas]) =>
    areas.flatMap((area) => {
      const _id = `${listDate}:${area.code}`;
      const unitId = unitOf.get(_id);
      if (!unitId) return [];
      const { code, type, parentCode } = area;
      return [{ _id, code, listDate, name: areaName(area), type, parentCode, unitId }];
    }),
  );
}

/** Gives the rows of a drawn tree; changes are numbered in the order of their days. */
export function rowsOf(
  draft: TreeDraft,
  areas: { readonly [list2021]: readonly Area[]; readonly [list2025]: readonly Area[] },
): Omit<SeedTree, 'counts'> {
  const units = [...draft.units.values()];
  const sortKeys = new Map(units.map((unit) => [unit, `${changedOn(unit)} ${lastOf(unit).path}`]));
  const byChange = units.toSorted((a, b) => ((sortKeys.get(a) ?? '') < (sortKeys.get(b) ?? '') ? -1 : 1));
  const successors = new Map(
    draft.links.flatMap(({ fromId, toId, primary }) => (primary ? [[fromId, toId]] : [])),
  );
  return {
    rows: {
      units: byChange.map((unit, index) => unitRow(unit, index + 1)),
      versions: units.flatMap(versionRows),
      events: draft.events,
      links: draft.links,
      areas: areaRows(units, areas),
      regions,
    },
    copies: units.map((unit) => copyOf(unit, successors.get(unit.id) ?? null)),
  };
}
