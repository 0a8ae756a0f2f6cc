import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startDatabase } from '../server.ts';
import { errorOf, openTestDatabase, type TestDatabase, temporaryDirectory } from '../testing/database.ts';
import { DirectoryInUse } from './data-lock.ts';
import { UnreadableData } from './files.ts';

const dirs: string[] = [];
let open: TestDatabase | undefined;

function directory(): string {
  const dir = temporaryDirectory();
  dirs.push(dir);
  return dir;
}

afterEach(async () => {
  await open?.stop();
  open = undefined;
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

async function filled(dir: string): Promise<void> {
  const database = await openTestDatabase({ dir });
  await database.db
    .collection('c')
    .insertMany(Array.from({ length: 500 }, (_, i) => ({ i, text: 'x'.repeat(400) })));
  await database.db.collection('c').createIndex({ i: 1 });
  await database.stop();
}

describe('the directory', () => {
  test('a second start is refused with a clear message', async () => {
    open = await openTestDatabase({ dir: directory() });
    const second = startDatabase({ dir: open.dir, port: 0 });
    await expect(second).rejects.toThrow(DirectoryInUse);
    await expect(second).rejects.toThrow(/is in use by process \d+/u);
  });

  test('the mark of a process that was killed is no obstacle', async () => {
    const dir = directory();
    writeFileSync(join(dir, 'database.lock'), '999999999 12345');
    open = await openTestDatabase({ dir });
    expect(readFileSync(join(dir, 'database.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `, 'u'));
  });

  test('the mark of a process whose number was given to another is no obstacle', async () => {
    const dir = directory();
    writeFileSync(join(dir, 'database.lock'), `${process.pid} 1`);
    open = await openTestDatabase({ dir });
    expect(await open.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('everything is there again after a restart', async () => {
    const dir = directory();
    await filled(dir);
    open = await openTestDatabase({ dir });
    const c = open.db.collection('c');
    expect(await c.countDocuments()).toBe(500);
    expect(await c.estimatedDocumentCount()).toBe(500);
    expect((await c.indexes()).map((index) => index.name)).toEqual(['_id_', 'i_1']);
    expect(await c.find({ i: 7 }).explain('executionStats')).toMatchObject({
      executionStats: { totalKeysExamined: 1 },
    });
    await c.insertOne({ i: 500 });
    expect(await c.find({ i: { $gte: 499 } }).toArray()).toHaveLength(2);
  });
});

describe('a damaged file', () => {
  test.each<[string, (file: string) => void]>([
    ['overwritten', (file) => writeFileSync(file, Buffer.alloc(65536, 0x5a))],
    ['cut short', (file) => truncateSync(file, 20_000)],
    ['cut to almost nothing', (file) => truncateSync(file, 100)],
  ])('%s is refused with a clear message', async (_name, damage) => {
    const dir = directory();
    await filled(dir);
    const file = join(dir, 'data.mdb');
    damage(file);
    const before = readFileSync(file);
    const start = startDatabase({ dir, port: 0 });
    await expect(start).rejects.toThrow(UnreadableData);
    await expect(start).rejects.toThrow(/cannot be read/u);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a full disk', () => {
  test('writes get 14031, reads go on, and writes too once there is room', async () => {
    let free = 1e12;
    open = await openTestDatabase({ freeBytes: () => free });
    const c = open.db.collection('c');
    await c.insertOne({ a: 1 });
    free = 1000;
    expect(await errorOf(c.insertOne({ a: 2 }))).toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' });
    expect(await errorOf(c.createIndex({ a: 1 }))).toMatchObject({ code: 14031 });
    expect(await c.find().toArray()).toHaveLength(1);
    free = 1e12;
    await c.insertOne({ a: 3 });
    expect(await c.countDocuments()).toBe(2);
  });
});
