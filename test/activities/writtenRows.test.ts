import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN } from './activitiesDoor.ts';
import { key, type OpenedPlanning, openPlanning } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const reason = 'Hộ dân đã chuyển đi nơi khác.';
const row = async (name: string, _id: string) => (await door.rows(name, { _id }))[0] ?? {};

describe('what was written is read', () => {
  const sums = `query ($unit: UnitCode!, $id: ID!) {
    supportRollup(input: { filter: { unit: [$unit], campaign: ["${CAMPAIGN}"] }, groupBy: [MONTH, KIND],
      metrics: [ACTIVITIES, AMOUNT, PLANNED_AMOUNT, PEOPLE_TARGETED, HOUSES, HOUSES_SURVEYED] }) {
      rows { keys { code } values { metric value } } }
    _entities(representations: [{ __typename: "Unit", id: $id }]) { ... on Unit {
      supportSummary { activities amount plannedAmount houses synthetic } } } }`;
  const funnel = `query { _entities(representations: [{ __typename: "Campaign", code: "${CAMPAIGN}" }]) {
    ... on Campaign { houseFunnel { status houses cost } } } }`;
  const read = async () => {
    await door.graph.settled();
    const variables = { unit: door.commune.code, id: door.commune.id };
    const { data, errors } = await door.graph.ask(sums, variables, door.officer);
    expect(errors).toBeUndefined();
    const month = data.supportRollup.rows.find(
      ({ keys }: { keys: { code: string }[] }) =>
        keys[0]?.code === '2021-11' && keys[1]?.code === 'NHA_TINH_NGHIA',
    );
    const stages = (await door.graph.ask(funnel)).data._entities[0].houseFunnel;
    return {
      month: (month?.values ?? []).map(({ value }: { value: number }) => value),
      summary: data._entities[0].supportSummary,
      surveyed: stages[0],
    };
  };
  const november = () =>
    door.planned({
      kind: 'NHA_TINH_NGHIA',
      plan: door.plan({
        startsOn: '2021-11-08',
        title: { vi: 'Mái ấm tình thương' },
        house: { surveyedOn: '2021-11-08' },
      }),
    });

  it('in rollups, summaries and the funnel: planned counts, nothing is delivered yet, called off counts nowhere', async () => {
    const before = await read();
    expect(before.month).toEqual([]);
    const { id } = await november();
    const after = await read();
    expect(after.month).toEqual([1, 0, 12_000_000, 40, 1, 1]);
    expect(after.summary).toMatchObject({
      activities: before.summary.activities + 1,
      amount: before.summary.amount,
      plannedAmount: before.summary.plannedAmount + 12_000_000,
      houses: before.summary.houses + 1,
    });
    expect(after.surveyed).toEqual({
      status: 'SURVEYED',
      houses: before.surveyed.houses + 1,
      cost: before.surveyed.cost + 12_000_000,
    });
    await door.send(
      'cancelActivity',
      { idempotencyKey: key(), id, expectedVersion: 1, reason },
      door.commander,
    );
    expect(await read()).toEqual(before);
  });

  it('by every filter, in exports, and in the stream once it has its number', async () => {
    const { id } = await november();
    const { code } = (await row('activities', id)) as { code: string };
    const filter = {
      ...{ campaign: [CAMPAIGN], unit: [door.commune.code], provinceCode: ['01'], level: ['COMMUNE'] },
      ...{ kind: ['NHA_TINH_NGHIA'], group: ['NGUOI_NGHEO'], funding: ['XA_HOI_HOA'], status: ['PLANNED'] },
      ...{ during: { code: '2021-11' }, hasHouse: true, text: 'mai am', under: ['T01.1'] },
    };
    const { data } = await door.graph.ask(
      `query ($filter: SupportActivityFilter) {
        supportActivities(filter: $filter) { nodes { code } }
        supportExport(filter: $filter) { nodes { unitCode kind group month targeted reached amount synthetic } } }`,
      { filter },
      door.officer,
    );
    expect(data.supportActivities.nodes).toEqual([{ code }]);
    expect(data.supportExport.nodes).toEqual([
      {
        ...{ unitCode: door.commune.code, kind: 'NHA_TINH_NGHIA', group: 'NGUOI_NGHEO', month: '2021-11' },
        ...{ targeted: 40, reached: 0, amount: 0, synthetic: false },
      },
    ]);
    await door.set('activities', { _id: id }, { seq: 1_000_000 });
    const changes = await door.graph.ask(
      'query { supportActivityChanges(first: 100) { caughtUp endCursor } }',
    );
    const last = await door.graph.ask(
      'query ($after: String) { supportActivityChanges(after: $after) { caughtUp nodes { kind code } } }',
      { after: changes.data.supportActivityChanges.endCursor },
    );
    expect(last.data.supportActivityChanges.nodes.at(-1)).toEqual({ kind: 'UPSERT', code });
  });
});
