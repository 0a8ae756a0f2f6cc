import { expect } from 'vitest';
import { today, type Writing } from './writeUnits.ts';

interface Version {
  readonly unitId: string;
  readonly code: string;
  readonly from: string;
  readonly before: string | null;
  readonly path: string;
  readonly parentId: string | null;
  readonly level: string;
  readonly provinceCode: string | null;
  readonly regionCode: string | null;
  readonly name: object;
}

interface Unit {
  readonly _id: string;
  readonly code: string;
  readonly status: string;
  readonly version: number;
  readonly existsFrom: string;
  readonly existsBefore: string | null;
  readonly name: object;
  readonly path: string;
  readonly parentId: string | null;
  readonly provinceCode: string | null;
}

interface Link {
  readonly fromId: string;
  readonly toId: string;
  readonly share: string;
  readonly primary: boolean;
  readonly effectiveOn: string;
}

interface ChildCounts {
  readonly _id: string;
  readonly days: readonly { readonly from: string; readonly count: number }[];
}

const read = async <Row>(graph: Writing, name: string, sort: Record<string, 1>): Promise<Row[]> =>
  (await graph.collection(`units_${name}`).find({}).sort(sort).toArray()) as unknown as Row[];

const holds = ({ from, before }: Version, day: string) => from <= day && (before === null || day < before);

/** Checks everything that must hold of the tree after any command (DOMAIN §3). */
export async function expectWholeTree(graph: Writing): Promise<void> {
  const units = await read<Unit>(graph, 'units', { code: 1 });
  const versions = await read<Version>(graph, 'versions', { code: 1, from: 1 });
  const links = await read<Link>(graph, 'links', { _id: 1 });
  const ofUnit = new Map(units.map(({ _id }) => [_id, versions.filter(({ unitId }) => unitId === _id)]));
  for (const unit of units) expectOneLife(unit, ofUnit.get(unit._id) ?? []);
  expectOneTree(versions);
  expectChildCounts(versions, await read<ChildCounts>(graph, 'child_counts', { _id: 1 }));
  expectSuccession(units, links);
  await expectCopies(graph, units, ofUnit, links);
}

/** At most one version a day, no gap, no empty one; the unit's plain fields are those of today. */
function expectOneLife(unit: Unit, versions: readonly Version[]): void {
  const first = versions[0];
  const last = versions.at(-1);
  expect([first?.from, last?.before]).toEqual([unit.existsFrom, unit.existsBefore]);
  versions.forEach(({ from, before }, index) => {
    const next = versions[index + 1];
    if (next) expect(before).toBe(next.from);
    if (before !== null) expect(before > from).toBe(true);
  });
  const current = versions.findLast(({ from }) => from <= today) ?? first;
  const { name, path, parentId, provinceCode } = unit;
  expect({ name, path, parentId, provinceCode }).toEqual({
    name: current?.name,
    path: current?.path,
    parentId: current?.parentId,
    provinceCode: current?.provinceCode,
  });
  const ended = unit.existsBefore !== null && unit.existsBefore <= today;
  expect(unit.status).toBe(unit.existsFrom > today ? 'PLANNED' : ended ? 'CLOSED' : 'ACTIVE');
}

/** On every day there is one root, and every other unit stands under one that lives, with its path and its province. */
function expectOneTree(versions: readonly Version[]): void {
  const days = new Set(versions.flatMap(({ from, before }) => (before === null ? [from] : [from, before])));
  for (const day of days) {
    const living = new Map(
      versions.filter((version) => holds(version, day)).map((version) => [version.unitId, version]),
    );
    for (const { parentId, path, code, level, provinceCode, regionCode } of living.values()) {
      if (code === 'BCA') continue;
      const parent = living.get(parentId ?? '');
      expect(path).toBe(`${parent?.path}${code}/`);
      if (level === 'PROVINCE') continue;
      expect({ provinceCode, regionCode }).toEqual({
        provinceCode: parent?.provinceCode,
        regionCode: parent?.regionCode,
      });
    }
  }
}

/** The kept numbers of children are those that the versions give, on every day that anything changes. */
function expectChildCounts(versions: readonly Version[], kept: readonly ChildCounts[]): void {
  const days = new Set(versions.flatMap(({ from, before }) => (before === null ? [from] : [from, before])));
  const byParent = new Map(kept.map((row) => [row._id, row.days]));
  for (const parent of new Set(versions.flatMap(({ parentId }) => parentId ?? []))) {
    const children = versions.filter(({ parentId }) => parentId === parent);
    for (const day of days) {
      const count = byParent.get(parent)?.findLast(({ from }) => from <= day)?.count ?? 0;
      expect([parent, day, count]).toEqual([
        parent,
        day,
        children.filter((child) => holds(child, day)).length,
      ]);
    }
  }
}

/** At most one primary link of a unit, only a FULL one, and only of one that ends with it. */
function expectSuccession(units: readonly Unit[], links: readonly Link[]): void {
  const byId = new Map(units.map((unit) => [unit._id, unit]));
  const primary = links.filter((link) => link.primary);
  expect(new Set(primary.map(({ fromId }) => fromId)).size).toBe(primary.length);
  for (const { fromId, share, effectiveOn } of primary) {
    expect(share).toBe('FULL');
    expect(byId.get(fromId)?.existsBefore).toBe(effectiveOn);
  }
}

/** Whoever follows the outbox has every unit as it can be read. */
async function expectCopies(
  graph: Writing,
  units: readonly Unit[],
  ofUnit: ReadonlyMap<string, readonly Version[]>,
  links: readonly Link[],
): Promise<void> {
  const told = await read<{ type: string; entityId: string; copy: object }>(graph, 'outbox', { version: 1 });
  const copies = new Map(
    told.filter(({ type }) => type === 'Unit').map(({ entityId, copy }) => [entityId, copy]),
  );
  for (const { _id, code, version } of units) {
    const copy = copies.get(_id);
    if (!copy) {
      // Never changed since it was seeded.
      expect(version).toBe(1);
      continue;
    }
    const successor = links.find(({ fromId, primary }) => primary && fromId === _id);
    expect(copy).toEqual({
      id: _id,
      code,
      version,
      successorId: successor?.toId ?? null,
      versions: (ofUnit.get(_id) ?? []).map(({ path, level, provinceCode, regionCode, from, before }) => ({
        path,
        level,
        provinceCode,
        regionCode,
        from,
        before,
      })),
    });
  }
}
