import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { bundled } from './bundled.ts';
import { MongoClient, temporaryDirectory } from './database.ts';
import { numbers } from './fuzz.ts';

const program = new URL('../main.ts', import.meta.url);
const WRITERS = 6;
/** How many writes are acknowledged at least before each kill, however slow the machine is. */
const WRITES = 11;

/** What was seen over all kills. */
export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Everything that should not be: lost, half done, inconsistent. */
  readonly faults: readonly string[];
  /** The longest time from the start of the process's own work to its being ready, in milliseconds. */
  readonly slowestStart: number;
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly openedIn: number;
}

function startServer(file: string, dir: string): Promise<Server> {
  const child = spawn(process.execPath, [file, '--dir', dir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.on('data', (chunk) => {
      words += String(chunk);
    });
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}: ${words}`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
      const { port, openedIn } = JSON.parse(line) as { port: number; openedIn: number };
      resolve({ child, port, openedIn });
    });
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/**
 * What was acknowledged, and what was begun without an answer: that may be there or not, but not in part.
 * Each counter document goes up by one per update, each transfer moves one from one account to another.
 */
class Ledger {
  readonly inserted = new Set<string>();
  readonly removed = new Set<string>();
  readonly unsure = new Set<string>();
  readonly counted = new Map<number, { sure: number; begun: number }>();
  readonly transfers = new Set<string>();
  readonly indexes = new Set<string>();
  acknowledged = 0;
}

type Work = (db: mongo.Db, ledger: Ledger, key: string, random: (below: number) => number) => Promise<void>;

const works: readonly Work[] = [
  async (db, ledger, key) => {
    ledger.unsure.add(key);
    await db
      .collection<{ _id: string }>('docs')
      .insertOne({ _id: key, tags: [key, 'x'], text: 'y'.repeat(200) } as { _id: string });
    ledger.unsure.delete(key);
    ledger.inserted.add(key);
  },
  async (db, ledger, key) => {
    const keys = Array.from({ length: 5 }, (_, i) => `${key}-${i}`);
    for (const one of keys) ledger.unsure.add(one);
    await db
      .collection<{ _id: string }>('docs')
      .insertMany(keys.map((_id) => ({ _id, tags: [_id], text: 'z' }) as { _id: string }));
    for (const one of keys) ledger.inserted.add(one);
    for (const one of keys) ledger.unsure.delete(one);
  },
  async (db, ledger, _key, random) => {
    const n = random(10);
    const count = ledger.counted.get(n) ?? { sure: 0, begun: 0 };
    ledger.counted.set(n, count);
    count.begun++;
    await db
      .collection<{ _id: number; n: number }>('counters')
      .updateOne({ _id: n }, { $inc: { n: 1 } }, { upsert: true });
    count.sure++;
  },
  async (db, ledger, _key, random) => {
    const victim = [...ledger.inserted][random(Math.max(1, ledger.inserted.size))];
    if (victim === undefined || !ledger.inserted.delete(victim)) return;
    ledger.unsure.add(victim);
    await db.collection<{ _id: string }>('docs').deleteOne({ _id: victim });
    ledger.unsure.delete(victim);
    ledger.removed.add(victim);
  },
  async (db, ledger, key, random) => {
    const [from, to] = [random(5), 5 + random(5)];
    const accounts = db.collection<{ _id: number; n: number }>('accounts');
    await db.client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts.updateOne({ _id: from }, { $inc: { n: -1 } }, { upsert: true, session });
        await accounts.updateOne({ _id: to }, { $inc: { n: 1 } }, { upsert: true, session });
        await db.collection<{ _id: string }>('transfers').insertOne({ _id: key }, { session });
      }),
    );
    ledger.transfers.add(key);
  },
  async (db, ledger, key) => {
    // Each writer has an index of its own: two that drop and make the same one would not know whose was last.
    const name = `i${key.split('.')[1]}`;
    ledger.indexes.delete(name);
    await db
      .collection('docs')
      .dropIndex(name)
      .catch(() => undefined);
    await db.collection('docs').createIndex({ text: 1, [name]: 1 }, { name });
    ledger.indexes.add(name);
  },
];

async function write(
  db: mongo.Db,
  ledger: Ledger,
  round: number,
  random: (below: number) => number,
  isOver: () => boolean,
): Promise<void> {
  const lane = async (lane: number): Promise<void> => {
    for (let i = 0; !isOver(); i++) {
      // Index builds are one in forty: they hold many documents.
      const work = works[random(40) === 0 ? 5 : random(5)] as Work;
      const failed = await work(db, ledger, `${round}.${lane}.${i}`, random).then(
        () => false,
        () => true,
      );
      if (failed) return;
      ledger.acknowledged++;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, i) => lane(i)));
}

async function check(db: mongo.Db, ledger: Ledger): Promise<string[]> {
  const faults: string[] = [];
  const ids = new Set(
    (
      await db
        .collection('docs')
        .find({}, { projection: { _id: 1 } })
        .toArray()
    ).map((doc) => String(doc._id)),
  );
  for (const key of ledger.inserted) if (!ids.has(key)) faults.push(`lost ${key}`);
  for (const key of ledger.removed) if (ids.has(key)) faults.push(`came back ${key}`);
  for (const { _id, n } of await db.collection<{ _id: number; n: number }>('counters').find().toArray()) {
    const count = ledger.counted.get(_id) ?? { sure: 0, begun: 0 };
    if (n < count.sure || n > count.begun)
      faults.push(`counter ${_id} is ${n}, not ${count.sure} to ${count.begun}`);
    ledger.counted.set(_id, { sure: n, begun: n });
  }
  const accounts = await db.collection<{ _id: number; n: number }>('accounts').find().toArray();
  const transfers = new Set(
    (await db.collection('transfers').find().toArray()).map((doc) => String(doc._id)),
  );
  const moved = accounts.filter(({ _id }) => _id >= 5).reduce((sum, { n }) => sum + n, 0);
  if (accounts.reduce((sum, { n }) => sum + n, 0) !== 0) faults.push('a transfer was done by half');
  if (moved !== transfers.size) faults.push(`${moved} were moved in ${transfers.size} transfers`);
  for (const key of ledger.transfers) if (!transfers.has(key)) faults.push(`lost transfer ${key}`);
  const indexes = new Set((await db.collection('docs').indexes()).map((index) => index.name));
  for (const name of ledger.indexes) if (!indexes.has(name)) faults.push(`lost index ${name}`);
  for (const name of ['docs', 'counters', 'accounts', 'transfers']) {
    const { valid, errors } = await db.command({ validate: name });
    if (!valid) faults.push(...errors);
  }
  for (const key of ledger.unsure) (ids.has(key) ? ledger.inserted : ledger.removed).add(key);
  ledger.unsure.clear();
  return faults;
}

async function connect(port: number): Promise<mongo.MongoClient> {
  return MongoClient.connect(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`, {
    retryWrites: false,
    serverSelectionTimeoutMS: 300,
    maxPoolSize: WRITERS * 2,
  });
}

