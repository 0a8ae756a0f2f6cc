import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import mongoose, { type mongo } from 'mongoose';
import { median, type Table } from './table.ts';

const { MongoClient, BSON } = mongoose.mongo;

const DOCUMENTS = 100_000;
const IN_FLIGHT = 16;
const ROUNDS = 5;
const ROUND_MS = 1500;
const HOST = '127.0.0.1';
const self = fileURLToPath(import.meta.url);
const database = fileURLToPath(new URL('../database/embedded/main.ts', import.meta.url));

interface Stored extends mongo.Document {
  _id: number;
  group: number;
  text: string;
}

/** A document of about 400 bytes; twenty share a group. */
function documentOf(i: number): Stored {
  return {
    _id: i,
    group: Math.floor(i / 20),
    parity: i % 10,
    at: new Date(1_600_000_000_000 + i),
    text: 'x'.repeat(310),
  };
}

/** Starts a program that prints one JSON line with its port when it is ready. */
function startServer(args: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['--import', '#typescript', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with code ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve({ child, port: (JSON.parse(line) as { port: number }).port });
    });
  });
}

async function stopServer(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

type Work = (collection: mongo.Collection<Stored>, i: number) => Promise<unknown>;

let nextId = DOCUMENTS;
const works: Readonly<Record<string, Work>> = {
  'findOne by _id': (collection, i) => collection.findOne({ _id: (i * 7919) % DOCUMENTS }),
  'indexed find of 20': (collection, i) =>
    collection.find({ group: (i * 7919) % (DOCUMENTS / 20) }).toArray(),
  'insertOne, durable': (collection) => collection.insertOne(documentOf(++nextId)),
};

/** Operations per second with sixteen in flight. */
async function rateOf(collection: mongo.Collection<Stored>, work: Work): Promise<number> {
  const start = performance.now();
  let done = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MS) await work(collection, done++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (done * 1000) / (performance.now() - start);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Rates on both servers in turns, so that what else the machine does meets both. */
async function shares(real: mongo.Collection<Stored>, canned: mongo.Collection<Stored>): Promise<string[][]> {
  const goals: Readonly<Record<string, string>> = {
    'findOne by _id': '≥ 0.7',
    'indexed find of 20': '≥ 0.5',
    'insertOne, durable': '≥ 0.3',
  };
  const rows: string[][] = [];
  for (const [name, work] of Object.entries(works)) {
    const mine: number[] = [];
    const theirs: number[] = [];
    await rateOf(real, work);
    await rateOf(canned, work);
    for (let round = 0; round < ROUNDS; round++) {
      mine.push(await rateOf(real, work));
      theirs.push(await rateOf(canned, work));
    }
    const share = median(mine.map((rate, i) => rate / (theirs[i] ?? rate)));
    rows.push([
      name,
      median(mine).toFixed(0),
      median(theirs).toFixed(0),
      share.toFixed(2),
      goals[name] ?? '',
    ]);
  }
  return rows;
}

async function insertAll(collection: mongo.Collection<Stored>): Promise<number> {
  const batches = Array.from({ length: DOCUMENTS / 1000 }, (_, b) =>
    Array.from({ length: 1000 }, (_, i) => documentOf(b * 1000 + i)),
  );
  const ms = await milliseconds(async () => {
    for (const batch of batches) await collection.insertMany(batch);
  });
  return (DOCUMENTS * 1000) / ms;
}

async function wholeCollection(collection: mongo.Collection<Stored>): Promise<string[][]> {
  const scan = () => collection.countDocuments({ text: { $regex: 'y$' } });
  const group = () =>
    collection.aggregate([{ $group: { _id: '$parity', n: { $sum: 1 }, last: { $max: '$at' } } }]).toArray();
  const best = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push(await milliseconds(work));
    return median(times);
  };
  return [
    ['scan of 100,000 documents', `${(await best(scan)).toFixed(0)} ms`, '≤ 500 ms'],
    ['$group of 100,000 documents', `${(await best(group)).toFixed(0)} ms`, '≤ 500 ms'],
  ];
}

function anonymousMb(child: ChildProcess): string {
  const status = readFileSync(`/proc/${child.pid}/status`, 'latin1');
  return `${(Number(/^RssAnon:\s+(\d+)/mu.exec(status)?.[1] ?? 0) / 1024).toFixed(0)} MB`;
}

/** How long a database takes from its first line of code to its first answer. */
async function startTime(dir: string): Promise<number> {
  const { startDatabase } = await import('../database/embedded/server.ts');
  let running: Awaited<ReturnType<typeof startDatabase>> | undefined;
  const ms = await milliseconds(async () => {
    running = await startDatabase({ dir, port: 0 });
  });
  await running?.close();
  return ms;
}

/** Measures the embedded database against a server of canned answers, in the same run, through the driver. */
export async function benchDatabase(): Promise<Table[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-database-'));
  const real = await startServer([database, '--port', '0', '--dir', dir]);
  const canned = await startServer([self, 'canned']);
  const clients = [real, canned].map(
    ({ port }) => new MongoClient(`mongodb://${HOST}:${port}/?directConnection=true`),
  );
  const [mine, theirs] = clients.map((client) => client.db('bench').collection<Stored>('documents'));
  if (!mine || !theirs) throw new Error('no clients');
  try {
    await mine.createIndex({ group: 1 });
    const inserted = await insertAll(mine);
    const rows = await shares(mine, theirs);
    const figures = [
      ['insertMany', `${inserted.toFixed(0)} docs/s`, '≥ 30,000 docs/s'],
      ...(await wholeCollection(mine)),
      ['RssAnon', anonymousMb(real.child), '≤ 250 MB'],
    ];
    await stopServer(real.child);
    figures.push(['start on this data', `${(await startTime(dir)).toFixed(0)} ms`, '≤ 300 ms']);
    return [
      {
        title: `Embedded database, ${IN_FLIGHT} in flight`,
        columns: ['operation', 'per second', 'canned', 'share', 'goal'],
        rows,
      },
      {
        title: `Embedded database, ${DOCUMENTS} documents of 400 bytes`,
        columns: ['what', 'measured', 'goal'],
        rows: figures,
      },
    ];
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    for (const { child } of [real, canned])
      if (child.exitCode === null && child.signalCode === null) await stopServer(child);
    rmSync(dir, { recursive: true, force: true });
  }
}

const ns = 'bench.documents';
const found = (count: number) => ({
  cursor: { firstBatch: Array.from({ length: count }, (_, i) => documentOf(i)), id: BSON.Long.ZERO, ns },
  ok: 1,
});

/** The answers of the canned server, encoded once. */
function cannedAnswers(port: number): Readonly<Record<string, Buffer>> {
  const address = `${HOST}:${port}`;
  const hello = {
    helloOk: true,
    hosts: [address],
    setName: 'rs0',
    setVersion: 1,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    primary: address,
    me: address,
    maxBsonObjectSize: 16777216,
    maxMessageSizeBytes: 48000000,
    maxWriteBatchSize: 100000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
  const answers = { hello, one: found(1), twenty: found(20), insert: { n: 1, ok: 1 }, other: { ok: 1 } };
  return Object.fromEntries(
    Object.entries(answers).map(([name, doc]) => [name, Buffer.from(BSON.serialize(doc))]),
  );
}

function answerTo(frame: Buffer, answers: Readonly<Record<string, Buffer>>): Buffer {
  const isQuery = frame.readInt32LE(12) === 2004;
  const text = frame.toString('latin1', 16, Math.min(frame.length, 200));
  const name =
    isQuery || /hello\0|ismaster\0/iu.test(text)
      ? 'hello'
      : text.includes('find\0')
        ? text.includes('limit')
          ? 'one'
          : 'twenty'
        : text.includes('insert\0')
          ? 'insert'
          : 'other';
  const body = answers[name] as Buffer;
  const header = Buffer.alloc(isQuery ? 36 : 21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(frame.readInt32LE(4), 8);
  header.writeInt32LE(isQuery ? 1 : 2013, 12);
  if (isQuery) header.writeInt32LE(1, 32);
  return Buffer.concat([header, body]);
}

/** Answers every request at once with bytes made before: what the driver alone can reach. */
function serveCanned(): void {
  let answers: Readonly<Record<string, Buffer>> = {};
  const serve = (socket: Socket): void => {
    socket.setNoDelay(true);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
        const length = pending.readInt32LE(0);
        const frame = pending.subarray(0, length);
        pending = pending.subarray(length);
        if ((frame.readInt32LE(16) & 2) === 0 || frame.readInt32LE(12) === 2004)
          socket.write(answerTo(frame, answers));
      }
    });
  };
  const server = createServer(serve).listen(0, HOST, () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    answers = cannedAnswers(port);
    process.stdout.write(`${JSON.stringify({ port })}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}

if (process.argv[1] === self && process.argv[2] === 'canned') serveCanned();
