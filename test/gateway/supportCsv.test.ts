import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageAnswer } from '../../gateway/export/pages.ts';
import { serveSupportCsv } from '../../gateway/export/supportCsv.ts';
import { Deadline } from '../../server/deadline.ts';
import { answerErrorsAsJson } from '../../server/httpErrors.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { publicViewer } from '../../server/viewer.ts';

interface Asked {
  readonly after: unknown;
  readonly requestId: string;
  readonly remainingMs: number;
}

/** A graph that answers a page by its number, 0 for the first. */
type Graph = (page: number) => PageAnswer | Promise<PageAnswer>;

/** Serves the file over a graph that answers as told. */
async function open(graph: Graph, stallMs = 60_000) {
  const asked: Asked[] = [];
  const logs: Record<string, unknown>[] = [];
  const log = createLog('info', 'test', { write: (line) => logs.push(JSON.parse(line)) });
  const metrics = createMetrics();
  const app = Fastify();
  answerErrorsAsJson(app, log, metrics);
  app.addHook('onRequest', async (request) => {
    request.scope = {
      ...{ requestId: request.id, traceparent: '', viewer: publicViewer, deadline: new Deadline(9_000) },
      ...{ client: { name: null, version: null }, address: '127.0.0.1' },
      outcome: { operationName: null, operationType: null, codes: [] },
    };
  });
  serveSupportCsv(app, {
    ask: async ({ variables }, { requestId, deadline }) => {
      asked.push({ after: variables.after, requestId, remainingMs: deadline.remaining() });
      return graph(asked.length - 1);
    },
    ...{ log, metrics, stallMs },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  const { port } = app.server.address() as AddressInfo;
  return { asked, logs, metrics, url: `http://127.0.0.1:${port}/export/support.csv` };
}

const rowOf = (page: number, kind = 'TRI_AN') => ({
  ...{ unitCode: 'T01.1', kind, group: 'NGUOI_NGHEO', provinceCode: null, month: '2021-08' },
  ...{ targeted: page, reached: null, amount: 9_000_000_000, suppressed: true },
});

const pageOf = (page: number, more: boolean, kind?: string): PageAnswer => ({
  data: {
    supportExport: {
      edges: [{ cursor: `c${page}`, node: rowOf(page, kind) }],
      pageInfo: { hasNextPage: more, endCursor: `c${page}` },
    },
  },
});

const failure = (code: string): PageAnswer => ({
  data: { supportExport: null },
  errors: [{ message: `It is ${code}.`, extensions: { code } }],
});

/** Sends the request without reading the answer. */
const opened = (url: string): Promise<{ request: ClientRequest; response: IncomingMessage }> =>
  new Promise((resolve, reject) => {
    const request = get(url, (response) => resolve({ request, response })).on('error', reject);
  });

/** Waits until a number stays what it is. */
async function settled(count: () => number): Promise<number> {
  let before = -1;
  await expect
    .poll(
      () => {
        const same = count() === before;
        before = count();
        return same;
      },
      { interval: 300, timeout: 20_000 },
    )
    .toBe(true);
  return before;
}

const header = 'unitCode,kind,group,provinceCode,month,targeted,reached,amount,suppressed';

describe('the file', () => {
  it('holds the rows of page after page, each asked after the last row of the one before', async () => {
    const { url, asked } = await open((page) => pageOf(page, page < 2));
    const response = await fetch(url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="support.csv"',
      'cache-control': 'private, no-store',
      'transfer-encoding': 'chunked',
    });
    const row = 'T01.1,TRI_AN,NGUOI_NGHEO,,2021-08';
    expect(await response.text()).toBe(
      [header, ...[0, 1, 2].map((page) => `${row},${page},,9000000000,true`), ''].join('\r\n'),
    );
    expect(asked.map(({ after }) => after)).toEqual([null, 'c0', 'c1']);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
    // Each page has the whole time of a request.
    for (const { remainingMs } of asked) expect(remainingMs).toBeGreaterThan(8_000);
  });

  it('begins with the mark of UTF-8 and ends its rows with their cursors where they are wished', async () => {
    const { url } = await open((page) => pageOf(page, false));
    const bytes = Buffer.from(await (await fetch(`${url}?bom=1&cursors=1`)).arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.subarray(3).toString()).toBe(
      `${header},cursor\r\nT01.1,TRI_AN,NGUOI_NGHEO,,2021-08,0,,9000000000,true,c0\r\n`,
    );
  });

  it('has its header though no row is there', async () => {
    const none = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
    const { url } = await open(() => ({ data: { supportExport: none } }));
    expect(await (await fetch(url)).text()).toBe(`${header}\r\n`);
  });
});

describe('an error', () => {
  it.each([
    ['INPUT_INVALID', 400],
    ['CURSOR_MISMATCH', 400],
    ['FORBIDDEN', 403],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 403],
    ['RATE_LIMITED', 429],
    ['SUBGRAPH_UNAVAILABLE', 503],
    ['REQUEST_TIMEOUT', 504],
    ['INTERNAL_SERVER_ERROR', 500],
  ])('%s before the first row is answered as %i', async (code, status) => {
    const { url } = await open(() => failure(code));
    const response = await fetch(url);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: `It is ${code}.`,
          extensions: { code, requestId: expect.any(String), retryable: expect.any(Boolean) },
        },
      ],
    });
  });

  it('after it cuts the connection, which a client notices, and stands in the log', async () => {
    const { url, logs, metrics } = await open((page) =>
      page < 2 ? pageOf(page, true) : failure('SUBGRAPH_TIMEOUT'),
    );
    const response = await fetch(url);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(logs).toMatchObject([
      {
        level: 'warn',
        msg: 'an export was cut off before its last row',
        requestId: expect.any(String),
        error: { message: 'It is SUBGRAPH_TIMEOUT.' },
      },
    ]);
    expect(await metrics.registry.metrics()).toContain('graphql_errors_total{code="SUBGRAPH_TIMEOUT"} 1');
  });
});

describe('a client', () => {
  const endless: Graph = async (page) => {
    await new Promise(setImmediate);
    return pageOf(page, true, 'K'.repeat(100_000));
  };

  it('that reads slowly is waited for, and gets more when it reads', async () => {
    const { url, asked } = await open(endless);
    const { request, response } = await opened(url);
    const waiting = await settled(() => asked.length);
    // What the sockets of this machine hold, some megabytes; a reader that filled memory would never settle.
    expect(waiting).toBeLessThan(300);
    response.resume();
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(waiting + 50);
    request.destroy();
  });

  it('that goes away ends the reading', async () => {
    const { url, asked, logs } = await open(endless);
    const { request, response } = await opened(url);
    response.resume();
    await expect.poll(() => asked.length).toBeGreaterThan(5);
    request.destroy();
    await expect
      .poll(() => logs.map(({ msg }) => msg))
      .toEqual(['the client left an export before its last row']);
    const end = asked.length;
    await settled(() => asked.length);
    expect(asked.length).toBeLessThanOrEqual(end + 1);
  });

  it('that takes nothing for long is cut off', async () => {
    const { url, logs } = await open(endless, 400);
    const { request } = await opened(url);
    await expect
      .poll(() => logs.map(({ msg }) => msg), { timeout: 20_000 })
      .toEqual(['the client left an export before its last row']);
    request.destroy();
  });
});
