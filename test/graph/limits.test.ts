import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGraph, type TestGraph } from '../harness/graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph('memory');
});
afterAll(() => graph.stop());

const partner = { 'x-demo-viewer': 'role=PARTNER; scopes=export:read' };
const rollup = (first: number) =>
  `{ supportRollup(input: { filter: { campaign: ["BCA-2021-COVID-TDDB"], during: { relative: WHOLE_CAMPAIGN } }, groupBy: [PROVINCE], first: ${first} }) { rows { keys { code unit { name { vi } } } } } }`;

async function answerTo(query: string, headers: Record<string, string> = {}) {
  const { errors, extensions, price } = await graph.ask(query, {}, { 'x-cost': '1', ...headers });
  const cost = extensions?.cost as { estimated: number; actual: number | null; limit: number } | undefined;
  const [error] = errors ?? [];
  return { code: error?.extensions?.code, params: error?.extensions?.params, cost, price };
}

const untouched = { fetches: {}, commands: {} };

describe('a partner', () => {
  test.each([
    ['reads pages of 50', '{ units(first: 50) { nodes { code } } }'],
    ['reads 100 changes at once', '{ unitChanges(first: 100) { nodes { code } } }'],
    ['reads 100 rows of the export at once', '{ supportExport(first: 100) { nodes { unitCode } } }'],
    ['reads 500 rows of a rollup', rollup(500)],
  ])('%s', async (_, query) => {
    expect(await answerTo(query, partner)).toMatchObject({ code: undefined, cost: { limit: 1_000 } });
  });

  test.each([
    ['pages of 51', '{ units(first: 51) { nodes { code } } }', 'PAGE_SIZE', { first: 51, max: 50 }],
    [
      'a hundred units with twenty awards each',
      '{ units(first: 50) { nodes { awards { nodes { id } } } } }',
      'COST_EXCEEDED',
      { limit: 1_000, used: 1_101, reset: null },
    ],
  ])('does not read %s, and nobody is asked', async (_, query, code, params) => {
    expect(await answerTo(query, partner)).toMatchObject({ code, params, price: untouched });
  });
});

describe('the ministry', () => {
  test('reads all rows that a rollup may have: a row costs 1, whatever is selected of it', async () => {
    expect(await answerTo(rollup(5_000))).toMatchObject({ code: undefined, cost: { estimated: 5_000 } });
  });

  test('is told by the subgraph what a page may have, at its path', async () => {
    expect(await answerTo('{ units(first: 101) { nodes { code } } }')).toMatchObject({ code: 'PAGE_SIZE' });
  });

  test('does not read the graph at once', async () => {
    const query = '{ units(first: 100) { nodes { children(first: 100) { nodes { code } } } } }';
    const refused = { limit: 5_000, used: 10_201, reset: null };
    expect(await answerTo(query)).toMatchObject({ code: 'COST_EXCEEDED', params: refused, price: untouched });
  });

  test('is told what an answer has cost', async () => {
    const { cost } = await answerTo(
      '{ unitsByCode(codes: ["BCA", "T01.1", "NONE"]) { name { vi } ancestors { code } } }',
    );
    expect(cost).toEqual({ estimated: 15, actual: 3, limit: 5_000 });
  });
});
