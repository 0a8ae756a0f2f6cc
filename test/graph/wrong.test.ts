import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

const deep = `{ unit(code: "BCA") ${'{ parent '.repeat(20)}{ code } ${'}'.repeat(20)} }`;

/** A wrong question, the code of its answer, and a part of the message that says what would be right. */
const cases: readonly (readonly [
  name: string,
  query: string,
  code: string,
  message: RegExp,
  variables?: object,
])[] = [
  ['no GraphQL', '{ unit(code: "BCA" { code } }', 'GRAPHQL_PARSE_FAILED', /Syntax Error/u],
  ['an unknown field', '{ unit(code: "BCA") { headcount } }', 'GRAPHQL_VALIDATION_FAILED', /headcount/u],
  [
    'a missing variable',
    'query ($code: UnitCode!) { unit(code: $code) { code } }',
    'BAD_USER_INPUT',
    /\$code/u,
  ],
  [
    'a bad date literal',
    '{ unit(code: "BCA") { on(date: "2021-02-30") { path } } }',
    'BAD_USER_INPUT',
    /YYYY-MM-DD/u,
  ],
  [
    'a bad date variable',
    'query ($d: Date!) { unit(code: "BCA") { on(date: $d) { path } } }',
    'BAD_USER_INPUT',
    /YYYY-MM-DD/u,
    { d: 'soon' },
  ],
  [
    'a bad unit code',
    'query ($c: UnitCode!) { unit(code: $c) { code } }',
    'BAD_USER_INPUT',
    /unit code/u,
    { c: 'x; drop' },
  ],
  [
    'null for a variable that has a default, where null may not be',
    'query ($n: Int = 5) { units(first: $n) { nodes { code } } }',
    'BAD_USER_INPUT',
    /"first" of non-null type "Int!" must not be null/u,
    { n: null },
  ],
  [
    'the same beside others, with its path',
    'query ($n: Int = 5) { unit(code: "BCA") { code } units(first: $n) { nodes { code } } }',
    'BAD_USER_INPUT',
    /must not be null/u,
    { n: null },
  ],
  ['two ways at once', '{ unit(id: "x", code: "BCA") { code } }', 'INPUT_INVALID', /exactly one/u],
  ['no way at all', '{ unit { code } }', 'INPUT_INVALID', /exactly one/u],
  ['a page too large', '{ units(first: 101) { nodes { code } } }', 'PAGE_SIZE', /between 1 and 100/u],
  ['an empty page', '{ units(first: 0) { nodes { code } } }', 'PAGE_SIZE', /between 1 and 100/u],
  ['a foreign cursor', '{ units(after: "bm9uc2Vuc2U") { nodes { code } } }', 'CURSOR_INVALID', /cursor/u],
  [
    'an empty list in a filter',
    '{ units(filter: { level: [] }) { nodes { code } } }',
    'INPUT_INVALID',
    /empty/u,
  ],
  [
    'a period turned round',
    '{ supportActivities(filter: { during: { from: "2022-01-01", before: "2021-01-01" } }) { nodes { code } } }',
    'PERIOD_INVALID',
    /from/u,
  ],
  [
    'a period twice',
    '{ supportActivities(filter: { during: { code: "2021", relative: TODAY } }) { nodes { code } } }',
    'PERIOD_INVALID',
    /exactly one/u,
  ],
  ['a question too deep', deep, 'DEPTH_EXCEEDED', /12/u],
];

const named = cases.map(([name, query, code, message, variables]) => ({
  name,
  query,
  code,
  message,
  variables,
}));

describe.each(carriers)('by the %s carrier', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  test.each(named)(
    '$name is answered with a code and a cure',
    async ({ query, code, message, variables }) => {
      const { errors } = await graph.ask(query, variables as Record<string, unknown> | undefined);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
      expect(errors?.[0]?.message).toMatch(message);
      expect(Object.keys(errors?.[0]?.extensions ?? {}).toSorted()).toEqual(
        expect.arrayContaining(['code', 'requestId', 'retryable']),
      );
      expect(JSON.stringify(errors)).not.toMatch(/node_modules|at \w+ \(|mongodb:/u);
    },
  );

  test('a cursor of another filter is refused by its name', async () => {
    const page = await graph.ask('{ units(first: 2) { pageInfo { endCursor } } }');
    const after = (page.data as { units: { pageInfo: { endCursor: string } } }).units.pageInfo.endCursor;
    const { errors } = await graph.ask(
      'query ($after: String) { units(first: 2, after: $after, filter: { level: [COMMUNE] }) { nodes { code } } }',
      { after },
    );
    expect(errors?.[0]?.extensions?.code).toBe('CURSOR_MISMATCH');
  });

  test('unknown codes are null in their places, not errors', async () => {
    const { data, errors } = await graph.ask(
      '{ unitsByCode(codes: ["T01.1", "X99999.9", "BCA"]) { code } unit(code: "X99999.9") { code } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ unitsByCode: [{ code: 'T01.1' }, null, { code: 'BCA' }], unit: null });
  });
});
