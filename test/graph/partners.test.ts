import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoKey } from '../../gateway/partners/demo.ts';
import { readConfig } from '../../server/config.ts';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

interface Registered {
  readonly id: string;
  readonly name: string;
  readonly body: string;
  readonly errors?: readonly string[];
}

const operations = new URL('../../schema/operations/', import.meta.url);
const names = ['campaigns', 'gazette', 'support-counts', 'support-export', 'unit-directory', 'verify-award'];
const variablesOf = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`partner-${name}.json`, operations), 'utf8'));

describe.each(carriers)('the demo partner (%s)', (carrier) => {
  const env = { DATA_DIR: mkdtempSync(join(tmpdir(), 'partner-')) };
  const headers = { 'x-api-key': demoKey(readConfig(env), operations) ?? '' };
  let graph: TestGraph;
  let registered: readonly Registered[];

  beforeAll(async () => {
    graph = await startGraph(carrier, undefined, env);
    const response = await fetch(`${graph.url}/partner/operations.json`, { headers });
    registered = ((await response.json()) as { operations: Registered[] }).operations;
  });
  afterAll(async () => {
    await graph.stop();
    rmSync(env.DATA_DIR, { recursive: true });
  });

  const bodyOf = (name: string) => readFileSync(new URL(`partner-${name}.graphql`, operations), 'utf8');
  const ask = async (body: object): Promise<[number, FormattedExecutionResult]> => {
    const response = await fetch(`${graph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return [response.status, (await response.json()) as FormattedExecutionResult];
  };

  test('has the six operations registered, each of which its contract answers', () => {
    expect(registered.map(({ body }) => body)).toEqual(names.map(bodyOf));
    expect(registered.filter(({ errors }) => errors)).toEqual([]);
  });

  test.each(names)('is answered by id what it is answered by text: %s', async (name) => {
    const documentId = registered.find(({ body }) => body === bodyOf(name))?.id;
    const variables = variablesOf(name);
    const byId = await ask({ documentId, variables });
    expect(byId).toEqual([200, { data: expect.any(Object) }]);
    expect(byId).toEqual(await ask({ query: `# ${documentId}\n${bodyOf(name)}`, variables }));
  });

  test('asks the first question of docs/partners.md', async () => {
    const [, body = ''] = /-d '(\{"query.+\})'/u.exec(readFileSync('docs/partners.md', 'utf8')) ?? [];
    const nodes = [{ code: 'BCA-2021-COVID-TDDB', title: { en: expect.any(String) } }];
    expect(await ask(JSON.parse(body))).toEqual([
      200,
      { data: { campaigns: { nodes: expect.arrayContaining(nodes) } } },
    ]);
  });

  test('checks thirty certificates a minute, and asks other things meanwhile', async () => {
    const checks = Array.from(
      { length: 14 },
      (_, index) => `c${index}: verifyAward(verifyCode: "no-${index}") { status }`,
    );
    for (const page of [1, 2])
      expect([page, (await ask({ query: `{ ${checks.join(' ')} }` }))[0]]).toEqual([page, 200]);
    const [status, body] = await ask({
      query: '{ verifyAward(verifyCode: "x") { status } }',
    });
    expect([status, body.errors?.[0]?.extensions]).toEqual([
      429,
      expect.objectContaining({ code: 'RATE_LIMITED', params: expect.objectContaining({ limit: 30 }) }),
    ]);
    expect((await ask({ query: '{ units(first: 1) { nodes { code } } }' }))[0]).toBe(200);
  });
});
