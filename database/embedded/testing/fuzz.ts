import { connect } from 'node:net';
import type { mongo } from 'mongoose';
import { BSON } from './database.ts';
import { message } from './raw-client.ts';

/** A small generator of numbers that gives the same ones for the same seed (mulberry32). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const commands: readonly mongo.Document[] = [
  { ping: 1 },
  {
    find: 'fuzz',
    filter: { a: { $gt: 1, $in: [1, 'x', null] } },
    sort: { a: 1 },
    limit: 5,
    projection: { a: 1 },
  },
  { insert: 'fuzz', documents: [{ a: 1, b: [1, { c: 'x' }], d: new Date(0) }] },
  {
    update: 'fuzz',
    updates: [{ q: { a: 1 }, u: { $set: { 'b.0': 2 }, $inc: { n: 1 } }, upsert: true, multi: true }],
  },
  { delete: 'fuzz', deletes: [{ q: { a: 1 }, limit: 1 }] },
  {
    aggregate: 'fuzz',
    pipeline: [{ $match: { a: 1 } }, { $group: { _id: '$a', n: { $sum: 1 } } }],
    cursor: {},
  },
  { findAndModify: 'fuzz', query: { a: 1 }, update: { $set: { a: 2 } }, new: true },
  { createIndexes: 'fuzz', indexes: [{ key: { a: 1 }, name: 'a_1' }] },
  { getMore: BSON.Long.fromNumber(7), collection: 'fuzz' },
  { killCursors: 'fuzz', cursors: [BSON.Long.fromNumber(7)] },
  { count: 'fuzz', query: { a: { $exists: true } } },
  { distinct: 'fuzz', key: 'a' },
  { hello: 1 },
  { listCollections: 1, filter: { name: 'x' } },
  { explain: { find: 'fuzz', filter: { a: 1 } }, verbosity: 'queryPlanner' },
  {
    commitTransaction: 1,
    lsid: { id: new BSON.UUID('00000000-0000-4000-8000-000000000000').toBinary() },
    txnNumber: BSON.Long.fromNumber(1),
    autocommit: false,
  },
];

type Random = (below: number) => number;
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const mutations: readonly Mutation[] = [
  (bytes, random) => {
    for (let i = 0; i <= random(4); i++) bytes[16 + random(bytes.length - 16)] = random(256);
    return bytes;
  },
  (bytes, random) => {
    bytes[random(16)] = random(256);
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => {
    const cut = Buffer.from(bytes.subarray(0, 16 + random(bytes.length - 16)));
    cut.writeInt32LE(cut.length, 0);
    return cut;
  },
  (bytes, random) => {
    const at = 16 + random(Math.max(1, bytes.length - 20));
    bytes.writeInt32LE(
      [-1, 0, 1, 0x7fffffff, -0x80000000, bytes.length][random(6)] as number,
      Math.min(at, bytes.length - 4),
    );
    return bytes;
  },
  (bytes, random) =>
    Buffer.concat([bytes, Buffer.from(Array.from({ length: random(64) }, () => random(256)))]),
  (_bytes, random) => Buffer.from(Array.from({ length: 16 + random(200) }, () => random(256))),
];

function broken(random: Random): Buffer {
  const command = commands[random(commands.length)] as mongo.Document;
  const bytes = message({ ...command, $db: random(10) === 0 ? 'admin' : 'fuzz' }, random(1000));
  const mutate = mutations[random(mutations.length)] as Mutation;
  return mutate(bytes, random);
}

/** Sends bytes on a connection of its own and waits until it is closed, answered, or had its chance. */
function sendOne(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.on('data', () => socket.destroy());
    socket.end(bytes);
  });
}

/** Sends as many broken messages as asked for, a few at a time. */
export async function fuzz(port: number, count: number, seed: number): Promise<{ sent: number }> {
  const random = numbers(seed);
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (sent < count) {
      sent++;
      await sendOne(port, broken(random));
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  return { sent };
}
