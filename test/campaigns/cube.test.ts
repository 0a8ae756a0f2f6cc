import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignsDoor, dataOf, openCampaigns, viewerOf } from './campaignsDoor.ts';

/**
 * Two databases with the same rows: in one the cubes stand, in the other they were taken away, so that every number is
 * read from the rows. Whatever is asked, both must answer the same.
 */
let cube: CampaignsDoor;
let scan: CampaignsDoor;

const code = 'BCA-2021-COVID-TDDB';

interface Stored {
  readonly _id: string;
  readonly [field: string]: unknown;
}
const rowsOf = (graph: CampaignsDoor, name: string) =>
  graph.connection.collection<Stored>(`campaigns_${name}`);

beforeAll(async () => {
  [cube, scan] = await Promise.all([openCampaigns(), openCampaigns()]);
  await rowsOf(scan, 'cubes').deleteMany({});
});
afterAll(() => Promise.all([cube.close(), scan.close()]));

const counts = 'unit { id } expected received onTime late missing pending';
const document = `query ($code: CampaignCode!, $period: PeriodInput!, $under: UnitCode, $level: UnitLevel, $first: Int!) {
  campaign(code: $code) {
    completeness(period: $period, under: $under, groupBy: $level, first: $first) {
      total { ${counts} } totalCount pageInfo { hasNextPage }
      nodes { ${counts} missingReports(first: 3) { totalCount nodes { id } } }
    }
    indicators { code reported(period: $period, under: $under) { value reports } }
    participationCounts { status units }
    participations(first: 1) { totalCount }
  }
}`;

interface Question {
  readonly code: string;
  readonly period: object;
  readonly under?: string;
  readonly level?: string;
  readonly viewer: 'MINISTRY' | 'COMMANDER';
  readonly day: string;
}

const questions: fc.Arbitrary<Question> = fc.record(
  {
    code: fc.constantFrom(code, code, 'T01-2021-COVID-TDDB'),
    period: fc.constantFrom(
      ...['2021-08', '2021-10', '2021-Q4', '2021', '2019'].map((period) => ({ code: period })),
      { relative: 'WHOLE_CAMPAIGN' },
      { from: '2021-09-30', before: '2021-11-30' },
    ),
    under: fc.constantFrom('BCA', 'T01.1', 'T44.1', 'H001.1'),
    level: fc.constantFrom('MINISTRY', 'PROVINCE', 'DEPARTMENT', 'DISTRICT', 'COMMUNE'),
    viewer: fc.constantFrom('MINISTRY', 'COMMANDER'),
    day: fc.constantFrom('2021-10-05', '2021-11-06', '2026-01-15'),
  },
  { requiredKeys: ['code', 'period', 'viewer', 'day'] },
);

interface Rows {
  readonly campaign: { completeness: { nodes: { unit: { id: string } }[] } | null } | null;
}

async function answerOf(graph: CampaignsDoor, { viewer, day, ...variables }: Question): Promise<unknown> {
  graph.clock.now = new Date(`${day}T10:00:00+07:00`);
  const asking = viewerOf(viewer, viewer === 'COMMANDER' ? '/BCA/T01.1/' : null);
  const { data, errors } = await graph.ask(document, { first: 100, ...variables }, asking);
  // The row of a unit that moved stands where the campaign first saw it, or the period did.
  (data as unknown as Rows).campaign?.completeness?.nodes.sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
  return { data, codes: errors?.map(({ extensions }) => extensions?.code).sort() };
}

async function agreesOn(question: Question): Promise<void> {
  expect(await answerOf(cube, question)).toEqual(await answerOf(scan, question));
}

/** Everything that the cubes hold, whichever shelf they stand on. */
async function cellsOf(name: string): Promise<Stored[]> {
  const state = await rowsOf(cube, 'cubes').findOne({ _id: name });
  return rowsOf(cube, `${name}_cells_${state?.shelf}`).find().sort({ _id: 1 }).toArray();
}
const allCells = async () =>
  (await Promise.all(['reports', 'reportValues', 'participations'].map(cellsOf))).flat();

/** Only what is different is shown: a cube has thousands of cells. */
async function isAsBuiltAnew(): Promise<void> {
  const kept = await allCells();
  await cube.door.rebuild();
  const anew = new Map((await allCells()).map((cell) => [cell._id, cell]));
  expect(kept.filter((cell) => !isDeepStrictEqual(cell, anew.get(cell._id)))).toEqual([]);
  expect(anew.size).toBe(kept.length);
}

