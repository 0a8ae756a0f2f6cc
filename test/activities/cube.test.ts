import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../schema/events.ts';
import { demoViewer, publicViewer } from '../../server/viewer.ts';
import type { ActivityFacts } from '../../subgraphs/activities/index.ts';
import { CAMPAIGN, type OpenedActivities, openActivities } from './activitiesDoor.ts';

/**
 * Two databases with the same rows: in one the cubes stand, in the other they were taken away, so that every number is read
 * from the rows. Whatever is asked, both must answer the same.
 */
let cube: OpenedActivities;
let scan: OpenedActivities;

const rowsOf = (graph: OpenedActivities, name: string) =>
  graph.connection.collection<{ _id: string; [field: string]: unknown }>(`activities_${name}`);

beforeAll(async () => {
  [cube, scan] = await Promise.all([openActivities({ writes: true }), openActivities({ writes: true })]);
  await rowsOf(scan, 'cubes').deleteMany({});
});
afterAll(() => Promise.all([cube.close(), scan.close()]));

const query = `query ($input: SupportRollupInput!) {
  supportRollup(input: $input) {
    rows { keys { dimension code } values { metric value previous suppressed } }
    totals { metric value previous } unallocated { metric value } rowsMayOverlap period { from before } synthetic
  }
}`;

/** Outside, counts of few people are hidden: the same ones, wherever they were read. */
const ask = async (
  graph: OpenedActivities,
  { outside = false, ...input }: { readonly outside?: boolean; readonly [field: string]: unknown },
) => {
  const viewer = outside ? publicViewer : demoViewer;
  const { data, errors } = await graph.ask(query, { input: { first: 5_000, ...input } }, viewer);
  return errors ? errors.map(({ extensions }) => extensions?.code) : data.supportRollup;
};

const dimensions = [
  ...['CHILD_UNIT', 'PROVINCE', 'REGION', 'LEVEL', 'MONTH', 'WEEK'],
  ...['PHASE', 'KIND', 'GROUP', 'FUNDING', 'CONTENT_ITEM'],
];
const metrics = [
  ...[
    'ACTIVITIES',
    'DELIVERIES',
    'AMOUNT',
    'PLANNED_AMOUNT',
    'PEOPLE_TARGETED',
    'PEOPLE_REACHED',
    'HOUSEHOLDS',
  ],
  ...['HOUSES', 'HOUSES_SURVEYED', 'HOUSES_HANDED_OVER', 'HOUSES_OVERDUE', 'DISTINCT_HOUSEHOLDS'],
];

const day = fc
  .integer({ min: 0, max: 330 })
  .map((days) => new Date(Date.UTC(2021, 7, 10 + days)).toISOString().slice(0, 10));
const during = fc.oneof(
  fc.constantFrom(
    { code: '2021' },
    { code: '2021-Q4' },
    { code: '2021-W40' },
    { relative: 'WHOLE_CAMPAIGN' },
  ),
  fc.tuple(day, day).map((days) => {
    const [from, before] = days.toSorted();
    return { from, before };
  }),
);
const leaf = fc.record(
  {
    campaign: fc.constant([CAMPAIGN]),
    under: fc.constantFrom(['BCA'], ['T01.1'], ['T44.1'], ['T01.1', 'T45.1'], ['H001.1', 'T01.1']),
    unit: fc.constantFrom(['T01.1'], ['H001.1', 'T44.1']),
    provinceCode: fc.constantFrom(['01'], ['44', '45']),
    level: fc.constantFrom(['COMMUNE'], ['PROVINCE', 'DISTRICT']),
    kind: fc.constantFrom(['HO_TRO_VAT_CHAT'], ['TRI_AN', 'NHA_TINH_NGHIA']),
    group: fc.constantFrom(['NGUOI_NGHEO'], ['NGUOI_CAO_TUOI', 'TRE_MO_COI']),
    funding: fc.constantFrom(['XA_HOI_HOA'], ['DON_VI', 'QUY']),
    status: fc.constantFrom(['VERIFIED'], ['PLANNED', 'DELIVERED']),
    during,
    hasHouse: fc.boolean(),
  },
  { requiredKeys: [] },
);
const filter = fc.oneof(
  { weight: 4, arbitrary: leaf },
  fc.record({ campaign: fc.constant([CAMPAIGN]), any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ campaign: fc.constant([CAMPAIGN]), not: leaf }),
);
const questions = fc.record(
  {
    filter,
    groupBy: fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 3 }),
    metrics: fc.uniqueArray(fc.constantFrom(...metrics), { minLength: 1, maxLength: 4 }),
    hierarchy: fc.constantFrom({ mode: 'AS_REPORTED' }, { mode: 'AS_OF', asOf: '2026-01-01' }),
    compareWith: fc.constantFrom({ code: '2021-Q4' }, { code: '2022-02' }),
    includeZero: fc.boolean(),
    outside: fc.boolean(),
  },
  { requiredKeys: ['filter', 'groupBy', 'metrics'] },
);

