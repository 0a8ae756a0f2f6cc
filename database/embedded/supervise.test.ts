import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type SupervisedDatabase, superviseDatabase } from './supervise.ts';
import { MongoClient, temporaryDirectory } from './testing/database.ts';

const dirs: string[] = [];
const running: SupervisedDatabase[] = [];

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop();
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function directory(): string {
  const dir = temporaryDirectory();
  dirs.push(dir);
  return dir;
}

const pidOf = (dir: string): number => Number(readFileSync(join(dir, 'database.lock'), 'utf8').split(' ')[0]);

test('a database that is killed is there again on the same port, with what it held', {
  timeout: 60_000,
}, async () => {
  const dir = directory();
  const exits: string[] = [];
  const database = await superviseDatabase({
    dir,
    port: 0,
    log: () => undefined,
    onUnexpectedExit: (reason) => exits.push(reason),
  });
  running.push(database);
  const client = await MongoClient.connect(database.uri);
  await client.db('test').collection('c').insertOne({ a: 1 });
  const first = pidOf(dir);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => exits, { timeout: 20_000 }).toEqual(['SIGKILL']);
  await expect.poll(() => pidOf(dir), { timeout: 20_000 }).not.toBe(first);
  expect(await client.db('test').collection('c').countDocuments()).toBe(1);
  await client.close();
  await database.stop();
  expect(existsSync(join(dir, 'database.lock'))).toBe(false);
  expect(exits).toHaveLength(1);
});

test('a directory in use is refused with its reason', { timeout: 60_000 }, async () => {
  const dir = directory();
  const log = () => undefined;
  running.push(await superviseDatabase({ dir, port: 0, log }));
  await expect(superviseDatabase({ dir, port: 0, log })).rejects.toThrow(/is in use by process/u);
});

test('Ctrl-C reaches the whole terminal; the database waits for its supervisor, who is still answering', {
  timeout: 60_000,
}, async () => {
  const dir = directory();
  const exits: string[] = [];
  const database = await superviseDatabase({
    dir,
    port: 0,
    log: () => undefined,
    onUnexpectedExit: (reason) => exits.push(reason),
  });
  running.push(database);
  const client = await MongoClient.connect(database.uri);
  process.kill(pidOf(dir), 'SIGINT');
  expect(await client.db('test').command({ ping: 1 })).toMatchObject({ ok: 1 });
  await client.close();
  await database.stop();
  expect(exits).toEqual([]);
});
