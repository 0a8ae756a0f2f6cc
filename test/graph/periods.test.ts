import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

/** Every road by which a period reaches a part of the graph, with the period as a variable. */
const roads: Readonly<Record<string, string>> = {
  'a rollup':
    'query ($p: PeriodInput!) { supportRollup(input: { filter: { during: $p } }) { totals { value } } }',
  'a comparison':
    'query ($p: PeriodInput!) { supportRollup(input: { filter: {}, compareWith: $p }) { totals { value } } }',
  'a list of activities':
    'query ($p: PeriodInput!) { supportActivities(filter: { during: $p }) { nodes { code } } }',
  'a summary':
    'query ($p: PeriodInput!) { unit(code: "T01.1") { supportSummary(period: $p) { activities } } }',
  'a list of awards':
    'query ($p: PeriodInput!) { awards(filter: { during: $p }) { nodes { form { code } } } }',
  'a summary of awards':
    'query ($p: PeriodInput!) { unit(code: "T01.1") { awardSummary(period: $p) { awards } } }',
  completeness:
    'query ($p: PeriodInput!) { campaign(code: "BCA-2021-COVID-TDDB") { completeness(period: $p) { nodes { expected } } } }',
  'the reports of a unit':
    'query ($p: PeriodInput!) { unit(code: "T01.1") { reportStats(campaign: "BCA-2021-COVID-TDDB", period: $p) { expected } } }',
  'a target board':
    'query ($p: PeriodInput!) { campaign(code: "BCA-2021-COVID-TDDB") { indicators { targets(period: $p) { nodes { period } } } } }',
  'a list of articles':
    'query ($p: PeriodInput!) { campaign(code: "BCA-2021-COVID-TDDB") { articles(filter: { during: $p }) { nodes { publishedOn } } } }',
  'a list of campaigns': 'query ($p: PeriodInput!) { campaigns(filter: { during: $p }) { nodes { code } } }',
};

/** What no period is, wherever it is asked. */
const periods: readonly (readonly [name: string, period: object, message: RegExp])[] = [
  ['a thirteenth month', { code: '2021-13' }, /2021-Q3.*"2021-13"/u],
  ['a sixtieth week', { code: '2021-W60' }, /2021-W33.*"2021-W60"/u],
  ['a phase that nobody has', { code: 'BCA-2021-COVID-TDDB:P9' }, /no phase BCA-2021-COVID-TDDB:P9/u],
  ['a span turned round', { from: '2022-01-01', before: '2021-01-01' }, /from must lie before before/u],
  ['a first day alone', { from: '2021-01-01' }, /both from and before/u],
  ['two ways at once', { code: '2021', relative: 'TODAY' }, /exactly one of/u],
  ['no way at all', {}, /exactly one of/u],
];

describe.each(carriers)('by the %s carrier', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  describe.each(Object.entries(roads))('to %s', (_, query) => {
    test.each(periods)('%s is PERIOD_INVALID', async (_name, p, message) => {
      const { errors } = await graph.ask(query, { p });
      const error = errors?.[0];
      expect(error?.extensions?.code).toBe('PERIOD_INVALID');
      expect(error?.message).toMatch(message);
      expect(error?.extensions?.params).toHaveProperty('expected');
    });
  });

  test.each([
    [
      'a literal',
      '{ campaign(code: "BCA-2021-COVID-TDDB") { completeness(period: { code: "2021-13" }) { nodes { expected } } } }',
    ],
    [
      'a ranking',
      '{ emulationClusters(year: 2021) { nodes { ranking(period: "BCA-2021-COVID-TDDB:P1") { nodes { rank } } } } }',
    ],
    [
      'the whole campaign of no campaign',
      '{ supportActivities(filter: { during: { relative: WHOLE_CAMPAIGN } }) { nodes { code } } }',
    ],
  ])('%s is PERIOD_INVALID as well', async (_, query) => {
    const { errors } = await graph.ask(query);
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['PERIOD_INVALID']));
  });

  test('a value of the wrong type is told of the period it should be', async () => {
    const { errors } = await graph.ask(
      'query ($p: PeriodCode!) { emulationClusters(year: 2021) { nodes { ranking(period: $p) { nodes { rank } } } } }',
      { p: 2021 },
    );
    expect(errors).toMatchObject([
      { extensions: { code: 'PERIOD_INVALID', params: { expected: expect.arrayContaining(['2021-Q3']) } } },
    ]);
  });
});
