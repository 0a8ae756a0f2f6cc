import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoViewer, publicViewer } from '../../server/viewer.ts';
import { numberOf, type OpenedPeople, openPeople } from '../activities/peopleDoor.ts';

/** Whatever is taken back or erased, and in whatever order: every number that anybody is shown stays as it was. */

let people: OpenedPeople;
let rowIds: readonly string[] = [];
const groups = ['NGUOI_NGHEO', 'NGUOI_KHUYET_TAT', 'NGUOI_CAO_TUOI', null] as const;

beforeAll(async () => {
  people = await openPeople();
  const override = {
    acknowledge: ['DUPLICATE_SUPPORT'],
    acknowledgeReason: 'Đợt hỗ trợ thứ hai theo quyết định.',
  };
  for (const list of [0, 1, 2]) {
    const { id, expectedVersion } = await people.plant({ kind: list === 2 ? 'SUA_NHA' : 'TIEN_MAT' });
    // Households 0 to 3 stand in the first two lists, so that some are helped twice.
    const entries = Array.from({ length: 6 }, (_, index) => ({
      idNumber: numberOf(list === 2 ? 40 + index : index < 4 ? index : 10 * (list + 1) + index),
      displayName: 'Bùi Thị Mười',
      consent: 'GIVEN',
      householdSize: 1 + index,
      ...(groups[index % 4] ? { group: groups[index % 4] } : {}),
    }));
    const unasked = [{ group: 'NGUOI_NGHEO', householdSize: 2 }, {}];
    const input = { idempotencyKey: randomUUID(), id, expectedVersion, deliveredOn: '2021-09-02' };
    const all = { ...input, people: [...entries, ...unasked], ...(list === 1 ? override : {}) };
    const { userErrors } = await people.send('recordDelivery', all, people.commander);
    expect(userErrors).toEqual([]);
  }
  rowIds = (await people.rows('deliveries', { synthetic: false })).map(({ _id }) => String(_id));
  await people.graph.settled();
}, 120_000);
afterAll(() => people.graph.close());

const metrics = ['ACTIVITIES', 'DELIVERIES', 'AMOUNT', 'PEOPLE_TARGETED', 'PEOPLE_REACHED', 'HOUSEHOLDS'];
const dimensions = [
  'CHILD_UNIT',
  'PROVINCE',
  'LEVEL',
  'MONTH',
  'WEEK',
  'KIND',
  'GROUP',
  'FUNDING',
  'CONTENT_ITEM',
];
const rollup = `query ($input: SupportRollupInput!) { supportRollup(input: $input) {
  rows { keys { code } values { metric value suppressed } } totals { metric value suppressed } } }`;
const lists = `query { supportActivities(first: 100, sort: [{ field: CODE }]) { totalCount nodes {
  code deliveries amount people { targeted reached households suppressed } groups { group { code } targeted reached households } } } }`;

/** Every number: lists, sums by each dimension, different households; for the ministry and, suppressed, for the public. */
async function numbers(): Promise<unknown> {
  const found: unknown[] = [];
  for (const viewer of [demoViewer, publicViewer]) {
    found.push((await people.graph.ask(lists, {}, viewer)).data);
    for (const dimension of [null, ...dimensions]) {
      // By a sensitive group, different households are those whose rows still say so (docs/personal-data.md).
      const asked = dimension === 'GROUP' ? metrics : [...metrics, 'DISTINCT_HOUSEHOLDS'];
      const input = { filter: {}, metrics: asked, groupBy: dimension ? [dimension] : [], first: 1_000 };
      const { data, errors } = await people.graph.ask(rollup, { input }, viewer);
      expect(errors).toBeUndefined();
      found.push([dimension, data]);
    }
  }
  return found;
}

const step = fc.record({ row: fc.nat(), mutation: fc.constantFrom('withdrawConsent', 'eraseBeneficiary') });

it('any sequence of withdrawals and erasures changes no count, no sum and no number of different households', async () => {
  const before = await numbers();
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const { row, mutation } of steps) {
        const id = rowIds[row % rowIds.length] ?? '';
        const [{ version } = {}] = await people.rows('deliveries', { _id: id });
        const input = { idempotencyKey: randomUUID(), id, expectedVersion: version };
        const { userErrors } = await people.send(mutation as 'withdrawConsent', input);
        if (userErrors.length === 0) done += 1;
        else expect(userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
      }
      await people.graph.settled();
      expect(await numbers()).toEqual(before);
    }),
    { seed: 6, numRuns: 6 },
  );
  expect(done).toBeGreaterThan(8);
  await people.graph.recounted();
  expect(await numbers()).toEqual(before);
}, 180_000);
