import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CarrierName, carriers, startGraph, type TestGraph } from '../harness/graph.ts';

const directory = 'schema/operations';
const names = readdirSync(directory)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''));
const read = (name: string) => readFileSync(`${directory}/${name}.graphql`, 'utf8');

/** What each named operation is asked with on the test seed, and what it costs: fetches and MongoDB commands by subgraph. */
const cases: Readonly<
  Record<string, { variables: Record<string, unknown>; fetches: object; commands: object }>
> = JSON.parse(readFileSync('test/operations/prices.json', 'utf8'));

test('every named operation has a case here', () => {
  expect(Object.keys(cases).toSorted()).toEqual(names.toSorted());
});

describe.each(carriers)('by the %s carrier', (carrier: CarrierName) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  test.each(names)('%s gives its whole answer, at its price', async (name) => {
    const { variables, fetches, commands } = cases[name] ?? { variables: {}, fetches: {}, commands: {} };
    const { price, ...answer } = await graph.ask(read(name), variables);
    expect(answer.errors).toBeUndefined();
    await expect(`${JSON.stringify(answer.data, null, 2)}\n`).toMatchFileSnapshot(`answers/${name}.json`);
    expect(price).toEqual({ fetches, commands });
  });
});
