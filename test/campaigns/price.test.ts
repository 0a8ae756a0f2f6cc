import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignsDoor, openCampaigns } from './campaignsDoor.ts';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

/** Each road under a campaign by itself: what two roads read at about the same time may or may not share a command. */
const roads: readonly (readonly [string, number])[] = [
  ['parent { code theme { vi } }', 2],
  ['owner { id }', 1],
  ['children(first: 5) { totalCount nodes { code } }', 3],
  ['contentItems { code carriesOut { code } }', 3],
  ['contentItems { indicators { code targets(first: 2) { totalCount nodes { status } } } }', 5],
  ['indicators { contentItem { code } }', 3],
  ['indicators { reported(period: { relative: WHOLE_CAMPAIGN }) { value } }', 5],
  ['indicators { targets(first: 2, under: "T01.1", period: { code: "2021" }) { nodes { actual } } }', 5],
  ['participation(unit: "T01.1") { status }', 3],
  [
    'participations(first: 3, filter: { level: [PROVINCE] }) { totalCount nodes { launchedCampaign { code } } }',
    4,
  ],
  ['participationCounts { units }', 3],
  [
    'progressReports(first: 3, filter: { under: ["T01.1"] }) { totalCount nodes { values { indicator { code } } } }',
    5,
  ],
  [
    'completeness(period: { relative: WHOLE_CAMPAIGN }) { totalCount total { expected } nodes { missing } }',
    5,
  ],
  [
    'completeness(period: { code: "2021" }) { nodes { missingReports(first: 2) { totalCount nodes { period } } } }',
    4,
  ],
  ['articles(first: 3, filter: { text: "thi đua" }) { totalCount nodes { campaign { code } } }', 4],
];

describe('the price of an operation', () => {
  it.each(roads)(
    'is that of its shape: { %s } costs %d for two campaigns and for sixteen',
    async (road, price) => {
      const all = graph.rows.campaigns.map((row) => row.code);
      for (const codes of [['BCA-2021-COVID-TDDB', 'T01-2021-COVID-TDDB'], all]) {
        const { commands, errors } = await graph.ask(
          `{ campaigns(filter: { code: ${JSON.stringify(codes)} }) { nodes { ${road} } } }`,
        );
        expect(errors).toBeUndefined();
        expect(commands).toBe(price);
      }
    },
  );

  it.each([
    ['{ campaign(code: "BCA-2021-COVID-TDDB") { code theme { vi } mottos { text { vi } } } }', 1],
    ['{ campaigns { nodes { code } } }', 1],
    ['{ campaigns { totalCount nodes { code } } }', 2],
    [
      '{ campaigns(filter: { under: ["T01.1", "T44.1"], parent: ["BCA-2021-COVID-TDDB"] }) { nodes { code } } }',
      3,
    ],
    [
      '{ campaign(code: "BCA-2021-COVID-TDDB") { contentItems { code } indicators { targets { nodes { status } } } } }',
      4,
    ],
    [
      '{ campaign(code: "BCA-2021-COVID-TDDB") { completeness(period: { code: "2021-09" }) { nodes { missing } } } }',
      3,
    ],
    [
      '{ campaign(code: "BCA-2021-COVID-TDDB") { completeness(period: { code: "2021-09" }, under: "T01.1") { total { missing } nodes { missing missingReports { nodes { period } } } } } }',
      6,
    ],
    [
      '{ campaign(code: "BCA-2021-COVID-TDDB") { indicators { reported(period: { code: "2021" }) { value } } } }',
      5,
    ],
    ['{ campaignChanges { edges { node { title { vi } } } } }', 1],
  ])('%s costs %d', async (document, price) => {
    const { commands, errors } = await graph.ask(document);
    expect(errors).toBeUndefined();
    expect(commands).toBe(price);
  });

  it.each([
    ['launchedCampaigns { totalCount nodes { code } }', 2],
    ['participations { totalCount nodes { status campaign { code } } }', 3],
    ['clusters { totalCount nodes { name { vi } ranking { nodes { rank } } } }', 3],
    [
      'reportStats(campaign: "BCA-2021-COVID-TDDB", period: { code: "2021" }) { expected missingReports { nodes { period } } }',
      4,
    ],
  ])('Unit { %s } costs %d for one unit and for all', async (selection, price) => {
    const all = graph.rows.units.map(({ id }) => ({ __typename: 'Unit', id }));
    for (const units of [all.slice(0, 100), all.filter(({ id }) => id === graph.idOf('T01.1'))]) {
      const { commands, errors } = await graph.ask(
        `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { ${selection} } } }`,
        { units },
      );
      expect(errors).toBeUndefined();
      expect(commands).toBe(price);
    }
  });

  it('references of every kind are read together', async () => {
    const representations = [
      ...graph.rows.campaigns.map(({ _id }) => ({ __typename: 'Campaign', id: _id })),
      ...graph.rows.campaigns.map((row) => ({ __typename: 'Campaign', code: row.code })),
      ...graph.rows.contentItems.map(({ _id }) => ({ __typename: 'ContentItem', id: _id })),
      ...graph.rows.indicators.map(({ _id }) => ({ __typename: 'Indicator', id: _id })),
      ...graph.rows.reports.slice(0, 100).map(({ _id }) => ({ __typename: 'ProgressReport', id: _id })),
      ...graph.rows.articles.map(({ _id }) => ({ __typename: 'Article', id: _id })),
      ...graph.rows.clusters.map(({ _id }) => ({ __typename: 'EmulationCluster', id: _id })),
    ];
    const { data, errors, commands } = await graph.ask(
      `query ($all: [_Any!]!) { _entities(representations: $all) { __typename ... on Campaign { code } ... on ContentItem { order } ... on Indicator { measure }
         ... on ProgressReport { period } ... on Article { publishedOn } ... on EmulationCluster { year } } }`,
      { all: representations },
    );
    expect(errors).toBeUndefined();
    expect(
      (data?._entities as { __typename: string }[] | undefined)?.map(({ __typename }) => __typename),
    ).toEqual(representations.map(({ __typename }) => __typename));
    expect(commands).toBe(7);
  });
});