/** Kills a database under mixed load again and again, and looks each time at what it has kept. */
export async function killRepeatedly(kills: number, seed: number): Promise<KillReport> {
  const { file, remove } = await bundled(program);
  const dir = temporaryDirectory();
  const random = numbers(seed);
  const ledger = new Ledger();
  const faults: string[] = [];
  let slowestStart = 0;
  let server = await startServer(file, dir);
  try {
    for (let round = 0; round < kills; round++) {
      const client = await connect(server.port);
      const db = client.db('kills');
      for (const name of ['docs', 'counters', 'accounts', 'transfers']) await db.createCollection(name);
      if (round === 0) await db.collection('docs').createIndex({ tags: 1 });
      let over = false;
      const enough = ledger.acknowledged + WRITES;
      const writing = write(db, ledger, round, random, () => over);
      await sleep(50 + random(250));
      while (ledger.acknowledged < enough) await sleep(5);
      await kill(server.child);
      over = true;
      await writing;
      await client.close(true);
      server = await startServer(file, dir);
      slowestStart = Math.max(slowestStart, server.openedIn);
      const after = await connect(server.port);
      faults.push(...(await check(after.db('kills'), ledger)).map((fault) => `kill ${round}: ${fault}`));
      await after.close();
    }
  } finally {
    await kill(server.child);
    rmSync(dir, { recursive: true, force: true });
    remove();
  }
  return { kills, acknowledged: ledger.acknowledged, faults, slowestStart };
}
