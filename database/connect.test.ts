import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { mongo } from 'mongoose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from './connect.ts';

const { BSON } = mongo;

/** A server that knows only `hello`, and answers it as a MongoDB of a certain kind. */
async function mongodbThatSays(kind: object): Promise<string> {
  const answer = { ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 21, ...kind };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(replyTo(bytes, answer)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const OP_REPLY = 1;
const OP_MSG = 2013;

/** MongoDB's wire protocol, as far as `hello` needs it: the first message is OP_QUERY, the later ones OP_MSG. */
function replyTo(request: Buffer, answer: object): Buffer {
  const isMessage = request.readInt32LE(12) === OP_MSG;
  const document = BSON.serialize(answer);
  const middle = Buffer.alloc(isMessage ? 5 : 20);
  if (!isMessage) middle.writeInt32LE(1, 16);
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + middle.length + document.length, 0);
  head.writeInt32LE(request.readInt32LE(4), 8);
  head.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  return Buffer.concat([head, middle, document]);
}

const connectTo = async (uri: string) => {
  const connection = await connect({ uri, variable: 'MONGODB_URI' });
  onTestFinished(() => connection.close());
  return connection;
};

describe('connect', () => {
  it('refuses a MongoDB that is no replica set, and says how to make it one', async () => {
    const place = await mongodbThatSays({});
    await expect(
      connect({ uri: `mongodb://${place}/x`, variable: 'MONGODB_URI_UNITS' }),
    ).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/^MONGODB_URI_UNITS: .*--replSet rs0.*rs\.initiate\(\)/u),
    });
  });

  it('takes a mongos, which has a replica set behind it', async () => {
    const place = await mongodbThatSays({ msg: 'isdbgrid' });
    expect((await connectTo(`mongodb://${place}/x`)).name).toBe('x');
  });

  it.each([
    ['mongodb://PLACE', 'emulation'],
    ['mongodb://PLACE/', 'emulation'],
    ['mongodb://PLACE/?appName=x', 'emulation'],
    ['mongodb://PLACE/shop?appName=x', 'shop'],
  ])('opens in %s the database %s', async (uri, database) => {
    const place = await mongodbThatSays({ msg: 'isdbgrid' });
    expect((await connectTo(uri.replace('PLACE', place))).name).toBe(database);
  });

  it('never shows the password', async () => {
    const uri = 'mongodb://me:hunter2@127.0.0.1:9/x?serverSelectionTimeoutMS=50';
    const failure = await connect({ uri, variable: 'MONGODB_URI' }).catch((error: Error) => error.message);
    expect(failure).toMatch(
      /^MONGODB_URI: MongoDB at mongodb:\/\/127\.0\.0\.1:9\/x cannot be used: .*ECONNREFUSED/u,
    );
    expect(failure).not.toContain('hunter2');
  });

  it('counts the connections of the pool', async () => {
    const place = await mongodbThatSays({ msg: 'isdbgrid' });
    const open: number[] = [];
    const connection = await connect({
      uri: `mongodb://${place}/x`,
      variable: 'MONGODB_URI',
      onPool: (state, change) => void (state === 'open' && open.push(change)),
    });
    expect(open).toEqual([1]);
    await connection.close();
    expect(open).toEqual([1, -1]);
  });
});
