import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import type { ActivityFacts, HouseRow } from '../../subgraphs/activities/index.ts';
import { CAMPAIGN, codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';

let graph: OpenedActivities;
let facts: ActivityFacts[];
let houses: HouseRow[];

beforeAll(async () => {
  graph = await openActivities();
  facts = [...graph.seed.rows.activities];
  houses = [...graph.seed.rows.houses];
});
afterAll(() => graph.close());

const entities = (fields: string) =>
  `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ${fields} } }`;
const unitRefs = (count: number) =>
  graph.tree.copies.slice(0, count).map(({ id }) => ({ __typename: 'Unit', id }));

const live = (activity: ActivityFacts) => activity.status !== 'CANCELLED';
const sum = (rows: readonly ActivityFacts[], read: (activity: ActivityFacts) => number | null) =>
  rows.reduce((total, activity) => total + (read(activity) ?? 0), 0);

describe('a unit', () => {
  const summary = entities(`... on Unit { id supportSummary(campaign: "${CAMPAIGN}") {
    activities deliveries amount plannedAmount peopleReached households houses housesCompleted housesOverdue
    suppressed latestOn synthetic computedAt period { from } } }`);

  it.each([
    'activities',
    'deliveries',
    'amount',
    'plannedAmount',
    'peopleTargeted',
    'peopleReached',
    'households',
    'suppressed',
    'houses',
    'housesCompleted',
    'housesOverdue',
    'latestOn',
    'synthetic',
  ])('gives %s alone as beside all others', async (field) => {
    const whole = await graph.ask(summary.replace('activities ', 'activities peopleTargeted '), {
      refs: unitRefs(20),
    });
    const alone = await graph.ask(
      entities(`... on Unit { supportSummary(campaign: "${CAMPAIGN}") { ${field} } }`),
      {
        refs: unitRefs(20),
      },
    );
    const valuesOf = ({ data }: typeof whole) =>
      data._entities.map((unit: { supportSummary: Record<string, unknown> }) => unit.supportSummary[field]);
    expect(valuesOf(alone)).toEqual(valuesOf(whole));
    expect(new Set(valuesOf(alone)).size).toBeGreaterThan(
      field === 'suppressed' || field === 'synthetic' ? 0 : 1,
    );
  });

  it('adds up what it and the units under it did', async () => {
    const { data } = await graph.ask(summary, { refs: unitRefs(100) });
    graph.tree.copies.slice(0, 100).forEach(({ versions }, index) => {
      const top = versions.at(-1)?.path ?? '';
      const under = facts.filter((activity) => live(activity) && activity.unitPath.startsWith(top));
      const done = (activity: ActivityFacts) =>
        ['COMPLETED', 'HANDED_OVER'].includes(activity.house?.status ?? '');
      expect(data._entities[index].supportSummary).toEqual({
        activities: under.length,
        deliveries: sum(under, ({ deliveries }) => deliveries),
        amount: sum(under, ({ amount }) => amount),
        plannedAmount: sum(under, ({ plannedAmount }) => plannedAmount),
        peopleReached: sum(under, ({ people }) => people.reached),
        households: sum(under, ({ people }) => people.households),
        houses: under.filter(({ house }) => house).length,
        housesCompleted: under.filter(done).length,
        housesOverdue: under.filter((activity) => activity.house?.dueOn && !done(activity)).length,
        suppressed: false,
        latestOn:
          under
            .map(({ startsOn }) => startsOn)
            .sort()
            .at(-1) ?? null,
        synthetic: under.length > 0,
        computedAt: '2026-01-15T03:00:00.000Z',
        period: null,
      });
    });
  });

  it('costs the same for one unit as for a hundred, and reads the paths by their index', async () => {
    const one = await graph.ask(summary, { refs: unitRefs(1) });
    const hundred = await graph.ask(summary, { refs: unitRefs(100) });
    expect([one.commands, hundred.commands]).toEqual([4, 4]);
    const range = { $and: [{ $gte: ['$unitPath', '/BCA/T01.1/'] }, { $lt: ['$unitPath', '/BCA/T01.10'] }] };
    const plan = await graph.connection
      .collection('activities_activities')
      .find({ campaignCode: CAMPAIGN, $expr: range } as never)
      .explain();
    expect(JSON.stringify(plan)).toContain('unitPath_1');
  });

  it('counts alone without its subtree, and in a period', async () => {
    const unit = graph.tree.copies.find(({ code }) => code === 'T01.1');
    const { data } = await graph.ask(
      entities(`... on Unit {
        own: supportSummary(includeSubtree: false) { activities }
        autumn: supportSummary(period: { code: "2021-Q4" }) { activities period { code from before label { vi } } } }`),
      { refs: [{ __typename: 'Unit', id: unit?.id }] },
    );
    const under = facts.filter((activity) => live(activity) && activity.unitPath.startsWith('/BCA/T01.1/'));
    const inAutumn = under.filter(({ startsOn }) => startsOn >= '2021-10-01' && startsOn < '2022-01-01');
    expect(data._entities[0]).toMatchObject({
      own: { activities: under.filter(({ unitCode }) => unitCode === 'T01.1').length },
      autumn: {
        activities: inAutumn.length,
        period: { code: '2021-Q4', from: '2021-10-01', before: '2022-01-01', label: { vi: 'Quý IV/2021' } },
      },
    });
  });

  it('hides counts of few people from a viewer outside', async () => {
    const months = ['2021-10', '2021-11', '2021-12', '2022-01'];
    const byMonth = entities(
      `... on Unit { ${months.map(
        (code) =>
          `m${code.replace('-', '')}: supportSummary(period: { code: "${code}" }) { households suppressed }`,
      )} }`,
    );
    interface Summary {
      readonly households: number | null;
      readonly suppressed: boolean;
    }
    const ask = async (viewer?: Viewer): Promise<Summary[]> => {
      const { data } = await graph.ask(byMonth, { refs: unitRefs(200) }, viewer);
      return data._entities.flatMap(({ __typename, ...summaries }: Record<string, unknown>) =>
        Object.values(summaries),
      );
    };
    const [truths, shown] = [await ask(), await ask(publicViewer)];
    let hidden = 0;
    truths.forEach(({ households }, index) => {
      const isSmall = households !== null && households > 0 && households < 5;
      expect(shown[index]?.households).toBe(isSmall ? null : households);
      if (isSmall) expect(shown[index]?.suppressed).toBe(true);
      hidden += isSmall ? 1 : 0;
    });
    expect(hidden).toBeGreaterThan(0);
  });

  it('lists its own activities, a page under each of many units by one command', async () => {
    const { data, commands } = await graph.ask(
      entities(
        '... on Unit { supportActivities(first: 3) { totalCount nodes { code unit { id } } pageInfo { hasNextPage } } }',
      ),
      { refs: unitRefs(100) },
    );
    expect(commands).toBe(3);
    graph.tree.copies.slice(0, 100).forEach(({ id }, index) => {
      const own = facts.filter(({ unitId }) => unitId === id);
      const { totalCount, nodes, pageInfo } = data._entities[index].supportActivities;
      expect([totalCount, nodes.length, pageInfo.hasNextPage]).toEqual([
        own.length,
        Math.min(3, own.length),
        own.length > 3,
      ]);
    });
  });
});

describe('a campaign', () => {
  it('is known by id and by code, and adds up', async () => {
    const id = facts[0]?.campaignId;
    const { data, commands } = await graph.ask(
      entities(`... on Campaign { id code supportSummary { activities amount }
        whole: supportSummary(period: { relative: WHOLE_CAMPAIGN }) { activities period { from before } }
        supportActivities(first: 1) { totalCount } houseFunnel { status houses overdue cost } }`),
      {
        refs: [
          { __typename: 'Campaign', id },
          { __typename: 'Campaign', code: CAMPAIGN },
        ],
      },
    );
    const [byId, byCode] = data._entities;
    expect(byCode).toEqual(byId);
    expect(byId.id).toBe(id);
    expect(byId.supportSummary).toEqual({
      activities: facts.filter(live).length,
      amount: sum(facts.filter(live), ({ amount }) => amount),
    });
    expect(byId.whole.activities).toBe(facts.filter(live).length);
    expect(byId.whole.period.from).toBe('2021-08-15');
    expect(byId.supportActivities.totalCount).toBe(facts.length);
    expect(commands).toBe(9);
  });

  it('has a funnel of all stages, with zeros, also for one unit', async () => {
    const { data } = await graph.ask(
      entities('... on Campaign { houseFunnel(under: "T01.1") { status houses overdue cost } }'),
      { refs: [{ __typename: 'Campaign', code: CAMPAIGN }] },
    );
    const stages = ['SURVEYED', 'APPROVED', 'STARTED', 'COMPLETED', 'HANDED_OVER', 'CANCELLED'];
    expect(data._entities[0].houseFunnel).toEqual(
      stages.map((status) => {
        const some = houses.filter(
          (house) => house.status === status && house.pathAtEvent.startsWith('/BCA/T01.1/'),
        );
        return {
          status,
          houses: some.length,
          overdue: some.filter(({ dueOn, completedOn, cancelledOn }) => dueOn && !completedOn && !cancelledOn)
            .length,
          cost: some.reduce((total, { cost }) => total + cost, 0),
        };
      }),
    );
  });
});

describe('a campaign in the past', () => {
  it('has as many houses overdue on a day as the list of that day', async () => {
    const { data } = await graph.ask(
      `query ($refs: [_Any!]!) {
        _entities(representations: $refs) { ... on Campaign { houseFunnel(overdueOn: "2022-03-31") { overdue } } }
        houseProjects(filter: { campaign: ["${CAMPAIGN}"], overdue: true, overdueOn: "2022-03-31" }) { totalCount }
      }`,
      { refs: [{ __typename: 'Campaign', code: CAMPAIGN }] },
    );
    const rows: { readonly overdue: number }[] = data._entities[0].houseFunnel;
    expect(data.houseProjects.totalCount).toBeGreaterThan(0);
    expect(rows.reduce((total, { overdue }) => total + overdue, 0)).toBe(data.houseProjects.totalCount);
  });
});

describe('references', () => {
  it('to what does not exist are null with an error, and leave the others alone', async () => {
    const refs = [
      { __typename: 'SupportActivity', id: 'act_none' },
      { __typename: 'SupportActivity', id: facts[0]?._id },
      { __typename: 'HouseProject', id: 'hse_none' },
      { __typename: 'Unit', id: 'unt_none' },
      { __typename: 'Campaign', code: 'NO-SUCH' },
    ];
    const answer = await graph.ask(
      entities(`... on SupportActivity { code } ... on HouseProject { code } ... on Unit { supportSummary { activities } }
        ... on Campaign { supportSummary { activities } }`),
      { refs },
    );
    expect(codesOf(answer)).toEqual(Array.from({ length: 4 }, () => 'ENTITY_NOT_FOUND'));
    expect(answer.data._entities).toEqual([
      null,
      { __typename: 'SupportActivity', code: facts[0]?.code },
      null,
      null,
      null,
    ]);
  });

  it('of one fetch are read by one command', async () => {
    const refs = facts.slice(0, 100).map(({ _id }) => ({ __typename: 'SupportActivity', id: _id }));
    const { data, commands } = await graph.ask(entities('... on SupportActivity { code }'), { refs });
    expect(data._entities).toHaveLength(100);
    expect(commands).toBe(1);
  });

  it('to content items list what counts towards them', async () => {
    const id = facts.find(({ contentItemCode }) => contentItemCode === 'ND5')?.contentItemId;
    const { data } = await graph.ask(
      entities('... on ContentItem { supportActivities(first: 1) { totalCount } }'),
      {
        refs: [{ __typename: 'ContentItem', id }],
      },
    );
    expect(data._entities[0].supportActivities.totalCount).toBe(
      facts.filter(({ contentItemId }) => contentItemId === id).length,
    );
  });
});

describe('houses', () => {
  it('are found by stage, by unit, by due day, and by being overdue on any day', async () => {
    const query = `query ($filter: HouseFilter, $on: Date) { houseProjects(filter: $filter, first: 100) {
      nodes { code status dueOn overdue(on: $on) activity { code } unit { id } campaign { code } } } }`;
    const on = '2022-03-15';
    const isOverdue = ({ dueOn, completedOn, cancelledOn }: HouseRow) =>
      dueOn !== null &&
      dueOn < on &&
      !(completedOn && completedOn <= on) &&
      !(cancelledOn && cancelledOn <= on);
    const codes = async (filter: unknown) =>
      (await graph.ask(query, { filter, on })).data.houseProjects.nodes.map(
        ({ code }: { code: string }) => code,
      );
    const expected = (holds: (house: HouseRow) => boolean) =>
      houses
        .filter(holds)
        .map(({ code }) => code)
        .sort();
    expect((await codes({ overdue: true, overdueOn: on })).sort()).toEqual(expected(isOverdue));
    expect((await codes({ overdue: false, overdueOn: on })).sort()).toEqual(expected((h) => !isOverdue(h)));
    expect((await codes({ status: ['STARTED'] })).sort()).toEqual(
      expected(({ status }) => status === 'STARTED'),
    );
    expect((await codes({ under: ['T01.1'] })).sort()).toEqual(
      expected(({ pathAtEvent }) => pathAtEvent.startsWith('/BCA/T01.1/')),
    );
    expect((await codes({ due: { code: '2022-01' } })).sort()).toEqual(
      expected(({ dueOn }) => dueOn?.startsWith('2022-01') ?? false),
    );
    const { data, commands } = await graph.ask(query, { on });
    expect(commands).toBe(2);
    for (const node of data.houseProjects.nodes) {
      const house = houses.find(({ code }) => code === node.code);
      expect(house && isOverdue(house)).toBe(node.overdue);
    }
    expect(codesOf(await graph.ask(query, { filter: { overdueOn: on } }))).toEqual(['INPUT_INVALID']);
  });
});
