import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { createMetrics, type Metrics } from '../../server/metrics.ts';
import type { Running } from '../../server/serve.ts';
import { demoViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';
import { httpFeed } from '../../subgraphs/feedClient.ts';
import { serveSubgraph } from '../../subgraphs/serve.ts';
import type { Work } from '../../subgraphs/work.ts';
import { type Ledger, openLedger } from './ledger.ts';

const viewerKey = 'a key of the tests that is long enough to be one';
const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
const log = createLog('silent', 'test');

let graph: Ledger;
let metrics: Metrics;
let running: Running;
let work: Work;

const serveLedger = () => serveSubgraph({ door: graph.ledger, config, port: 0, viewerKey, log, metrics });
const openPage = () =>
  graph.open({ idempotencyKey: randomUUID(), title: { vi: randomUUID(), en: 'A page' } });
const feed = (url = running.url) => {
  const opened = httpFeed({ url: `${url}/graphql`, viewerKey, reader: 'test' });
  onTestFinished(() => opened.close());
  return opened;
};

beforeAll(async () => {
  graph = await openLedger();
  metrics = createMetrics();
  running = await serveLedger();
  work = graph.ledger.start({ feedOf: () => graph.ledger, onError: () => {} });
});
afterAll(async () => {
  await work.stop();
  await running.stop();
  await graph.drop();
});

describe('a feed over HTTP', () => {
  it('gives what the door gives', async () => {
    await openPage();
    await vi.waitUntil(async () => (await graph.ledger.status()).pending === 0, { timeout: 20_000 });
    const question = { after: 0, limit: 10, waitMs: 0 };
    expect(await feed().events(question)).toEqual(await graph.ledger.events(question));
  });

  it('waits for the next event and gives it at once', async () => {
    const before = (await graph.ledger.status()).lastSeq;
    const waiting = feed().events({ after: before, limit: 10, waitMs: 10_000 });
    const { page } = await openPage();
    expect(await waiting).toMatchObject([{ seq: before + 1, entityId: page?.id }]);
  });

  it.each([
    ['nobody', {}],
    ['a client of the graph', { [VIEWER_HEADER]: signViewer(demoViewer, viewerKey, Date.now()) }],
    [
      'a forger',
      { [VIEWER_HEADER]: signViewer({ ...demoViewer, scopes: ['feed:read'] }, 'x'.repeat(40), Date.now()) },
    ],
  ])('is not open to %s', async (_, headers: Record<string, string>) => {
    const response = await fetch(`${running.url}/events?after=0&limit=1&waitMs=0`, { headers });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('seq');
  });

  it.each([
    '',
    'after=0&limit=0&waitMs=0',
    'after=-1&limit=1&waitMs=0',
    'after=0&limit=5000&waitMs=0',
    'after=0&limit=1&waitMs=99999',
  ])('refuses the question ?%s', async (query) => {
    const viewer = { ...demoViewer, scopes: ['feed:read'] };
    const headers = { [VIEWER_HEADER]: signViewer(viewer, viewerKey, Date.now()) };
    const response = await fetch(`${running.url}/events?${query}`, { headers });
    expect([response.status, ((await response.json()) as { errors: object[] }).errors[0]]).toMatchObject([
      400,
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });

  it('does not hold up a subgraph that stops', async () => {
    const second = await serveLedger();
    const waiting = feed(second.url).events({ after: 1_000_000, limit: 1, waitMs: 10_000 });
    waiting.catch(() => {});
    const started = performance.now();
    await second.stop();
    expect(performance.now() - started).toBeLessThan(5_000);
    await Promise.allSettled([waiting]);
  });

  it('lets a copy follow from another process', async () => {
    const own = feed();
    const reading = graph.reader.start({ feedOf: () => own, onError: () => {} });
    onTestFinished(() => reading.stop());
    await openPage();
    await vi.waitUntil(async () => (await graph.ledger.status()).pending === 0, { timeout: 20_000 });
    const last = async () => (await graph.ledger.status()).lastSeq;
    const follows = async () => (await graph.reader.status()).follows[0];
    await vi.waitUntil(async () => (await follows())?.position === (await last()), { timeout: 20_000 });
    await vi.waitUntil(async () => (await follows())?.lagSeconds === 0, { timeout: 20_000 });
    const ready = await (await fetch(`${running.url}/health/ready`)).json();
    expect(ready).toMatchObject({
      status: 'ready',
      details: { events: { pending: 0, lastSeq: await last() } },
    });
    metrics.watchEvents('reader', graph.reader.status);
    const scraped = await (await fetch(`${running.url}/metrics`)).text();
    expect(scraped).toContain('feed_lag_seconds{subgraph="reader",source="ledger"} 0');
    expect(scraped).toContain('outbox_pending_events{subgraph="ledger"} 0');
  });
});
