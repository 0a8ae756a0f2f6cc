import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { rebuildCubes } from '../../subgraphs/rebuild/rebuildCubes.ts';

test.each([
  [[], 'Usage: npm run rebuild'],
  [['moon'], 'Usage: npm run rebuild'],
  [['activities', 'support', 'twice'], 'Usage: npm run rebuild'],
  [['units'], 'Nothing was built: units has no such cube'],
])('npm run rebuild -- %j says what would be right', async (args, message) => {
  await expect(rebuildCubes(args, { MONGODB_URI: inject('mongodbUri') })).rejects.toThrow(message);
});

test('npm run rebuild builds one cube or all, on the shelf that nobody reads', async () => {
  const name = `test_${randomUUID().slice(0, 8)}`;
  const uri = inject('mongodbUri').replace(/\/(?=\?|$)/u, `/${name}`);
  const connection = await createConnection(uri).asPromise();
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(async () => {
    said.mockRestore();
    await connection.dropDatabase();
    await connection.close();
  });
  await rebuildCubes(['activities'], { MONGODB_URI: uri });
  await rebuildCubes(['activities', 'houses'], { MONGODB_URI: uri });
  const cubes = connection.collection<{ _id: string }>('activities_cubes');
  const stands = await cubes
    .find({}, { projection: { shelf: 1, built: 1 } })
    .sort({ _id: 1 })
    .toArray();
  expect(stands).toEqual([
    { _id: 'households', shelf: 'a', built: 1 },
    { _id: 'houses', shelf: 'b', built: 2 },
    { _id: 'support', shelf: 'a', built: 1 },
  ]);
  expect(said.mock.calls.flat()).toEqual([
    'activities built anew: support, households, houses.\n',
    'activities built anew: houses.\n',
  ]);
});
