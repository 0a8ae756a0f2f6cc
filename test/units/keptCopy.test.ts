import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Work } from '../../subgraphs/work.ts';
import { type AskChanges, keepCopy, numbered, startAlone } from '../harness/keptCopy.ts';
import { commune, faults, smallTree, today, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
let work: Work;
beforeAll(async () => {
  graph = await writeUnits({ ...smallTree, communes: 2 });
  work = startAlone(graph.door);
});
afterAll(async () => {
  await work.stop();
  await graph.drop();
});

const fields = 'code name { vi } path level status existsFrom existsBefore version';
const document = `query ($after: String, $first: Int!, $since: DateTime) {
  unitChanges(after: $after, first: $first, since: $since) {
    nodes { kind id code changedAt node { ${fields} } } endCursor caughtUp } }`;
const changes: AskChanges = async (args) => (await graph.ask(document, args)).unitChanges;

/** All living units, as the list gives them. */
async function living(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (let after: string | null = null; ; ) {
    const { units } = await graph.ask(
      `query ($after: String) { units(first: 100, after: $after, filter: { status: [ACTIVE, PLANNED] }) {
        nodes { id ${fields} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { id, ...unit } of units.nodes) found.set(id, unit);
    if (!units.pageInfo.hasNextPage) return found;
    after = units.pageInfo.endCursor;
  }
}

interface Row {
  readonly code: string;
  readonly version: number;
}

let serial = 30_000;

/** What somebody does while the copy is read; some of it is refused, as it would be of people. */
const writes: Record<string, (unit: Row, other: Row) => readonly [string, object]> = {
  open: (_, other) => {
    serial += 1;
    return ['openUnit', { unit: commune(`X${serial}.1`, at(other)) }];
  },
  rename: (unit) => ['renameUnit', { unit: at(unit), name: { vi: `Công an xã Tên ${serial % 7}` } }],
  move: (unit, other) => ['moveUnit', { unit: at(unit), parent: at(other) }],
  close: (unit) => ['closeUnit', { unit: at(unit), noSuccessor: true, note: { vi: 'Kết thúc nhiệm vụ.' } }],
};
const at = ({ code, version }: Row) => ({ code, expectedVersion: version });

const step = fc.oneof(
  fc.record({ page: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ write: fc.constantFrom(...Object.keys(writes)), one: fc.nat(1_000), other: fc.nat(1_000) }),
);

async function write(kind: string, one: number, other: number): Promise<void> {
  const rows = (level: string) =>
    graph.collection('units_units').find({ level, status: 'ACTIVE' }).sort({ code: 1 }).toArray();
  const [communes, districts] = await Promise.all([rows('COMMUNE'), rows('DISTRICT')]);
  const unit = communes[one % communes.length] as unknown as Row;
  const above = districts[other % districts.length] as unknown as Row;
  const [name, input] = writes[kind]?.(unit, above) ?? [];
  if (!name || !input) return;
  const done = await graph.run(name, input);
  if (faults(done).length === 0) written.add(name);
}
const written = new Set<string>();

test('whatever is written while it is read, a copy that is caught up equals the list of living units', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      const copy = keepCopy(changes);
      for (const each of steps) {
        if ('page' in each) await copy.readPage(each.page);
        else await write(each.write, each.one, each.other);
      }
      await numbered(graph.connection, 'units');
      await copy.catchUp();
      expect(copy.records).toEqual(await living());
    }),
    { numRuns: 6, seed: 2021 },
  );
  expect([...written].toSorted()).toEqual(['closeUnit', 'moveUnit', 'openUnit', 'renameUnit']);
});

test('a unit stands in the stream once, at its latest change, as what became of it', async () => {
  await numbered(graph.connection, 'units');
  const { endCursor: after } = await changes({ after: null, first: 100 });
  const ofX = async () => {
    await numbered(graph.connection, 'units');
    const { nodes, caughtUp } = await changes({ after, first: 100 });
    return [nodes.filter(({ node }) => (node as Row).code === 'X91001.1'), caughtUp] as const;
  };
  const told = (kind: string, part: object) => [
    [expect.objectContaining({ kind, node: expect.objectContaining(part) })],
    true,
  ];
  await graph.run('openUnit', { unit: commune('X91001.1', await graph.at('H450.1'), 'Công an xã Một') });
  expect(await ofX()).toEqual(told('UPSERT', { name: { vi: 'Công an xã Một' }, status: 'ACTIVE' }));
  await graph.run('renameUnit', {
    unit: await graph.at('X91001.1'),
    name: { vi: 'Công an phường Một' },
  });
  expect(await ofX()).toEqual(told('UPSERT', { name: { vi: 'Công an phường Một' }, version: 2 }));
  graph.setDay('2026-02-01');
  await graph.run('closeUnit', {
    unit: await graph.at('X91001.1'),
    effectiveOn: '2026-02-01',
    noSuccessor: true,
    note: { vi: 'Kết thúc nhiệm vụ.' },
  });
  graph.setDay(today);
  expect(await ofX()).toEqual(told('TOMBSTONE', { status: 'CLOSED', existsBefore: '2026-02-01' }));
});

test('a reading since an instant begins with what changed from then on, and misses nothing after', async () => {
  await numbered(graph.connection, 'units');
  const later = '2026-03-01T03:00:00.000Z';
  const empty = await changes({ after: null, first: 5, since: later });
  expect(empty).toEqual({ nodes: [], endCursor: expect.any(String), caughtUp: true });
  graph.setDay('2026-03-01');
  await graph.run('openUnit', {
    unit: commune('X91002.1', await graph.at('H450.1')),
    effectiveOn: '2026-03-01',
  });
  await numbered(graph.connection, 'units');
  // The unit above has changed too: it has one more below it.
  const withParent = ['H450.1', 'X91002.1'];
  const codes = ({ nodes }: Awaited<ReturnType<AskChanges>>) => nodes.map(({ node }) => (node as Row).code);
  expect(codes(await changes({ after: empty.endCursor, first: 5 }))).toEqual(withParent);
  const since = await changes({ after: null, first: 5, since: later });
  expect(codes(since)).toEqual(withParent);
  expect(await changes({ after: since.endCursor, first: 5 })).toEqual({
    nodes: [],
    endCursor: since.endCursor,
    caughtUp: true,
  });
  await expect(changes({ after: since.endCursor, first: 5, since: later })).rejects.toThrow('INPUT_INVALID');
  graph.setDay(today);
});
