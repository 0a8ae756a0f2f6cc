import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../server/explain.ts';
import { type CarrierName, carriers, startGraph, type TestGraph } from '../harness/graph.ts';
import { caseOf, headersOf, names, read } from '../operations/cases.ts';
import { commandsOf, explained, explanationOf, priceOf } from './ask.ts';

/** An explanation without what differs from run to run. */
const withoutTimes = (explanation: Explanation): unknown =>
  JSON.parse(JSON.stringify(explanation, (name, value) => (name.endsWith('Ms') ? 'a time' : value)));

describe.each(carriers)('an explained operation by the %s carrier', (carrier: CarrierName) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  it('shows its plan, its fetches and the MongoDB commands under each', async () => {
    const query = `query Help($code: UnitCode!) {
      unit(code: $code) { code children(first: 2) { nodes { code } } participations(first: 2) { nodes { unit { name { vi } } } } }
    }`;
    const explanation = await explained(graph, query, { code: 'BCA' });
    await expect(`${JSON.stringify(withoutTimes(explanation), null, 2)}\n`).toMatchFileSnapshot('help.json');
    for (const { startMs, durationMs } of explanation.fetches) {
      expect(startMs).toBeGreaterThanOrEqual(0);
      expect(startMs + durationMs).toBeLessThanOrEqual(explanation.totals.durationMs + 0.02);
    }
  });

  it.each(names)('%s has the data and the price that it has unexplained', async (name) => {
    const asked = caseOf(name);
    const headers = headersOf(asked);
    const { data } = await graph.ask(read(name), asked.variables, headers);
    const answer = await graph.ask(read(name), asked.variables, { ...headers, 'x-explain': '1' });
    expect(answer.data).toEqual(data);
    const explanation = explanationOf(answer);
    expect(priceOf(explanation)).toEqual({ fetches: asked.fetches, commands: asked.commands });
    const commands = commandsOf(explanation);
    expect(commands.map(({ index }) => index)).not.toContain(null);
    expect(explanation.totals.fetches).toBe(explanation.fetches.length);
  });

  it('sees its own commands alone when twenty are explained at once', async () => {
    const asks = Array.from({ length: 20 }, (_, index) => names[index % names.length] as string);
    const explanations = await Promise.all(
      asks.map((name) => explained(graph, read(name), caseOf(name).variables, headersOf(caseOf(name)))),
    );
    expect(explanations.map(priceOf)).toEqual(
      asks.map((name) => ({ fetches: caseOf(name).fetches, commands: caseOf(name).commands })),
    );
  });

  it('is not shared with an equal one: each shows its own commands', async () => {
    const query = '{ unit(code: "BCA") { code name { vi } } }';
    const all = await Promise.all(Array.from({ length: 5 }, () => explained(graph, query)));
    expect(all.map(({ totals }) => totals.mongodbCommands)).toEqual([1, 1, 1, 1, 1]);
  });

  it('adds nothing when it is not asked for', async () => {
    const query = '{ unit(code: "BCA") { code } }';
    for (const headers of [{}, { 'x-explain': '0' }])
      expect(await graph.ask(query, {}, headers)).not.toHaveProperty('extensions');
  });

  it('refuses a header that it does not understand', async () => {
    const { errors } = await graph.ask('{ unit(code: "BCA") { code } }', {}, { 'x-explain': 'yes' });
    expect(errors?.map(({ message, extensions }) => [extensions?.code, message])).toEqual([
      ['BAD_REQUEST', 'x-explain takes 1, or 0 for no.'],
    ]);
  });
});
