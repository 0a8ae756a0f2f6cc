import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import { codes, commander, officer, openWriting, text, type Writing } from './writing.ts';

const indicator = 'BCA-2021-COVID-TDDB:CT1';

let graph: Writing;
beforeAll(async () => {
  graph = await openWriting();
});
afterAll(() => graph.close());

interface Target {
  readonly id: string;
  readonly version: number;
}

const target = {
  indicator,
  unit: 'T01.1',
  period: '2025',
  comparator: 'LTE',
  threshold: -5,
  source: { number: '12/ĐK-CAT', issuer: 'Công an TP Hà Nội' },
};
const reason = 'Nhập nhầm chỉ tiêu của đơn vị khác';
const set = (more: object = {}, viewer: Viewer = officer, select = 'id version') =>
  graph.write<Target>('setIndicatorTarget', { ...target, ...more }, viewer, select);
const mustSet = async (more: object = {}): Promise<Target> => {
  const { node, told } = await set(more);
  if (!node) throw new Error(JSON.stringify(told));
  return node;
};
const board = async (period: string) =>
  dataOf<{ indicator: { targets: { nodes: Record<string, unknown>[] } } }>(
    await graph.ask(
      `{ indicator(address: "${indicator}") { targets(under: "T01.1", period: { code: "${period}" }) { nodes { id status } } } }`,
    ),
  ).indicator.targets.nodes;

describe('setIndicatorTarget', () => {
  it('puts a unit on the target board, with every number and its document', async () => {
    const { node, told } = await set(
      {
        period: '2024',
        baseline: { year: 2023, value: 100, note: text('Theo kế hoạch'), source: { number: '3/KH' } },
        actual: -7.2,
        actualSource: { number: '88/BC' },
      },
      officer,
      `id version period comparator threshold baseline { year value note { vi } source { number } } actual actualSource { number } status
       source { number issuer } synthetic unit { id } indicator { address }`,
    );
    expect(told).toEqual([]);
    expect(node).toEqual({
      id: expect.stringMatching(/^tgt_.{22}$/u),
      version: 1,
      period: '2024',
      comparator: 'LTE',
      threshold: -5,
      baseline: { year: 2023, value: 100, note: { vi: 'Theo kế hoạch' }, source: { number: '3/KH' } },
      actual: -7.2,
      actualSource: { number: '88/BC' },
      status: 'MET',
      source: target.source,
      synthetic: false,
      unit: { id: graph.idOf('T01.1') },
      indicator: { address: indicator },
    });
    expect(await board('2024')).toEqual([{ id: node?.id, status: 'MET' }]);
  });

  it('assumes no baseline and no value', async () => {
    const { node } = await set({ period: '2023' }, officer, 'baseline { year } actual status');
    expect(node).toEqual({ baseline: null, actual: null, status: 'NO_VALUE' });
  });

  it('wants a document for every number, and says of each where', async () => {
    const { told } = await set({ source: null, actual: -6, baseline: { year: 2024 } });
    expect(told).toEqual([
      { code: 'SOURCE_REQUIRED', path: 'input.source', params: {} },
      { code: 'SOURCE_REQUIRED', path: 'input.actualSource', params: {} },
      { code: 'SOURCE_REQUIRED', path: 'input.baseline.source', params: {} },
    ]);
  });

  it('changes the one that is there only for those who have read it, and adds no second', async () => {
    const first = await mustSet({ period: '2022' });
    expect((await set({ period: '2022' })).told).toEqual([
      { code: 'VERSION_CONFLICT', path: 'input.expectedVersion', params: { expected: '0', actual: '1' } },
    ]);
    const again = await mustSet({ period: '2022', threshold: -6, expectedVersion: 1 });
    expect(again).toEqual({ id: first.id, version: 2 });
    expect(codes(await set({ period: '2022', expectedVersion: 1 }))).toEqual(['VERSION_CONFLICT']);
    expect(await board('2022')).toHaveLength(1);
    expect(codes(await set({ period: '2022-H1', expectedVersion: 1 }))).toEqual(['NOT_FOUND']);
  });

  it('of fifty who set it first, one does', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => set({ period: '2025-03' })));
    expect(answers.filter(({ node }) => node)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(49).fill('VERSION_CONFLICT'));
    expect(await board('2025-03')).toHaveLength(1);
  });

  it('is for officers of the unit and commanders above', async () => {
    expect((await set({ period: '2025-H1' }, commander)).thrown).toBeNull();
    expect((await set({ period: '2025-H2' }, viewerOf('COMMANDER', '/BCA/'))).thrown).toBeNull();
    for (const role of ['PUBLIC', 'PARTNER', 'MINISTRY', 'ADMIN'] as const)
      expect((await set({}, viewerOf(role, '/BCA/T01.1/'))).thrown).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    for (const viewer of [viewerOf('OFFICER', '/BCA/'), viewerOf('COMMANDER', '/BCA/T45.1/')])
      expect((await set({}, viewer)).thrown).toBe('OUT_OF_SUBTREE');
  });

  it.each<[string, object, string, string]>([
    ['an indicator that nobody has', { indicator: 'NO-SUCH:CT1' }, 'NOT_FOUND', 'input.indicator'],
    ['a unit that nobody has', { unit: 'T99.1' }, 'NOT_FOUND', 'input.unit'],
    [
      'a phase that the campaign does not have',
      { period: 'BCA-2021-COVID-TDDB:P9' },
      'INPUT_INVALID',
      'input.period',
    ],
    ['a period in which the unit did not exist', { period: '1900' }, 'CAMPAIGN_DATES', 'input.period'],
    [
      'a year of comparison out of reach',
      { baseline: { year: 1, source: { number: '1' } } },
      'INPUT_INVALID',
      'input.baseline.year',
    ],
  ])('refuses %s', async (_, wrong, code, path) => {
    expect((await set(wrong)).told.map((one) => [one.code, one.path])).toEqual([[code, path]]);
  });

  it('sets nothing in a campaign that is handed in, and knows none of drafts of others', async () => {
    const content = {
      contentItems: [{ code: 'ND1', title: text('a'), tracking: text('b') }],
      indicators: [
        {
          code: 'CT1',
          contentItem: 'ND1',
          name: text('c'),
          unitOfMeasure: text('d'),
          measure: 'COUNT',
          direction: 'INCREASE',
          aggregation: 'SUM',
        },
      ],
    };
    const mine = await graph.put(await graph.begin(content), { status: 'SUBMITTED' });
    expect(codes(await set({ indicator: `${mine.code}:CT1` }))).toEqual(['INVALID_STATE']);
    const theirs = await graph.begin(content, viewerOf('OFFICER', '/BCA/'), 'BCA');
    expect(codes(await set({ indicator: `${theirs.code}:CT1` }))).toEqual(['NOT_FOUND']);
  });

  it('stands, for a closed unit, on the last day of its life in the period', async () => {
    const successor =
      graph.rows.campaigns.find(({ code }) => code === 'T44-2021-COVID-TDDB')?.scopePath ?? '';
    const { node } = await set({ unit: 'T44.1', period: '2025' }, viewerOf('OFFICER', successor));
    const [row] = await graph.connection
      .collection<{ _id: string }>('campaigns_targets')
      .find({ _id: node?.id ?? '' })
      .toArray();
    expect(row).toMatchObject({
      pathAtEvent: '/BCA/T44.1/',
      levelAtEvent: 'PROVINCE',
      periodEnd: '2025-12-31',
    });
    expect(codes(await set({ unit: 'T44.1', period: '2026' }, viewerOf('OFFICER', successor)))).toEqual([
      'CAMPAIGN_DATES',
    ]);
  });
});

