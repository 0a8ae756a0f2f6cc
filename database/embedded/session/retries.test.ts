import type { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, openTestDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
let c: mongo.Collection<mongo.Document>;
let made = 0;

beforeAll(async () => {
  database = await openTestDatabase({ testCommands: true });
});
afterAll(async () => {
  await database.stop();
  expect(database.reported).toEqual([]);
});
beforeEach(async () => {
  c = database.db.collection(`c${++made}`);
  await c.insertOne({ n: 0 });
});
afterEach(() =>
  Promise.all(['failCommand', 'onPrimaryTransactionalWrite'].map((name) => failPoint(name, 'off'))),
);

const failPoint = (configureFailPoint: string, mode: unknown, data: mongo.Document = {}) =>
  database.client.db('admin').command({ configureFailPoint, mode, data });

describe('the driver sends again', () => {
  test.each<[string, string, mongo.Document]>([
    [
      'when the connection is lost before the write',
      'failCommand',
      { failCommands: ['update'], closeConnection: true },
    ],
    ['when the node says it goes away', 'failCommand', { failCommands: ['update'], errorCode: 11600 }],
    ['when the connection is lost after the commit', 'onPrimaryTransactionalWrite', {}],
    [
      'when the write concern fails',
      'failCommand',
      { failCommands: ['update'], writeConcernError: { code: 91, errmsg: 'stopping' } },
    ],
  ])('%s, and it is done once', async (_name, name, data) => {
    await failPoint(name, { times: 1 }, data);
    expect(await c.updateOne({}, { $inc: { n: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await c.findOne()).toMatchObject({ n: 1 });
  });

  test('but not what would fail again', async () => {
    await failPoint('failCommand', { times: 1 }, { failCommands: ['update'], errorCode: 2 });
    expect(await errorOf(c.updateOne({}, { $inc: { n: 1 } }))).toMatchObject({ code: 2 });
    expect(await c.findOne()).toMatchObject({ n: 0 });
  });

  test('a commit whose answer was lost', async () => {
    await failPoint(
      'failCommand',
      { times: 1 },
      { failCommands: ['commitTransaction'], closeConnection: true },
    );
    await database.client.withSession((session) =>
      session.withTransaction(() => c.updateOne({}, { $inc: { n: 1 } }, { session })),
    );
    expect(await c.findOne()).toMatchObject({ n: 1 });
  });
});

test('a failing write concern is told in the words of the fail point', async () => {
  const writeConcernError = { code: 64, errmsg: 'too slow' };
  await failPoint('failCommand', { times: 1 }, { failCommands: ['insert'], writeConcernError });
  const insert = database.db.command({ insert: 'told', documents: [{ a: 1 }] });
  expect((await errorOf(insert)).errorResponse.writeConcernError).toEqual(writeConcernError);
});

test('fail points are refused where test commands are not enabled', async () => {
  const plain = await openTestDatabase();
  const command = plain.client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  expect(await errorOf(command)).toMatchObject({ code: 59 });
  await plain.stop();
});
