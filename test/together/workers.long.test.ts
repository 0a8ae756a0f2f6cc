import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { descendantsOf, type Program, runs, startProgram } from './program.ts';

const patience = { timeout: 60_000 };
const dir = mkdtempSync(join(tmpdir(), 'workers-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function start(port: number): Program {
  const program = startProgram({ WORKERS: '2', DATA_DIR: dir, PORT: String(port), LOG_LEVEL: 'info' });
  onTestFinished(() => program.signal('SIGKILL'));
  return program;
}

describe('WORKERS=2', () => {
  it('says once which port is taken, and leaves no process behind', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const program = start(port);
    await expect.poll(() => descendantsOf(program.pid).length, patience).toBeGreaterThan(2);
    const family = descendantsOf(program.pid);
    expect(await program.exit).toBe(1);
    expect(program.words()).toMatch(
      /^PORT: \d+ on 127\.0\.0\.1 is taken by another program\. .*to another number\.\n$/u,
    );
    await expect.poll(() => family.filter(runs), patience).toEqual([]);
  });

  it('leaves no process behind when the first one is killed', async () => {
    const program = start(0);
    await expect.poll(() => program.lines.some(({ msg }) => msg === 'ready'), patience).toBe(true);
    const family = descendantsOf(program.pid);
    expect(family.length).toBeGreaterThan(2);
    program.signal('SIGKILL');
    await expect.poll(() => family.filter(runs), patience).toEqual([]);
  });
});
