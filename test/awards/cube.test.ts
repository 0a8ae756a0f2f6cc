import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { campaign, viewerOf } from './awardsDoor.ts';
import { changesAt, type Place, write } from './cubeRows.ts';
import { ministry, openWritingDoor, type WritingDoor } from './writingDoor.ts';

interface UnitRow extends Record<string, unknown> {
  readonly _id: string;
  readonly code: string;
  readonly version: number;
  readonly successorId: string | null;
  readonly versions: readonly { path: string; before: string | null }[];
}

let door: WritingDoor;
let places: readonly Place[];
beforeAll(async () => {
  door = await openWritingDoor('BUILT');
  places = (await units()).map(({ _id, versions }) => ({ _id, path: versions[0]?.path ?? '' }));
});
afterAll(() => door.close());

const units = async (filter: object = {}) =>
  (await door.rows('awards_units', { 'versions.0.from': { $lte: '2021-12-20' }, ...filter })) as UnitRow[];

const sums = 'awards collective individual stateLevel revoked bonus synthetic byForm { form { code } count }';
const summariesOf = (from: string, before: string) => `
  all: awardSummary { ${sums} }
  own: awardSummary(includeSubtree: false) { ${sums} }
  campaign: awardSummary(campaign: "${campaign.code}") { ${sums} }
  months: awardSummary(period: { code: "2021-Q4" }) { ${sums} }
  days: awardSummary(period: { from: "${from}", before: "${before}" }) { ${sums} }
  ownDays: awardSummary(includeSubtree: false, campaign: "${campaign.code}", period: { from: "${from}", before: "${before}" }) { ${sums} }`;
const funnel = 'form { code } state count medianDays synthetic';
const funnels = `awardSummary { ${sums} } all: awardFunnel { ${funnel} }
  city: awardFunnel(under: "T01.1") { ${funnel} } coast: awardFunnel(under: "T44.1") { ${funnel} }`;

const viewers: readonly Viewer[] = [
  ministry,
  viewerOf('COMMANDER', '/BCA/T01.1/'),
  viewerOf('COMMANDER', '/BCA/T44.1/'),
  viewerOf('OFFICER', '/BCA/T01.1/H001.1/'),
];

/** Asks everything that the cubes answer. */
async function answers([from, before]: readonly [string, string]) {
  const answer = async (type: string, ids: readonly string[], fields: string, viewer: Viewer) => {
    const representations = ids.map((id) => ({ __typename: type, id }));
    const { data, errors } = await door.ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
      { r: representations },
      viewer,
    );
    expect(errors).toBeUndefined();
    return data;
  };
  const ids = places.map(({ _id }) => _id);
  return [
    await answer('Unit', ids, summariesOf(from, before), ministry),
    ...(await Promise.all(
      viewers.map((viewer) => answer('Campaign', [campaign.id, 'cmp_nobody'], funnels, viewer)),
    )),
  ];
}

/** Asks the same of the rows themselves: a cube that was never built is not read. */
async function fromRows(days: readonly [string, string]) {
  const states = door.connection.collection('awards_cubes');
  const known = await states.find().toArray();
  expect(known.map(({ _id }) => String(_id)).toSorted()).toEqual(['funnel', 'summary']);
  await states.deleteMany({});
  const found = await answers(days);
  await states.insertMany(known);
  return found;
}

/** The cells of both cubes as they stand. */
async function cells() {
  const states = await door.rows('awards_cubes');
  const all = states.map(async ({ _id, shelf }) => {
    const rows = await door.rows(`awards_${_id}_cells_${shelf}`);
    return rows.toSorted((a, b) => String(a._id).localeCompare(String(b._id)));
  });
  return Promise.all(all);
}

test('cube and rows give the same numbers, whatever is written; replayed or built anew, the cells are the same', async () => {
  await fc.assert(
    fc.asyncProperty(changesAt(places), async ({ rows, days }) => {
      await write(door, rows);
      await door.settled();
      expect(await answers(days)).toEqual(await fromRows(days));
      const counted = await cells();
      expect(counted.flat().length).toBeGreaterThan(0);
      await door.door.replay('awards', 0);
      await door.settled();
      expect(await cells()).toEqual(counted);
      await door.door.rebuild();
      expect(await cells()).toEqual(counted);
    }),
    { numRuns: 8 },
  );
}, 120_000);

describe('when units move', () => {
  const [from, before] = ['2021-08-20', '2022-11-03'] as const;
  const events: object[] = [];
  /** Lets the door hear of units as they are now, and waits until it has moved what stands there. */
  const hear = async (changed: readonly UnitRow[]) => {
    for (const { _id: id, ...copy } of changed)
      events.push({
        seq: events.length + 1,
        type: 'Unit',
        entityId: id,
        version: copy.version,
        action: 'moveUnit',
        at: new Date(),
        copy: { id, ...copy },
      });
    const feed = { events: async ({ after }: { after: number }) => events.slice(after) };
    const work = door.door.start({ feedOf: () => feed as never, onError: (error) => errors.push(error) });
    await vi.waitUntil(async () => {
      const { follows } = await door.door.status();
      return follows.find(({ source }) => source === 'units')?.position === events.length;
    });
    await work.stop();
  };
  const errors: unknown[] = [];
  const moved = (unit: UnitRow, under: string, day: string): UnitRow => {
    const last = unit.versions.at(-1);
    const open = unit.versions.slice(0, -1);
    const path = `${under}${unit.code}/`;
    return {
      ...unit,
      version: unit.version + 1,
      versions: [...open, { ...last, before: day }, { ...last, path, from: day, before: null }] as never,
    };
  };

  test('their rows move, and so do those of units that they took over', async () => {
    const [heir, gone] = (await units({
      'versions.level': 'DISTRICT',
      'versions.path': { $regex: '^/BCA/T01.1/' },
    })) as [UnitRow, UnitRow];
    await write(door, [
      { ...sample, slot: 1, place: { _id: gone._id, path: gone.versions[0]?.path ?? '' } },
      { ...sample, slot: 2, place: { _id: heir._id, path: heir.versions[0]?.path ?? '' } },
    ]);
    await door.settled();
    door.goTo('2021-12-22');
    const closed = gone.versions.map((version) => ({ ...version, before: '2021-12-21' }));
    await hear([{ ...gone, version: gone.version + 1, successorId: heir._id, versions: closed }]);
    expect(await answers([from, before])).toEqual(await fromRows([from, before]));
    // Only the heir's event is told: who may see the rows of the closed unit moves with it.
    await hear([moved(heir, '/BCA/T44.1/', '2021-12-22')]);
    const [row] = await door.rows('awards_dossiers', { unitId: gone._id });
    expect(row?.scopePath).toBe(`/BCA/T44.1/${heir.code}/`);
    expect(await answers([from, before])).toEqual(await fromRows([from, before]));
    expect(errors).toEqual([]);
  });

  const sample = {
    campaignId: campaign.id,
    form: 'GK',
    recipientKind: 'COLLECTIVE',
    stateLevel: false,
    synthetic: false,
    status: 'CONFERRED',
    bonus: { amount: 3 },
    eventOn: '2021-11-11',
    state: 'CONFERRED',
    daysToState: 12,
  };
});
