import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { superviseDatabase } from '../../database/embedded/supervise.ts';
import { migrateAll } from '../../database/migrate/migrateAll.ts';
import { seedAll } from '../../database/seed/seedAll.ts';
import { startSubgraph } from '../../subgraphs/start.ts';
import { startTogether } from '../../together/start.ts';

const directory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'together-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
const quiet = { PORT: '0', LOG_LEVEL: 'silent', DASHBOARD: 'off' };

describe('together', { timeout: 120_000 }, () => {
  it('starts on an empty directory, answers, stops, and starts again on what it left', async () => {
    const env = { ...quiet, SEED: 'none', DATA_DIR: directory() };
    for (const start of ['first', 'second']) {
      const running = await startTogether(env);
      const ready = await fetch(`${running.url}/health/ready`);
      const query = encodeURIComponent('{ units(first: 1) { nodes { code } } campaigns { nodes { code } } }');
      const answer = await fetch(`${running.url}/graphql?query=${query}`);
      await running.stop();
      expect([start, ready.status]).toEqual([start, 200]);
      expect(await answer.json()).toEqual({ data: { units: { nodes: [] }, campaigns: { nodes: [] } } });
    }
  });

  it('has a demo partner, whose key is in no log', async () => {
    const lines: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    onTestFinished(() => spy.mockRestore());
    const dir = directory();
    const running = await startTogether({ ...quiet, SEED: 'none', DATA_DIR: dir }, true);
    onTestFinished(() => running.stop());
    const key = readFileSync(join(dir, 'keys/partner-demo'), 'utf8');
    expect(lines.join('')).toMatch(new RegExp(`As a partner +x-api-key: ${key}`, 'u'));
    const usage = await fetch(`${running.url}/partner/usage`, { headers: { 'x-api-key': key } });
    expect(await usage.json()).toMatchObject({ partner: 'demo', contract: 'partner', mode: 'OPEN' });
  });

  it('leaves no database behind when it cannot start', async () => {
    const env = { ...quiet, SEED: 'none', DATA_DIR: directory(), SUPERGRAPH: 'no-such-file' };
    await expect(startTogether(env)).rejects.toThrow(/^SUPERGRAPH: /u);
    const database = await superviseDatabase({ dir: join(env.DATA_DIR, 'database'), port: 0, log: () => {} });
    await database.stop();
    expect(database.uri).toContain('127.0.0.1');
  });

  it.each([
    [{ MONGODB_URI: 'mongodb://127.0.0.1:9/x' }],
    [{ MONGODB_URI_UNITS: 'mongodb://127.0.0.1:9/x' }],
    [{ NODE_ENV: 'production' }],
  ])('writes no synthetic rows with %o', async (env) => {
    await expect(startTogether({ ...quiet, SEED: 'demo', ...env })).rejects.toThrow(
      /^.*\n {2}SEED: was "demo".*npm run seed/u,
    );
  });
});

describe('a database of one’s own', { timeout: 120_000 }, () => {
  it('is served once it is migrated, and not before', async () => {
    const dir = directory();
    const database = await superviseDatabase({ dir: join(dir, 'database'), port: 0, log: () => {} });
    onTestFinished(() => database.stop());
    const env = { ...quiet, DATA_DIR: dir, MONGODB_URI: database.uri };
    const running = await startSubgraph('units', env);
    onTestFinished(() => running.stop());
    const ready = async () => {
      const response = await fetch(`${running.url}/health/ready`);
      return [response.status, await response.json()];
    };
    expect(await ready()).toEqual([
      503,
      { status: 'not ready', reason: expect.stringContaining('npm run migrate') },
    ]);
    await Promise.all([migrateAll(env), migrateAll(env)]);
    const events = { pending: 0, lastSeq: 0, follows: [] };
    expect(await ready()).toEqual([200, { status: 'ready', details: { events } }]);
  });

  it('is seeded only with a size named', async () => {
    const start = seedAll({ ...quiet, MONGODB_URI: 'mongodb://127.0.0.1:9/x' });
    await expect(start).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('SEED=demo npm run seed'),
    });
  });
});
