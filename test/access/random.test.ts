import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { faultsOf } from './compare.ts';
import { operations } from './operations.ts';
import { readWorld, type World } from './oracle.ts';
import { openPlaced, type Placed } from './placed.ts';
import { headerOf } from './viewers.ts';

/** Random operations of random viewers, each beside the same operation of the ministry, which sees every row. */

const RUNS = 120;

let placed: Placed;
let graph: TestGraph;
let world: World;

beforeAll(async () => {
  placed = await openPlaced();
  // Campaigns that were put away, and those of which something hangs.
  await placed.connection
    .collection('campaigns_campaigns')
    .updateOne({ code: placed.drafts.far.code as never }, { $set: { status: 'ARCHIVED' } });
  graph = await startGraph('memory', placed.connection.name);
  const units = await placed.connection.collection('units_units').find().limit(60).toArray();
  world = await readWorld(
    placed.connection,
    units.map(({ code }) => String(code)),
  );
});
afterAll(async () => {
  await graph.stop();
  await placed.close();
});

const asking = (paths: readonly string[]): fc.Arbitrary<Viewer> => {
  const above = (path: string) => `/${path.split('/').filter(Boolean).slice(0, 2).join('/')}/`;
  const path = fc.constantFrom(...paths.flatMap((one) => [one, one, above(one)]));
  const named = (role: Viewer['role'], unitPath: fc.Arbitrary<string | null>) =>
    unitPath.map((at): Viewer => ({ ...publicViewer, subject: `test:${role}`, role, unitPath: at }));
  return fc.oneof(
    named('PUBLIC', fc.constant(null)),
    named('PARTNER', fc.constant(null)),
    { arbitrary: named('OFFICER', path), weight: 3 },
    { arbitrary: named('COMMANDER', path), weight: 3 },
    named('ADMIN', fc.constant('/BCA/')),
  );
};

test('no random operation of a random viewer gives a row or a name that the matrix forbids, nor misses one that is allowed', async () => {
  const all = headerOf({ ...publicViewer, role: 'MINISTRY', unitPath: '/BCA/' });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(asking(world.paths), operations(world.pools), async (viewer, operation) => {
      const open = await graph.ask(operation, {}, all);
      const seen = await graph.ask(operation, {}, headerOf(viewer));
      expect(Object.keys(seen.data ?? {}), JSON.stringify(seen.errors)).toEqual(Object.keys(open.data ?? {}));
      if (open.data) answered += 1;
      expect(faultsOf(world, viewer, open.data, seen.data)).toEqual([]);
    }),
    { seed: 59, numRuns: RUNS },
  );
  expect(answered).toBeGreaterThan(RUNS * 0.8);
}, 180_000);