async function agreesOn(question: Readonly<Record<string, unknown>>): Promise<void> {
  expect(await ask(cube, question)).toEqual(await ask(scan, question));
}

/** Everything that a cube holds, whichever shelf it stands on. */
async function cellsOf(name: string): Promise<object[]> {
  const state = await rowsOf(cube, 'cubes').findOne({ _id: name });
  return rowsOf(cube, `${name}_cells_${state?.shelf}`).find().sort({ _id: 1 }).toArray();
}
const allCells = () => Promise.all(['support', 'households', 'houses'].map(cellsOf));

interface Cell {
  readonly _id: string;
}

/** Only what is different is shown: a cube has thousands of cells. */
async function isAsBuiltAnew(): Promise<void> {
  const kept = (await allCells()).flat() as Cell[];
  await cube.recounted();
  const anew = (await allCells()).flat() as Cell[];
  const byId = new Map(anew.map((cell) => [cell._id, cell]));
  const ids = [...new Set([...kept, ...anew].map(({ _id }) => _id))];
  const keptById = new Map(kept.map((cell) => [cell._id, cell]));
  const pairs = ids.map((id) => [keptById.get(id), byId.get(id)] as const);
  expect(pairs.filter(([one, other]) => !isDeepStrictEqual(one, other))).toEqual([]);
}

