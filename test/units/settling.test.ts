import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commune, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits();
});
beforeEach(() => graph.reset());
afterAll(() => graph.drop());

const later = '2026-03-01';

/** Lets the subgraph work until nothing waits to be settled. */
async function settle(): Promise<void> {
  const work = graph.door.start({
    feedOf: () => graph.door,
    onError: (error) => {
      throw error;
    },
  });
  const day = graph.collection('units_units');
  await expect
    .poll(() => day.countDocuments({ settlesOn: { $gt: '', $lte: later } }), { timeout: 20_000 })
    .toBe(0);
  await work.stop();
}

const states = (code: string, day: string) =>
  graph.ask(`{ unit(code: "${code}") { status path version name { vi } existsFrom existsBefore
    on(date: "${day}") { path } children { nodes { code } } } }`);

describe('what is decided ahead of its day', () => {
  it('can be read on that day at once, while today stays as it is; the day settles the rest', async () => {
    await graph.run('moveUnit', {
      unit: await graph.at('X18853.1'),
      parent: await graph.at('H452.1'),
      effectiveOn: later,
    });
    await graph.run('closeUnit', {
      unit: await graph.at('X18856.1'),
      successors: [{ ...(await graph.at('X18859.1')), share: 'FULL' }],
      effectiveOn: later,
    });
    await graph.run('openUnit', {
      unit: {
        ...commune('X90030.1', await graph.at('H452.1'), 'Công an xã Tương Lai'),
        place: { adminCode: '18856', listDate: '2021-08-01' },
      },
      effectiveOn: later,
    });
    const before = await Promise.all(['X18853.1', 'X18856.1', 'X90030.1'].map((code) => states(code, later)));
    expect(before).toMatchObject([
      {
        unit: {
          status: 'ACTIVE',
          path: '/BCA/T44.1/H450.1/X18853.1/',
          on: { path: '/BCA/T44.1/H452.1/X18853.1/' },
        },
      },
      { unit: { status: 'ACTIVE', existsBefore: later, on: null } },
      { unit: { status: 'PLANNED', existsFrom: later, on: { path: '/BCA/T44.1/H452.1/X90030.1/' } } },
    ]);
    const parent = await states('H452.1', later);
    expect(parent.unit.children.nodes).not.toContainEqual({ code: 'X90030.1' });

    const place = '{ adminArea(listDate: "2021-08-01", code: "18856") { unit { code } } }';
    expect((await graph.ask(place)).adminArea.unit.code).toBe('X18856.1');

    graph.setDay(later);
    await settle();
    const after = await Promise.all(['X18853.1', 'X18856.1', 'X90030.1'].map((code) => states(code, later)));
    expect(after).toMatchObject([
      { unit: { status: 'ACTIVE', path: '/BCA/T44.1/H452.1/X18853.1/', version: 3 } },
      { unit: { status: 'CLOSED', version: 3 } },
      { unit: { status: 'ACTIVE', version: 2 } },
    ]);
    expect((await graph.ask(place)).adminArea.unit.code).toBe('X90030.1');
    const successor = await graph.collection('units_units').findOne({ code: 'X18859.1' });
    const told = await graph
      .collection('units_outbox')
      .findOne({ action: 'settleUnits', 'copy.code': 'X18856.1' });
    expect(told).toMatchObject({ copy: { version: 3, successorId: successor?._id } });
    const { unit } = await graph.ask('{ unit(code: "X18853.1") { audit { nodes { action subject } } } }');
    expect(unit.audit.nodes).toContainEqual({ action: 'settleUnits', subject: 'system' });
  });

  it('finds what is due through an index', async () => {
    const answer = await graph.connection.db?.command({
      explain: { find: 'units_units', filter: { settlesOn: { $gt: '', $lte: later } } },
      verbosity: 'queryPlanner',
    });
    expect(JSON.stringify(answer?.queryPlanner.winningPlan)).toContain('settlesOn_1');
  });
});
