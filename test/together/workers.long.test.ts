import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPartner, revokeKeys } from '../../gateway/partners/acts.ts';
import { descendantsOf, type Program, runs, startProgram } from './program.ts';

const path = `/graphql?query=${encodeURIComponent('{ units(first: 1) { nodes { code } } }')}`;
const answer = '{"data":{"units":{"nodes":[]}}}';
const patience = { timeout: 30_000 };

type Headers = Readonly<Record<string, string>>;

/** Sends a request over a connection of its own, which goes to the next worker; or over those of an agent. */
async function get(url: string, headers: Headers = {}, agent: Agent | false = false) {
  const sent = request(url, { agent, headers: { 'apollo-require-preflight': '1', ...headers } });
  sent.setTimeout(20_000, () => sent.destroy(new Error('no answer in 20 s'))).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const { statusCode: status = 0, headers: its } = response;
  return { status, body: await text(response), connection: its.connection };
}

const dir = mkdtempSync(join(tmpdir(), 'workers-'));
const office = { directory: join(dir, 'partners'), contracts: ['partner'], now: Date.now };

/** The headers of a new partner, who may ask so often in a minute. */
function partner(id: string, perMinute: number): Headers {
  const agreement = { name: id, contact: 'nobody@example.org', contract: 'partner', mode: 'OPEN' };
  const cost = { perOperation: 1_000, perMinute: 100_000 };
  const agreed = { ...agreement, scopes: [], rate: { perMinute }, dailyQuota: 1_000, cost, operations: [] };
  return { 'x-api-key': createPartner(office, id, agreed, 3_600_000).key };
}

const start = (): Program => startProgram({ WORKERS: '2', DATA_DIR: dir, LOG_LEVEL: 'info' });

const whenReady = ({ lines }: Program): Promise<string> =>
  vi.waitFor(() => {
    const url = lines.find(({ msg }) => msg === 'ready')?.url;
    if (url) return url;
    throw new Error('the program is not ready');
  }, patience);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('WORKERS=2', { timeout: 60_000 }, () => {
  const [seldom, usual] = [partner('seldom', 5), partner('usual', 500)];
  let program: Program;
  let url: string;

  beforeAll(async () => {
    program = start();
    url = await whenReady(program);
  });
  afterAll(() => program.signal('SIGKILL'));

  /** The workers that have come to answer, the oldest first. */
  const workers = (): number[] =>
    program.lines.flatMap(({ msg, worker }) => (msg === 'a worker answers' && worker ? [worker] : []));

  /** Whether the log says this, of a worker where one is meant. */
  const has = (text: string, of?: number) => () =>
    program.lines.some(({ msg, worker }) => msg === text && (of === undefined || worker === of));

  /** Asks, and says which worker has answered by the log. */
  const ask = async (headers: Headers = {}, agent: Agent | false = false) => {
    const requestId = randomUUID();
    const answered = await get(url + path, { 'x-request-id': requestId, ...headers }, agent);
    const worker = () => program.lines.find((line) => line.requestId === requestId)?.worker;
    await expect.poll(worker, patience).toBeDefined();
    return { ...answered, worker: worker() };
  };

  const askTimes = async (times: number, headers: Headers = {}) => {
    const asked = [];
    for (let time = 0; time < times; time += 1) asked.push(await ask(headers));
    return { statuses: asked.map(({ status }) => status), by: new Set(asked.map(({ worker }) => worker)) };
  };

  const counted = async (): Promise<number> => {
    const { body } = await get(`${url}/metrics`);
    const counts = body.matchAll(/^http_requests_total\{route="\/graphql",.*\} (\d+)$/gmu);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };

  it('is answered by both, and either says what both have counted', async () => {
    const before = await counted();
    expect(await ask()).toMatchObject({ status: 200, body: answer });
    expect(await askTimes(3)).toEqual({ statuses: [200, 200, 200], by: new Set(workers()) });
    expect([await counted(), await counted()]).toEqual([before + 4, before + 4]);
  });

  it('has one rate for both, and one quota of a day', async () => {
    const { statuses, by } = await askTimes(7, seldom);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(by).toEqual(new Set(workers()));
    await askTimes(3, usual);
    const usages = [await get(`${url}/partner/usage`, usual), await get(`${url}/partner/usage`, usual)];
    const used = usages.map(({ body }) => (JSON.parse(body) as { daily: { used: number } }).daily.used);
    expect(used).toEqual([3, 3]);
  });

  it('refuses a revoked key at both, within seconds', async () => {
    expect(await askTimes(2, usual)).toEqual({ statuses: [200, 200], by: new Set(workers()) });
    revokeKeys(office, 'usual', undefined);
    await expect
      .poll(() => askTimes(2, usual), { timeout: 10_000 })
      .toEqual({ statuses: [401, 401], by: new Set(workers()) });
  });

  it('explains what an operation costs', async () => {
    const { body } = await get(url + path, { 'x-explain': '1' });
    expect(JSON.parse(body)).toMatchObject({ extensions: { explain: { totals: { mongodbCommands: 1 } } } });
  });

  it('answers while a worker is killed, and starts another one', async () => {
    const [killed = 0, other = 0] = workers();
    const before = await counted();
    process.kill(killed, 'SIGKILL');
    await expect.poll(has('a worker ended; another one takes its place', killed), patience).toBe(true);
    expect(await askTimes(2)).toEqual({ statuses: [200, 200], by: new Set([other]) });
    expect(await counted()).toBe(before + 2);
    await expect.poll(() => workers().length, patience).toBe(3);
    expect(await askTimes(2)).toEqual({ statuses: [200, 200], by: new Set(workers().slice(1)) });
  });

  it('exchanges all workers on SIGHUP, and no request fails', async () => {
    const old = workers().slice(-2);
    const [idle, busy] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    onTestFinished(() => void [idle, busy].map((agent) => agent.destroy()));
    const isExchanged = has('all workers have been exchanged');
    const statuses: number[] = [];
    const askUntilExchanged = async (agent: Agent | false) => {
      while (!isExchanged()) {
        statuses.push((await get(url + path, {}, agent)).status);
        // The new ones want a processor too.
        await sleep(20);
      }
    };
    const askOnceItLeaves = async () => {
      const { worker } = await ask({}, idle);
      await expect.poll(has('a worker leaves', worker), patience).toBe(true);
      expect(await ask({}, idle)).toEqual({ status: 200, body: answer, connection: 'close', worker });
    };
    const asking = [askOnceItLeaves(), ...[busy, busy, false as const].map(askUntilExchanged)];
    program.signal('SIGHUP');
    await Promise.all(asking);
    expect(statuses.length).toBeGreaterThan(10);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(old.map(runs)).toEqual([false, false]);
    expect(await askTimes(2)).toEqual({ statuses: [200, 200], by: new Set(workers().slice(-2)) });
  });

  it('ends all its processes on SIGTERM, even in the midst of an exchange', async () => {
    const known = new Set(program.lines.map(({ worker }) => worker));
    program.signal('SIGHUP');
    await expect.poll(() => program.lines.some(({ worker }) => !known.has(worker)), patience).toBe(true);
    const family = descendantsOf(program.pid);
    program.signal('SIGTERM');
    expect(await program.exit).toBe(0);
    await expect.poll(() => family.filter(runs), patience).toEqual([]);
  });
});
