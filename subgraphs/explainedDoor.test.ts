import { EventEmitter } from 'node:events';
import type { Connection } from 'mongoose';
import { expect, it } from 'vitest';
import { publicViewer } from '../server/viewer.ts';
import { explainedDoor } from './explainedDoor.ts';

const request = { document: '{ __typename }', viewer: publicViewer, requestId: 'test', explain: true };
const silent = { getClient: () => new EventEmitter() } as unknown as Connection;

it('opens its connection once, for the first that is asked', async () => {
  let opened = 0;
  const ask = explainedDoor(
    async () => {
      opened += 1;
      return silent;
    },
    () => async () => ({ data: { __typename: 'Query' } }),
  );
  expect(opened).toBe(0);
  const answers = await Promise.all([ask(request), ask(request)]);
  expect(opened).toBe(1);
  for (const { data, extensions } of answers) {
    expect(data).toEqual({ __typename: 'Query' });
    expect(extensions?.explain).toMatchObject({ commands: [] });
  }
});

it('tries again when the connection could not be opened', async () => {
  let tries = 0;
  const ask = explainedDoor(
    async () => {
      tries += 1;
      if (tries === 1) throw new Error('the database is away');
      return silent;
    },
    () => async () => ({ data: null }),
  );
  await expect(ask(request)).rejects.toThrow('the database is away');
  expect((await ask(request)).data).toBe(null);
});
