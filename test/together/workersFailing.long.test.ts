import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { descendantsOf, type Program, runs, startProgram } from './program.ts';

const patience = { timeout: 60_000 };
const dir = mkdtempSync(join(tmpdir(), 'workers-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function start(env: Readonly<Record<string, string>> = {}): Program {
  const program = startProgram({ WORKERS: '2', DATA_DIR: dir, LOG_LEVEL: 'info', ...env });
  onTestFinished(() => program.signal('SIGKILL'));
  return program;
}

describe('WORKERS=2', () => {
  it('says once which port is taken, and leaves no process behind', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    await expect.poll(() => descendantsOf(program.pid).length, patience).toBeGreaterThan(2);
    const family = descendantsOf(program.pid);
    expect(await program.exit).toBe(1);
    expect(program.words()).toMatch(
      /^PORT: \d+ on 127\.0\.0\.1 is taken by another program\. .*to another number\.\n$/u,
    );
    await expect.poll(() => family.filter(runs), patience).toEqual([]);
  });

  it('keeps the workers it has while new ones cannot start, and goes on when they can', async () => {
    const SUPERGRAPH = join(dir, 'supergraph.graphql');
    copyFileSync('schema/supergraph.graphql', SUPERGRAPH);
    const program = start({ SUPERGRAPH });
    const times = (text: string) => () => program.lines.filter(({ msg }) => msg === text).length;
    await expect.poll(times('ready'), patience).toBe(1);
    const [killed = 0, other = 0] = program.lines.flatMap(({ msg, worker }) =>
      msg === 'a worker answers' && worker ? [worker] : [],
    );
    writeFileSync(SUPERGRAPH, 'type Query {');
    program.signal('SIGHUP');
    await expect.poll(times('a new worker did not start; the old ones stay'), patience).toBe(1);
    expect([killed, other].map(runs)).toEqual([true, true]);
    process.kill(killed, 'SIGKILL');
    await expect.poll(times('a worker did not start, which is tried again'), patience).toBeGreaterThan(0);
    expect(runs(other)).toBe(true);
    copyFileSync('schema/supergraph.graphql', SUPERGRAPH);
    await expect.poll(times('a worker answers'), patience).toBe(3);
  });

  it('leaves no process behind when the first one is killed', async () => {
    const program = start();
    await expect.poll(() => program.lines.some(({ msg }) => msg === 'ready'), patience).toBe(true);
    const family = descendantsOf(program.pid);
    expect(family.length).toBeGreaterThan(2);
    program.signal('SIGKILL');
    await expect.poll(() => family.filter(runs), patience).toEqual([]);
  });
});