/** Writes as commands would: the row at a higher version, and an event of it. */
async function change(index: number, patch: object): Promise<void> {
  const all = await rowsOf(scan, 'activities')
    .find({}, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray();
  const _id = all[index % all.length]?._id ?? '';
  for (const graph of [cube, scan]) {
    await rowsOf(graph, 'activities').updateOne(
      { _id },
      { $set: patch as never, $inc: { version: 1 as never } },
    );
  }
  await tell('SupportActivity', _id, index);
}

const tell = (type: string, entityId: string, version: number) =>
  rowsOf(cube, 'outbox').insertOne({
    _id: randomUUID(),
    ...{ type, entityId, version, action: 'test', copy: null, stream: null, pending: true, at: new Date() },
  });

const patches: fc.Arbitrary<Partial<ActivityFacts> & object> = fc.oneof(
  fc.record({ status: fc.constantFrom('CANCELLED', 'VERIFIED', 'PLANNED') }),
  fc.constantFrom(
    { startsOn: '2021-10-31', month: '2021-10', week: '2021-W43' },
    { startsOn: '2022-01-01', month: '2022-01', week: '2021-W52' },
  ),
  fc.record({ kind: fc.constantFrom('TRI_AN', 'HOC_BONG'), amount: fc.integer({ min: 0, max: 9_000_000 }) }),
  fc.record({
    people: fc.record({ targeted: fc.nat(90), reached: fc.nat(90), households: fc.constant(null) }),
    deliveries: fc.nat(50),
  }),
  fc.constantFrom(
    { groups: [] },
    { groups: [{ code: 'NGUOI_NGHEO', targeted: 3, reached: 2, households: 1 }] },
    { funding: [{ code: 'QUY', planned: 5, amount: 4 }] },
    { pathAtEvent: '/BCA/T45.1/', provinceAtEvent: '45', levelAtEvent: 'PROVINCE' },
  ),
) as never;

describe('the cubes', () => {
  it('answer any question as the rows themselves do', async () => {
    await fc.assert(fc.asyncProperty(questions, agreesOn), { numRuns: 60, seed: 2021 });
  }, 120_000);

  it('answer so after any changes, and hold then what a cube built anew holds', async () => {
    const some = fc.array(fc.tuple(fc.nat(1_000), patches), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(some, fc.array(questions, { minLength: 3, maxLength: 3 }), async (changes, asked) => {
        for (const [index, patch] of changes) await change(index, patch);
        await cube.settled();
        for (const question of asked) await agreesOn(question);
        await isAsBuiltAnew();
      }),
      { numRuns: 4, seed: 5 },
    );
  }, 120_000);

  it('know how many houses are overdue on any day, under any unit', async () => {
    const total = async (graph: OpenedActivities, variables: object) =>
      (
        await graph.ask(
          `query ($on: Date, $under: [UnitCode!]) {
            houseProjects(filter: { campaign: ["${CAMPAIGN}"], overdue: true, overdueOn: $on, under: $under }) {
              totalCount } }`,
          { ...variables },
        )
      ).data.houseProjects.totalCount;
    const asked = fc.record({
      on: fc.option(day),
      under: fc.constantFrom(null, ['BCA'], ['T01.1'], ['T45.1']),
    });
    await fc.assert(
      fc.asyncProperty(asked, async (variables) => {
        expect(await total(cube, variables)).toBe(await total(scan, variables));
      }),
      { numRuns: 20, seed: 8 },
    );
  });

  it('count every event once, however often it is read', async () => {
    await cube.settled();
    const before = await allCells();
    await cube.door.replay('activities', 0);
    await cube.settled();
    expect(await allCells()).toEqual(before);
  });

  it('follow a household that loses its group, and a house that is finished', async () => {
    const listed = await rowsOf(cube, 'deliveries').findOne({ group: { $ne: null } });
    await rowsOf(cube, 'deliveries').updateOne({ _id: listed?._id ?? '' }, { $set: { group: null } });
    await tell('Beneficiary', listed?._id ?? '', 2);
    const house = await rowsOf(cube, 'houses').findOne({ completedOn: null, cancelledOn: null });
    const finished = { status: 'COMPLETED', completedOn: '2022-06-01' };
    await rowsOf(cube, 'houses').updateOne({ _id: house?._id ?? '' }, { $set: finished });
    await tell('HouseProject', house?._id ?? '', 2);
    const before = await allCells();
    await cube.settled();
    expect(await allCells()).not.toEqual(before);
    await isAsBuiltAnew();
  });

  it('move the sums of a unit along when it moves, and leave what was reported', async () => {
    const fact = await rowsOf(cube, 'activities').findOne({ levelAtEvent: 'COMMUNE', status: 'VERIFIED' });
    const unit = await rowsOf(cube, 'units').findOne({ _id: String(fact?.unitId) });
    const {
      _id: id,
      versions,
      ...copy
    } = unit as never as { _id: string; versions: object[]; version: number };
    const last = versions.at(-1) as object;
    const moved = {
      ...last,
      path: `/BCA/T45.1/${String(fact?.unitCode)}/`,
      from: '2026-01-01',
      before: null,
    };
    const told: DomainEvent = {
      ...{ seq: 1, id: randomUUID(), type: 'Unit', entityId: id, version: copy.version + 1, action: 'test' },
      at: new Date().toISOString(),
      copy: {
        ...copy,
        id,
        version: copy.version + 1,
        versions: [...versions.slice(0, -1), { ...last, before: '2026-01-01' }, moved],
      } as never,
    };
    const summary = `query ($id: ID!) { _entities(representations: [{ __typename: "Unit", id: $id }]) {
      ... on Unit { supportSummary { activities amount } } } }`;
    const province = await rowsOf(cube, 'units').findOne({ code: 'T45.1' });
    const sums = async () =>
      (await cube.ask(summary, { id: province?._id })).data._entities[0].supportSummary;
    const reported = await ask(cube, { filter: {}, groupBy: ['CHILD_UNIT'] });
    const before = await sums();
    const own = await rowsOf(cube, 'activities').countDocuments({ unitId: id, status: { $ne: 'CANCELLED' } });
    await cube.settled([told]);
    expect((await sums()).activities).toBe(before.activities + own);
    expect(await ask(cube, { filter: {}, groupBy: ['CHILD_UNIT'] })).toEqual(reported);
    await isAsBuiltAnew();
  });

  it('are built anew while everything goes on, and lose nothing that was written meanwhile', async () => {
    const building = cube.recounted();
    for (let index = 0; index < 40; index += 1) await change(index * 7, { amount: index * 1_000 });
    await Promise.all([building, cube.settled()]);
    for (let index = 0; index < 10; index += 1) await change(index * 11, { deliveries: index });
    await Promise.all([cube.settled(), cube.recounted()]);
    await cube.settled();
    await isAsBuiltAnew();
    await agreesOn({ filter: {}, groupBy: ['PROVINCE', 'KIND'], metrics: ['AMOUNT', 'DELIVERIES'] });
  });

  it('say which version they are, and how far behind; while there is none, the rows are read', async () => {
    const about = `{ supportRollup(input: { filter: {} }) { rollupVersion lagSeconds } }`;
    const version = async (graph: OpenedActivities) => (await graph.ask(about)).data.supportRollup;
    const before = await version(cube);
    expect(before).toEqual({ rollupVersion: expect.stringMatching(/^support-\d+-\d+$/u), lagSeconds: 0 });
    await change(3, { amount: 1 });
    await cube.settled();
    expect((await version(cube)).rollupVersion).not.toBe(before.rollupVersion);
    expect(await version(scan)).toEqual({
      rollupVersion: expect.stringMatching(/^scan-\d+$/u),
      lagSeconds: 0,
    });
  });
});