/** Writes as commands would: the row in both databases, and an event of it where the cubes stand. */
async function change(
  name: 'reports' | 'participations',
  index: number,
  patch: Record<string, unknown>,
): Promise<void> {
  const all = await rowsOf(scan, name)
    .find({}, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray();
  const _id = all[index % all.length]?._id ?? '';
  for (const graph of [cube, scan]) await rowsOf(graph, name).updateOne({ _id }, { $set: patch });
  await tell(name === 'reports' ? 'ProgressReport' : 'Participation', _id, index + 2);
}

const tell = (type: string, entityId: string, version: number) =>
  rowsOf(cube, 'outbox').insertOne({
    _id: randomUUID(),
    ...{ type, entityId, version, action: 'test', copy: null, stream: null, pending: true, at: new Date() },
  });

/** Lets a report have been written under another province: its unit moved. */
async function move(index: number): Promise<void> {
  const all = await rowsOf(scan, 'reports').find({ levelAtEvent: 'COMMUNE' }).sort({ _id: 1 }).toArray();
  const report = all[index % all.length];
  const line = [cube.idOf('BCA'), cube.idOf('T45.1'), String(report?.unitId)];
  const patch = {
    pathAtEvent: `/BCA/T45.1/${String(report?.pathAtEvent).split('/').at(-2)}/`,
    line,
    levels: ['MINISTRY', 'PROVINCE', 'COMMUNE'],
    underKeys: line.map((id) => `${String(report?.campaignId)}/${id}`),
  };
  const _id = report?._id ?? '';
  for (const graph of [cube, scan]) await rowsOf(graph, 'reports').updateOne({ _id }, { $set: patch });
  await tell('ProgressReport', _id, index + 2);
}

const changes = fc.oneof(
  fc.record({
    name: fc.constant('reports' as const),
    patch: fc.constantFrom(
      { status: 'RETURNED', handedIn: false },
      { status: 'SUBMITTED', handedIn: true, late: true },
      { status: 'ACCEPTED', handedIn: true, late: false },
      { values: [] },
      { dueOn: '2021-10-20' },
    ),
  }),
  fc.record({
    name: fc.constant('participations' as const),
    patch: fc.constantFrom({ status: 'WITHDRAWN' }, { status: 'SUMMARISED' }),
  }),
  fc.record({ name: fc.constant('move' as const), patch: fc.constant({}) }),
);

describe('the cubes of campaigns', () => {
  it('answer any question as the rows themselves do', async () => {
    await fc.assert(fc.asyncProperty(questions, agreesOn), { numRuns: 40, seed: 2021 });
  }, 120_000);

  it('page through their rows as the reports do', async () => {
    const pages = async (graph: CampaignsDoor, args: string): Promise<string[][]> => {
      const seen: string[][] = [];
      for (let after = ''; seen.length < 50; ) {
        const answer =
          await graph.ask(`{ campaign(code: "${code}") { completeness(period: { code: "2021" }, ${args} first: 2${after}) {
          nodes { unit { id } } pageInfo { hasNextPage endCursor } } } }`);
        const { nodes, pageInfo } = dataOf<{
          campaign: {
            completeness: {
              nodes: { unit: { id: string } }[];
              pageInfo: { hasNextPage: boolean; endCursor: string };
            };
          };
        }>(answer).campaign.completeness;
        seen.push(nodes.map(({ unit }) => unit.id));
        if (!pageInfo.hasNextPage) break;
        after = `, after: "${pageInfo.endCursor}"`;
      }
      return seen;
    };
    for (const args of ['', 'groupBy: COMMUNE,', 'under: "T01.1",']) {
      const found = await pages(cube, args);
      expect(found.length).toBeGreaterThan(1);
      expect(found).toEqual(await pages(scan, args));
    }
  }, 60_000);

  it('answer so after any changes, and hold then what a cube built anew holds', async () => {
    const some = fc.array(fc.tuple(fc.nat(1_000), changes), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(some, fc.array(questions, { minLength: 4, maxLength: 4 }), async (done, asked) => {
        for (const [index, { name, patch }] of done)
          await (name === 'move' ? move(index) : change(name, index, patch));
        await cube.settled();
        for (const question of asked) await agreesOn(question);
        await isAsBuiltAnew();
      }),
      { numRuns: 4, seed: 5 },
    );
  }, 180_000);

  it('count every event once, however often it is read', async () => {
    await change('reports', 7, { status: 'RETURNED', handedIn: false });
    await cube.settled();
    const before = await allCells();
    await cube.door.replay('campaigns', 0);
    await cube.settled();
    expect(await allCells()).toEqual(before);
  }, 60_000);

  it('are built anew while reports come in, and lose none', async () => {
    const building = cube.door.rebuild();
    for (let index = 0; index < 30; index += 1)
      await change('reports', index * 7, { status: 'SUBMITTED', handedIn: true, late: index % 2 === 0 });
    await building;
    await cube.settled();
    await isAsBuiltAnew();
    await agreesOn({ code, period: { code: '2021' }, viewer: 'MINISTRY', day: '2026-01-15' });
  }, 60_000);
});
