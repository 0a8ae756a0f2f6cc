import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CarrierName, carriers, startGraph, type TestGraph } from '../harness/graph.ts';
import { caseOf, cases, headersOf, names, read } from './cases.ts';

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
    const asked = caseOf(name);
    const { price, ...answer } = await graph.ask(read(name), asked.variables, headersOf(asked));
    expect(answer.errors).toBeUndefined();
    await expect(`${JSON.stringify(answer.data, null, 2)}\n`).toMatchFileSnapshot(`answers/${name}.json`);
    expect(price).toEqual({ fetches: asked.fetches, commands: asked.commands });
  });
});
