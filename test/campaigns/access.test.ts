import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { type CampaignsDoor, dataOf, openCampaigns, viewerOf } from './campaignsDoor.ts';

const code = 'BCA-2021-COVID-TDDB';
const published = ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'];

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

/** Who is outside of every unit, and how a report is refused to them. */
const outside: [string, Viewer, string][] = [
  ['the public', viewerOf('PUBLIC'), 'UNAUTHORIZED_FIELD_OR_TYPE'],
  ['a partner', viewerOf('PARTNER'), 'UNAUTHORIZED_FIELD_OR_TYPE'],
  ['a commander without a unit', viewerOf('COMMANDER'), 'FORBIDDEN'],
];

const codesFor = async (viewer: Viewer): Promise<string[]> =>
  dataOf<{ campaigns: { nodes: { code: string }[] } }>(
    await graph.ask('{ campaigns(first: 100) { nodes { code } } }', {}, viewer),
  )
    .campaigns.nodes.map((node) => node.code)
    .toSorted();

const seeded = (sees: (row: (typeof graph.rows.campaigns)[number]) => boolean): string[] =>
  graph.rows.campaigns
    .filter(sees)
    .map((row) => row.code)
    .toSorted();

describe('a draft campaign', () => {
  it.each(outside)('is nowhere to be found by %s', async (_, viewer) => {
    expect(await codesFor(viewer)).toEqual(seeded(({ status }) => published.includes(status)));
    const draft = graph.rows.campaigns.find(({ status }) => status === 'DRAFT');
    const item = graph.rows.contentItems.find(({ campaignId }) => campaignId === draft?._id);
    const indicator = graph.rows.indicators.find(({ campaignId }) => campaignId === draft?._id);
    const owner = { __typename: 'Unit', id: draft?.ownerId };
    const { data, errors } = await graph.ask(
      `query ($item: ID!, $indicator: ID!, $owner: [_Any!]!) { campaign(code: "${draft?.code}") { code } campaignsByCode(codes: ["${draft?.code}"]) { code }
        contentItem(id: $item) { code } contentItemsByAddress(addresses: ["${item?.address}"]) { code } indicator(id: $indicator) { code }
        searchCampaigns(text: "${draft?.code}") { excerpt }
        _entities(representations: $owner) { ... on Unit { launchedCampaigns { totalCount nodes { code } } } } }`,
      { item: item?._id, indicator: indicator?._id, owner: [owner] },
      viewer,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      campaign: null,
      campaignsByCode: [null],
      contentItem: null,
      contentItemsByAddress: [null],
      indicator: null,
      searchCampaigns: [],
      _entities: [{ launchedCampaigns: { totalCount: 0, nodes: [] } }],
    });
  });

  it('is seen by the ministry, inside its own unit, and by nobody beside it', async () => {
    const draft = graph.rows.campaigns.find(({ status }) => status === 'DRAFT');
    expect(await codesFor(viewerOf('MINISTRY', '/BCA/'))).toEqual(seeded(() => true));
    const path = draft?.scopePath ?? '';
    const inside = seeded(({ status, scopePath }) => published.includes(status) || scopePath === path);
    expect(await codesFor(viewerOf('OFFICER', path))).toEqual(inside);
    expect(await codesFor(viewerOf('COMMANDER', path))).toEqual(inside);
    expect(inside).toContain(draft?.code);
    expect(await codesFor(viewerOf('COMMANDER', '/BCA/T01.1/'))).not.toContain(draft?.code);
    expect(await codesFor(viewerOf('COMMANDER', '/BCA/'))).toEqual(seeded(() => true));
  });
});

describe('a report', () => {
  const document = `query ($report: ID!) { progressReport(id: $report) { period }
    campaign(code: "${code}") { code progressReports { totalCount nodes { unit { id } } } completeness(period: { code: "2021" }) { totalCount }
      indicators { code reported(period: { code: "2021" }) { value } } } }`;
  const reportOf = (unit: string) => graph.rows.reports.find(({ unitId }) => unitId === graph.idOf(unit));

  it.each(outside)(
    'is not for %s: the fields are null with an error, the campaign lives',
    async (_, viewer, refusal) => {
      const { data, errors } = await graph.ask(document, { report: reportOf('T01.1')?._id }, viewer);
      const indicators = graph.rows.indicators.filter(({ address }) => address.startsWith(`${code}:`));
      expect(data).toEqual({
        progressReport: null,
        campaign: {
          code,
          progressReports: null,
          completeness: null,
          indicators: indicators.map((indicator) => ({ code: indicator.code, reported: null })),
        },
      });
      expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set([refusal]));
    },
  );

  it.each([
    ['a commander', 'COMMANDER', (path: string) => path.startsWith('/BCA/T01.1/')],
    ['an officer', 'OFFICER', (path: string) => path === '/BCA/T01.1/'],
  ] as const)('is read by %s inside the own part of the tree only', async (_, role, mine) => {
    const viewer = viewerOf(role, '/BCA/T01.1/');
    const campaign = graph.rows.campaigns.find((row) => row.code === code);
    const own = graph.rows.reports.filter(
      ({ campaignId, scopePath }) => campaignId === campaign?._id && mine(scopePath),
    );
    const listed = await graph.ask(
      `{ campaign(code: "${code}") { progressReports { totalCount } } }`,
      {},
      viewer,
    );
    expect(listed.data).toEqual({ campaign: { progressReports: { totalCount: own.length } } });
    expect(own.length).toBeGreaterThan(0);
    const one = (unit: string) =>
      graph.ask(
        'query ($id: ID!) { progressReport(id: $id) { unit { id } } }',
        { id: reportOf(unit)?._id },
        viewer,
      );
    expect((await one('T01.1')).data).toEqual({ progressReport: { unit: { id: graph.idOf('T01.1') } } });
    expect((await one('T44.1')).data).toEqual({ progressReport: null });
  });

  it('is counted inside the own part of the tree only', async () => {
    const viewer = viewerOf('COMMANDER', '/BCA/T01.1/');
    const stats = await graph.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { reportStats(campaign: "${code}", period: { code: "2021-09" }) { unit { id } } } } }`,
      { units: ['T01.1', 'T44.1'].map((unit) => ({ __typename: 'Unit', id: graph.idOf(unit) })) },
      viewer,
    );
    expect(stats.data?._entities).toEqual([
      { reportStats: { unit: { id: graph.idOf('T01.1') } } },
      { reportStats: null },
    ]);
    expect(stats.errors?.map(({ extensions }) => extensions?.code)).toEqual(['OUT_OF_SUBTREE']);
    const rows = (under: string) =>
      graph.ask(
        `{ campaign(code: "${code}") { completeness(period: { code: "2021-09" }${under}) { total { expected } } } }`,
        {},
        viewer,
      );
    expect((await rows('')).errors?.[0]?.extensions?.code).toBe('OUT_OF_SUBTREE');
    expect((await rows(', under: "T01.1"')).errors).toBeUndefined();
  });
});
