import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { replay } from '../../subgraphs/replay/replay.ts';

test.each([
  [['awards'], 'Usage: npm run replay'],
  [['awards', 'moon'], 'Usage: npm run replay'],
  [['awards', 'units', '-1'], 'Usage: npm run replay'],
  [['units', 'awards'], 'units does not follow awards; it follows nobody'],
])('npm run replay -- %j says what would be right', async (args, message) => {
  const env = { MONGODB_URI: inject('mongodbUri') };
  await expect(replay(args, env)).rejects.toThrow(message);
});

test('npm run replay sets the position back, in the database that the subgraph uses', async () => {
  const name = `test_${randomUUID().slice(0, 8)}`;
  const uri = inject('mongodbUri').replace(/\/(?=\?|$)/u, `/${name}`);
  const connection = await createConnection(uri).asPromise();
  onTestFinished(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  const positions = connection.collection<{ _id: string; seq: number }>('awards_positions');
  await positions.insertOne({ _id: 'from:units', seq: 42 });
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  await replay(['awards', 'units', '7'], { MONGODB_URI: uri });
  expect(await positions.findOne()).toMatchObject({ _id: 'from:units', seq: 7 });
  expect(said).toHaveBeenCalledWith('awards reads the events of units again from after 7.\n');
});
