import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGraph, type TestGraph } from '../harness/graph.ts';

const question = `{
  unit(code: "T01.1") {
    code
    name { vi }
    supportSummary { activities }
    awardSummary { awards }
    participations(first: 1) { nodes { status } }
  }
  campaign(code: "BCA-2021-COVID-TDDB") { code owner { code name { vi } } }
}`;

/** What is left of the question when one subgraph is down, and where its absence is told. */
const cases = [
  ['awards', { 'unit.awardSummary': null }, ['unit']],
  ['activities', { 'unit.supportSummary': null }, ['unit']],
  ['campaigns', { 'unit.participations': null, campaign: null }, ['unit', undefined]],
] as const;

const at = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);

describe.each(cases)('with %s dead', (name, missing, errorPaths) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph('http');
    await graph.subgraphs[name]?.stop();
  });
  afterAll(() => graph.stop());

  test('everything else is answered, and the absence is one error for each fetch, with its path', async () => {
    const { data, errors } = await graph.ask(question);
    for (const [path, value] of Object.entries(missing)) expect(at(data, path)).toBe(value);
    expect(at(data, 'unit.name.vi')).toBe('Công an thành phố Hà Nội');
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(
      errorPaths.map(() => 'SUBGRAPH_UNAVAILABLE'),
    );
    expect(errors?.map(({ path }) => path?.[0])).toEqual(expect.arrayContaining([...errorPaths]));
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|stack|ECONNREFUSED/u);
  });
});

describe('with units dead', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph('http');
    await graph.subgraphs.units?.stop();
  });
  afterAll(() => graph.stop());

  test('a campaign keeps its content and loses the names of units only', async () => {
    const { data, errors } = await graph.ask(
      '{ campaign(code: "BCA-2021-COVID-TDDB") { code theme { vi } owner { name { vi } } supportSummary { activities } } }',
    );
    expect(data).toEqual({
      campaign: {
        code: 'BCA-2021-COVID-TDDB',
        theme: { vi: expect.stringContaining('Lá chắn') },
        owner: null,
        supportSummary: { activities: expect.any(Number) },
      },
    });
    expect(errors).toEqual([
      expect.objectContaining({
        extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', retryable: true }),
      }),
    ]);
  });
});

describe('with campaigns dead', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph('http');
    await graph.subgraphs.campaigns?.stop();
  });
  afterAll(() => graph.stop());

  test('a search over both still finds units', async () => {
    const { data, errors } = await graph.ask(
      '{ searchUnits(text: "quang tri", first: 1) { unit { name { vi } } } searchCampaigns(text: "quang tri") { excerpt } }',
    );
    expect(data).toEqual({
      searchUnits: [{ unit: { name: { vi: 'Công an tỉnh Quảng Trị' } } }],
      searchCampaigns: null,
    });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });
});