describe('a percentage', () => {
  it('is never summed: neither asked for as a sum, nor made of the children', async () => {
    const answer = await graph.ask(
      `{ indicator(address: "${indicator}") { aggregation reported(period: { code: "2021" }) { value } } }`,
    );
    expect(answer.data).toEqual({ indicator: { aggregation: 'NONE', reported: null } });
  });
});

describe('removeIndicatorTarget', () => {
  it('takes it off the board; the audit and the event keep that it was', async () => {
    const { id, version } = await mustSet({ period: '2025-04' });
    const { data } = await graph.ask(
      `mutation ($input: RemoveIndicatorTargetInput!) { removeIndicatorTarget(input: $input) { removedId indicator { address } userErrors { code } } }`,
      { input: { idempotencyKey: 'remove-april', id, expectedVersion: version, reason } },
      officer,
    );
    expect(data).toEqual({
      removeIndicatorTarget: { removedId: id, indicator: { address: indicator }, userErrors: [] },
    });
    expect(await board('2025-04')).toEqual([]);
    const kept = (name: string, filter: object) => graph.connection.collection(name).find(filter).toArray();
    const [entry] = await kept('campaigns_audit', { entityIds: id, version: 2 });
    expect(entry).toMatchObject({ action: 'removeIndicatorTarget', version: 2, reason });
    expect(entry?.changes).toContainEqual({ field: 'threshold', before: -5, after: null });
    expect(await kept('campaigns_outbox', { entityId: id, version: 2 })).toMatchObject([
      { copy: { removed: true } },
    ]);
  });

  it('is done by one of twenty, for a reason, and not by others', async () => {
    const { id, version } = await mustSet({ period: '2025-05' });
    const input = { id, expectedVersion: version, reason };
    const remove = (more: object = {}, viewer = officer) =>
      graph.write('removeIndicatorTarget', { ...input, ...more }, viewer, 'address');
    expect(codes(await remove({ reason: 'nhầm' }))).toEqual(['INPUT_INVALID']);
    expect(codes(await remove({ expectedVersion: 9 }))).toEqual(['VERSION_CONFLICT']);
    expect((await remove({}, viewerOf('OFFICER', '/BCA/T45.1/'))).thrown).toBe('OUT_OF_SUBTREE');
    expect((await remove({}, viewerOf('MINISTRY'))).thrown).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove()));
    expect(answers.filter(({ node }) => node)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(19).fill('NOT_FOUND'));
  });

  it('has a history for its unit', async () => {
    await mustSet({ period: '2025-02' });
    const history = (viewer: Viewer) =>
      graph.ask(
        `{ indicator(address: "${indicator}") { targets(under: "T01.1", period: { code: "2025-02" }) { nodes { version audit { nodes { action } } } } } }`,
        {},
        viewer,
      );
    expect((await history(officer)).data).toEqual({
      indicator: {
        targets: { nodes: [{ version: 1, audit: { nodes: [{ action: 'setIndicatorTarget' }] } }] },
      },
    });
    expect((await history(viewerOf('PUBLIC'))).errors?.[0]?.extensions?.code).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });
});

it('targets of the time before they were written get a version, so that they can be changed', async () => {
  const old = await mustSet({ period: '2025-W10' });
  const { connection, door } = graph;
  const rows = connection.collection<{ _id: string }>('campaigns_targets');
  await rows.updateOne({ _id: old.id }, { $unset: { version: '', createdAt: '', updatedAt: '' } });
  await connection
    .collection<{ _id: string; migrations: string[] }>('_migrations')
    .updateOne({ _id: 'campaigns' }, { $set: { migrations: [] } });
  await door.migrate();
  expect(await mustSet({ period: '2025-W10', expectedVersion: 1 })).toEqual({ id: old.id, version: 2 });
});
