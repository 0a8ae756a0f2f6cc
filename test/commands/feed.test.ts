import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DomainEvent } from '../../schema/events.ts';
import type { Work } from '../../subgraphs/work.ts';
import { type Ledger, openLedger } from './ledger.ts';

let graph: Ledger;
const works: Work[] = [];

beforeEach(async () => {
  graph = await openLedger();
});
afterEach(async () => {
  await Promise.all(works.splice(0).map((work) => work.stop()));
  await graph.drop();
});

const start = (
  door: Ledger['ledger'],
  events: Ledger['ledger']['events'] = graph.ledger.events,
  onError: () => void = () => {},
): Work => {
  const work = door.start({ feedOf: () => ({ events }), onError });
  works.push(work);
  return work;
};

const openPages = async (count: number) => {
  const opened: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const title = randomUUID();
    const { page } = await graph.open({ idempotencyKey: randomUUID(), title: { vi: title, en: title } });
    opened.push(page?.id ?? '');
  }
  return opened;
};
const closePage = (id: string) => graph.close({ idempotencyKey: randomUUID(), id, expectedVersion: 1 });

const allEvents = async (after = 0) => graph.ledger.events({ after, limit: 1_000, waitMs: 0 });
const numbered = (count: number) =>
  vi.waitUntil(async () => (await allEvents()).length === count, { timeout: 20_000 });
const copies = () => graph.collection('reader_copies').find().sort({ _id: 1 }).toArray();
const position = async () =>
  (await graph.collection('reader_positions').findOne({ _id: 'from:ledger' as never }))?.seq as
    | number
    | undefined;

describe('the feed of a subgraph', () => {
  it('numbers events after they are committed, without a gap, each record in the order of its versions', async () => {
    start(graph.ledger);
    const opened = await openPages(5);
    await Promise.all(opened.map(closePage));
    await numbered(10);
    const events = await allEvents();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    for (const id of opened) {
      const own = events.filter(({ entityId }) => entityId === id);
      expect(own.map(({ version, action }) => `${version} ${action}`)).toEqual(['1 openPage', '2 closePage']);
    }
  });

  it('gives a record its place in the public stream of changes, and a later one after each change', async () => {
    start(graph.ledger);
    const [id = ''] = await openPages(2);
    await numbered(2);
    await closePage(id);
    await numbered(3);
    const seqs = await graph.collection('ledger_pages').find().sort({ seq: 1 }).toArray();
    expect(seqs.map(({ _id, seq }) => ({ closed: String(_id) === id, seq }))).toEqual([
      { closed: false, seq: 2 },
      { closed: true, seq: 3 },
    ]);
  });

  it('never lets a reader pass an event by, whoever writes at once', async () => {
    start(graph.ledger);
    const seen: DomainEvent[] = [];
    const writers = Array.from({ length: 8 }, () => openPages(10));
    let done = false;
    const reading = (async () => {
      while (!done || seen.length < 80) {
        const next = await graph.ledger.events({ after: seen.at(-1)?.seq ?? 0, limit: 7, waitMs: 100 });
        seen.push(...next);
      }
    })();
    const opened = (await Promise.all(writers)).flat();
    done = true;
    await reading;
    expect(seen.map(({ entityId }) => entityId).sort()).toEqual(opened.sort());
  });

  it('is numbered by one of two processes, and by the other when the first is gone', async () => {
    const first = start(graph.ledger);
    start(graph.ledger);
    await openPages(3);
    await numbered(3);
    await first.stop();
    await openPages(3);
    await numbered(6);
    expect((await allEvents()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('wakes who waits for the next event', async () => {
    start(graph.ledger);
    const waiting = graph.ledger.events({ after: 0, limit: 10, waitMs: 30_000 });
    await openPages(1);
    expect(await waiting).toHaveLength(1);
  });
});

describe('a copy', () => {
  it('follows the owner, and knows how far behind it is', async () => {
    start(graph.ledger);
    start(graph.reader);
    const [id = ''] = await openPages(3);
    await closePage(id);
    await vi.waitUntil(async () => (await position()) === 4, { timeout: 20_000 });
    expect(await copies()).toHaveLength(3);
    expect(await copies()).toContainEqual(expect.objectContaining({ _id: id, state: 'CLOSED', version: 2 }));
    await vi.waitUntil(async () => (await graph.reader.status()).follows[0]?.lagSeconds === 0, {
      timeout: 20_000,
    });
    expect(await graph.reader.status()).toMatchObject({ follows: [{ source: 'ledger', position: 4 }] });
    expect(await graph.ledger.status()).toMatchObject({ pending: 0, lastSeq: 4 });
  });

  it('applies an event once, though the feed gives it again and in the wrong order', async () => {
    start(graph.ledger);
    const [id = ''] = await openPages(1);
    await closePage(id);
    await numbered(2);
    const [opened, closed] = await allEvents();
    const given = [closed, opened, closed].map(
      (event, index) => ({ ...event, seq: index + 1 }) as DomainEvent,
    );
    start(graph.reader, async ({ after, limit }) =>
      given
        .filter(({ seq }) => seq > after)
        .slice(0, limit)
        .slice(0, 1),
    );
    await vi.waitUntil(async () => (await position()) === 3, { timeout: 20_000 });
    expect(await copies()).toEqual([{ _id: id, state: 'CLOSED', version: 2, applied: 1 }]);
  });

  it('is whole again after its position was set back and a part of it was lost', async () => {
    start(graph.ledger);
    start(graph.reader);
    const opened = await openPages(4);
    await vi.waitUntil(async () => (await position()) === 4, { timeout: 20_000 });
    await graph.collection('reader_copies').deleteOne({ _id: opened[0] as never });
    await graph.reader.replay('ledger', 0);
    await vi.waitUntil(async () => (await copies()).length === 4, { timeout: 20_000 });
    expect((await copies()).map(({ applied }) => applied)).toEqual([1, 1, 1, 1]);
  });

  it('goes on where it was when its feed fails for a while, and shows that it lags', async () => {
    start(graph.ledger);
    let failing = true;
    start(graph.reader, (question) =>
      failing ? Promise.reject(new Error('unreachable')) : graph.ledger.events(question),
    );
    await openPages(2);
    await numbered(2);
    expect((await graph.reader.status()).follows[0]?.lagSeconds).toBeNull();
    failing = false;
    await vi.waitUntil(async () => (await position()) === 2, { timeout: 20_000 });
    expect(await copies()).toHaveLength(2);
  });

  it('keeps position and rows together when applying fails half way', async () => {
    start(graph.ledger);
    await openPages(2);
    await numbered(2);
    const [good] = await allEvents();
    let broken = true;
    let failures = 0;
    const damaged = async ({ after }: { after: number }) =>
      (await allEvents(after)).map((event) =>
        broken && event.seq === 2
          ? { ...event, copy: null, entityId: good?.entityId ?? '', version: 9 }
          : event,
      );
    start(graph.reader, damaged, () => {
      failures += 1;
    });
    await vi.waitUntil(() => failures >= 2, { timeout: 20_000 });
    expect(await copies()).toEqual([]);
    broken = false;
    await vi.waitUntil(async () => (await copies()).length === 2, { timeout: 20_000 });
    expect(await position()).toBe(2);
  });
});
