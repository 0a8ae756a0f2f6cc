import { randomUUID } from 'node:crypto';
import { type Connection, createConnection, Schema } from 'mongoose';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readPipeline, readRows } from '../../subgraphs/records/read.ts';

interface Row {
  readonly _id: number;
  readonly text: string;
}

const names: string[] = [];
let connection: Connection;

beforeAll(async () => {
  const uri = inject('mongodbUri').replace(/\/(?=\?|$)/u, `/test_${randomUUID().slice(0, 8)}`);
  connection = await createConnection(uri, { monitorCommands: true }).asPromise();
  connection.getClient().on('commandStarted', ({ commandName }) => names.push(commandName));
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const modelOf = (name: string) =>
  connection.model<Row>(
    name,
    new Schema({ _id: Number, text: String }, { autoCreate: false, autoIndex: false }),
    name,
  );

const commandsOf = async <T>(read: Promise<T>): Promise<{ result: T; commands: string[] }> => {
  names.length = 0;
  return { result: await read, commands: [...names] };
};

test('rows are read by one command, in their order, with what is asked of them', async () => {
  const model = modelOf('few');
  await model.collection.insertMany([1, 2, 3, 4].map((_id) => ({ _id, text: `row ${_id}` })) as never);
  const reading = {
    model,
    filter: { _id: { $gt: 1 } },
    projection: { text: 1 },
    sort: { _id: -1 },
    limit: 2,
  };
  expect(await commandsOf(readRows<Row>(reading))).toEqual({
    result: [
      { _id: 4, text: 'row 4' },
      { _id: 3, text: 'row 3' },
    ],
    commands: ['find'],
  });
  const pipeline = [{ $match: { _id: 2 } }, { $project: { text: 1 } }];
  expect(await commandsOf(readPipeline<Row>({ model, pipeline }))).toEqual({
    result: [{ _id: 2, text: 'row 2' }],
    commands: ['aggregate'],
  });
});

test('what is more than the 16 MB of one answer is read whole, and no cursor is left open', async () => {
  const model = modelOf('many');
  const text = 'x'.repeat(1_000_000);
  const ids = Array.from({ length: 20 }, (_, index) => index);
  for (const _id of ids) await model.collection.insertOne({ _id, text } as never);
  const { result, commands } = await commandsOf(readRows<Row>({ model, filter: {}, sort: { _id: 1 } }));
  expect(result.map(({ _id }) => _id)).toEqual(ids);
  expect(commands).toEqual(['find', 'killCursors', 'find', 'getMore']);
});

test('a read that fails is tried once more by the driver, whose word is the last one', async () => {
  const model = modelOf('wrong');
  names.length = 0;
  await expect(readRows({ model, filter: { _id: { $is: 1 } } })).rejects.toThrow(/\$is/u);
  expect(names).toEqual(['find', 'find']);
});

test('a read of somebody who no longer waits is not tried again', async () => {
  const model = modelOf('none');
  names.length = 0;
  const signal = AbortSignal.abort(new Error('nobody waits'));
  await expect(readRows({ model, filter: {}, signal })).rejects.toThrow('nobody waits');
  expect(names).toEqual([]);
});
