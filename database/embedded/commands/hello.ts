import { Document } from '../core/document.ts';
import { DateTime, int32, ObjectId, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { MAX_BATCH, MAX_DOCUMENT_BYTES, MAX_MESSAGE_BYTES } from '../wire/message.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';

export const REPLICA_SET = 'rs0';
const WIRE_VERSION = 21;
const electionId = new ObjectId(Buffer.from('7fffffff0000000000000001', 'hex'));

const fields = {
  helloOk: types.boolish,
  client: types.object,
  compression: types.array,
  backpressure: types.any,
  topologyVersion: types.any,
  maxAwaitTimeMS: types.any,
  saslSupportedMechs: types.string,
  speculativeAuthenticate: types.object,
  loadBalanced: types.bool,
  internalClient: types.any,
  hostInfo: types.any,
};

/** The answer of the one member of a replica set. */
function hello(request: Request, engine: Engine, primary: string): Document {
  const { address } = engine;
  noteClient(request);
  const reply: [string, Value][] = [];
  if (request.body.get('helloOk') === true) reply.push(['helloOk', true]);
  reply.push(
    ['hosts', [address]],
    ['setName', REPLICA_SET],
    ['setVersion', int32(1)],
    [primary, true],
    ['secondary', false],
    ['primary', address],
    ['me', address],
    ['electionId', electionId],
    ['lastWrite', lastWrite(engine)],
    ['maxBsonObjectSize', int32(MAX_DOCUMENT_BYTES)],
    ['maxMessageSizeBytes', int32(MAX_MESSAGE_BYTES)],
    ['maxWriteBatchSize', int32(MAX_BATCH)],
    ['localTime', new DateTime(Date.now())],
    ['logicalSessionTimeoutMinutes', int32(30)],
    ['connectionId', int32(request.connection.id)],
    ['minWireVersion', int32(0)],
    ['maxWireVersion', int32(WIRE_VERSION)],
    ['readOnly', false],
  );
  return Document.of(reply);
}

function noteClient({ body, connection }: Request): void {
  const client = body.get('client');
  const application = client instanceof Document ? client.get('application') : undefined;
  const name = application instanceof Document ? application.get('name') : undefined;
  if (typeof name === 'string') connection.appName = name;
}

function lastWrite({ store }: Engine): Document {
  const time = store.clock.committed;
  const opTime = Document.of([
    ['ts', time],
    ['t', 1n],
  ]);
  const date = new DateTime(time.t * 1000);
  return Document.of([
    ['opTime', opTime],
    ['lastWriteDate', date],
    ['majorityOpTime', opTime],
    ['majorityWriteDate', date],
  ]);
}

export const helloCommand: Command = {
  fields,
  run: (request, engine) => hello(request, engine, 'isWritablePrimary'),
};

export const isMasterCommand: Command = {
  fields,
  run: (request, engine) => hello(request, engine, 'ismaster'),
};
