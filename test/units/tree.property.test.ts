import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectWholeTree } from './treeInvariants.ts';
import { secondAdmin, smallTree, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits({ ...smallTree, communes: 2 });
});
afterAll(() => graph.drop());

const kinds = ['open', 'rename', 'move', 'merge', 'mergeIntoNew', 'split', 'close'] as const;

/** One attempt: what is tried on which units, and from which day, seen from today. Many of them are refused. */
const attempt = fc.record({
  kind: fc.constantFrom(...kinds),
  one: fc.nat(1_000),
  other: fc.nat(1_000),
  day: fc.constantFrom(-20, 0, 0, 0, 1, 40),
  flag: fc.boolean(),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

interface Row {
  readonly code: string;
  readonly level: string;
  readonly version: number;
  readonly parentId: string;
  readonly _id: string;
}

const dayAt = (offset: number) =>
  new Date(Date.parse('2026-01-15') + offset * 86_400_000).toISOString().slice(0, 10);

const at = ({ code, version }: Row) => ({ code, expectedVersion: version });
const letters: Readonly<Record<string, string>> = { COMMUNE: 'X', DISTRICT: 'H', TEAM: 'E', DIVISION: 'V' };
let serial = 10_000;

/** Picks units as people would: of the level that the change is about, any of them. */
async function tried({ kind, one, other, day, flag }: Attempt) {
  const units = (await graph
    .collection('units_units')
    .find({})
    .sort({ code: 1 })
    .toArray()) as unknown as Row[];
  const pick = (index: number, ...levels: string[]) => {
    const fitting = units.filter(({ level }) => levels.length === 0 || levels.includes(level));
    return fitting[index % fitting.length] as Row;
  };
  const unit = pick(one, 'COMMUNE', 'DISTRICT', ...(flag ? ['TEAM', 'DIVISION', 'PROVINCE'] : []));
  const peer = pick(other, unit.level);
  const above = pick(other, 'PROVINCE', 'DISTRICT');
  serial += 1;
  const code = `${letters[unit.level] ?? 'T'}${serial}.1`;
  const fresh = { code, level: unit.level, name: { vi: `Công an xã Số ${serial}` }, parent: at(above) };
  const full = { ...at(pick(other, unit.level, 'PROVINCE')), share: 'FULL' };
  const sources = { sources: [at(unit)], into: at(peer), children: 'MOVE' };
  const inputs: Record<(typeof kinds)[number], readonly [string, object]> = {
    open: ['openUnit', { unit: fresh }],
    rename: [
      'renameUnit',
      { unit: at(unit), name: { vi: `Công an ${flag ? 'xã' : 'phường'} Tên ${other % 5}` } },
    ],
    move: ['moveUnit', { unit: at(unit), parent: at(above) }],
    merge: ['mergeUnits', sources],
    mergeIntoNew: ['mergeUnits', { ...sources, sources: [at(unit), at(peer)], into: null, intoNew: fresh }],
    split: ['splitUnit', { from: [at(unit)], unit: fresh }],
    close: ['closeUnit', { unit: at(unit), successors: [full], children: flag ? 'MOVE' : 'REFUSE' }],
  };
  const [name, input] = inputs[kind];
  return [name, { ...input, effectiveOn: dayAt(day) }] as const;
}

const done = new Map<string, number>();

async function run([name, input]: readonly [string, object]): Promise<void> {
  const answer = await graph.run(name, input);
  if (answer.userErrors.length > 0) return;
  done.set(name, (done.get(name) ?? 0) + 1);
  if (name !== 'mergeUnits') return;
  const { id, version } = answer.proposal;
  const confirmed = await graph.run('confirmUnitMerge', { id, expectedVersion: version }, secondAdmin);
  expect(confirmed.userErrors).toEqual([]);
}

test('whatever is done to it, the tree is whole on every day, and others are told all of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 4, maxLength: 14 }), async (attempts) => {
      await graph.reset();
      for (const each of attempts) {
        await run(await tried(each));
        await expectWholeTree(graph);
      }
    }),
    { numRuns: 15 },
  );
  // A property of refusals alone would hold of anything.
  for (const name of ['openUnit', 'renameUnit', 'moveUnit', 'mergeUnits', 'splitUnit', 'closeUnit'])
    expect([name, (done.get(name) ?? 0) > 0]).toEqual([name, true]);
});
