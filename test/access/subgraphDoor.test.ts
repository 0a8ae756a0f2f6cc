import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer, publicViewer, signViewer } from '../../server/viewer.ts';
import { FEED_SCOPE } from '../../subgraphs/feedRoute.ts';
import { startGraph, type TestGraph, VIEWER_KEY } from '../harness/graph.ts';

/** What can be asked of a subgraph over HTTP: by a client of its own, by a gateway, by another subgraph. */
const operations = {
  'a query': '{ units(first: 1) { nodes { code } } }',
  'an entity': '{ _entities(representations: [{ __typename: "Unit", id: "x" }]) { ... on Unit { code } } }',
  'its schema': '{ _service { sdl } }',
  introspection: '{ __schema { queryType { name } } }',
  'its name': '{ __typename }',
};

const reader = { ...publicViewer, subject: 'subgraph:awards', scopes: [FEED_SCOPE] };
const now = () => Date.now();
const signedText = (text: string, key = VIEWER_KEY): string => {
  const payload = Buffer.from(text).toString('base64url');
  return `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`;
};
const good = () => signViewer({ ...demoViewer, scopes: [FEED_SCOPE] }, VIEWER_KEY, now());

/** Headers that are not believed. */
const bad: Readonly<Record<string, () => Record<string, string>>> = {
  'no viewer': () => ({}),
  'an empty one': () => ({ 'x-viewer': '' }),
  'one that is not signed': () => ({ 'x-viewer': good().split('.')[0] ?? '' }),
  'one with a wrong signature': () => ({ 'x-viewer': `${good().split('.')[0]}.${'A'.repeat(43)}` }),
  'the signature of another': () => ({
    'x-viewer': `${good().split('.')[0]}.${signViewer(reader, VIEWER_KEY, now()).split('.')[1]}`,
  }),
  'one signed with the key of another installation': () => ({
    'x-viewer': signViewer(demoViewer, 'a key of another installation, long enough', now()),
  }),
  'one that is half a minute old': () => ({ 'x-viewer': signViewer(demoViewer, VIEWER_KEY, now() - 30_001) }),
  'something signed that is no JSON': () => ({ 'x-viewer': signedText('{') }),
  'something signed that is no viewer': () => ({ 'x-viewer': signedText('{"exp":9999999999999}') }),
  'one without an end': () => ({ 'x-viewer': signedText(JSON.stringify(demoViewer)) }),
  'a header of the gateway instead': () => ({ 'x-demo-viewer': 'role=ADMIN' }),
  'a token instead': () => ({ authorization: 'Bearer x.y.z' }),
};

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph('http');
});
afterAll(() => graph.stop());

const ask = (query: string, headers: Record<string, string>, name = 'units') =>
  fetch(`${graph.subgraphs[name]?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
const read = (headers: Record<string, string>) =>
  fetch(`${graph.subgraphs.units?.url}/events?after=0&limit=1&waitMs=0`, { headers });

describe.each(Object.entries(bad))('a subgraph, asked with %s', (_what, headers) => {
  it.each(Object.entries(operations))('refuses %s', async (_operation, query) => {
    const response = await ask(query, headers());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^A subgraph answers only the gateway/u),
          extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String), retryable: false },
        },
      ],
    });
  });

  it('refuses its events', async () => {
    const response = await read(headers());
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('a subgraph', () => {
  it.each(['units', 'campaigns', 'activities', 'awards'])(
    '%s answers nobody but the gateway',
    async (name) => {
      expect((await ask('{ __typename }', {}, name)).status).toBe(401);
      expect((await ask('{ __typename }', { 'x-viewer': good() }, name)).status).toBe(200);
    },
  );

  it.each(Object.entries(operations))('answers %s to the gateway', async (_operation, query) => {
    const answer = (await (await ask(query, { 'x-viewer': good() })).json()) as { data: unknown };
    expect(answer.data).toBeTruthy();
  });

  it('gives its events to subgraphs, and not to a viewer whom the gateway signed for', async () => {
    expect((await read({ 'x-viewer': signViewer(reader, VIEWER_KEY, now()) })).status).toBe(200);
    expect((await read({ 'x-viewer': signViewer(demoViewer, VIEWER_KEY, now()) })).status).toBe(401);
  });
});
