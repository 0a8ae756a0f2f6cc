import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { faultsOf, key, type OpenedPlanning, openPlanning, viewerOf } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

/** Takes records from step to step, each at the version that is stored. */
async function next(
  mutation: string,
  name: 'activities' | 'houses',
  id: string,
  part: object,
  viewer: Viewer,
) {
  const [stored] = await door.rows(name, { _id: id });
  const input = { idempotencyKey: key(), id, expectedVersion: stored?.version, ...part };
  const record =
    name === 'houses' ? 'house { status activity { status } }' : 'activity { status amount version }';
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await door.graph.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${record} userErrors { code severity path } } }`,
    { input },
    viewer,
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

const paper = { evidence: [{ number: '12/BC', sha256: 'a'.repeat(64) }] };
const handedOver = {
  deliveredOn: '2021-09-03',
  ...{ deliveries: 38, reached: 38, households: 38 },
  groups: [{ group: 'NGUOI_NGHEO', reached: 38, households: 38 }],
  amount: 11_500_000,
  funding: [{ source: 'XA_HOI_HOA', amount: 11_500_000 }],
};

it('an activity goes from the plan to the verification, by people who are not the same', async () => {
  const { id } = await door.planned();
  const unit = door.officer.unitPath ?? '';
  const chief = viewerOf('COMMANDER', 'chief', unit);
  const step = (mutation: string, part: object, viewer: Viewer) =>
    next(mutation, 'activities', id, part, viewer);
  expect((await step('approveActivity', {}, door.commander)).activity.status).toBe('APPROVED');
  expect((await step('recordDelivery', handedOver, chief)).activity).toMatchObject({
    status: 'IN_PROGRESS',
    amount: 11_500_000,
  });
  await step('addEvidence', paper, door.officer);
  expect((await step('completeActivity', { endsOn: '2021-09-03' }, door.officer)).activity.status).toBe(
    'DELIVERED',
  );
  // Who recorded what was handed over commands the unit, and still is an author.
  expect(faultsOf(await step('verifyActivity', {}, chief))).toEqual(['VERIFIER_IS_AUTHOR ERROR ']);
  expect((await step('verifyActivity', {}, door.commander)).activity).toEqual({
    ...{ status: 'VERIFIED', amount: 11_500_000, version: 6 },
  });
  const { data } = await door.graph.ask(
    'query ($id: ID!) { supportActivity(id: $id) { availableActions { action } audit { nodes { action subject } } } }',
    { id },
    door.commander,
  );
  expect(data.supportActivity.availableActions).toEqual([]);
  expect(
    data.supportActivity.audit.nodes
      .map(({ action, subject }: Record<string, string>) => `${action} ${subject}`)
      .sort(),
  ).toEqual(
    [
      'planActivity officer-1',
      'approveActivity commander-1',
      'recordDelivery chief',
      'addEvidence officer-1',
      'completeActivity officer-1',
      'verifyActivity commander-1',
    ].sort(),
  );
});

it('what was planned in kind is not counted again when it is handed over', async () => {
  const rice = { item: { vi: 'Gạo' }, quantity: 400, measure: { vi: 'kg' }, value: 6_000_000 };
  const { id } = await door.planned({ plan: door.plan({ inKind: [rice] }) });
  await next('approveActivity', 'activities', id, {}, door.commander);
  await next(
    'recordDelivery',
    'activities',
    id,
    { ...handedOver, inKind: [{ ...rice, quantity: 380 }] },
    door.officer,
  );
  const [row] = await door.rows('activities', { _id: id });
  expect(row).toMatchObject({ plannedInKind: [{ quantity: 400 }], inKind: [{ quantity: 380 }] });
});

it('a house activity is completed once its house is handed over', async () => {
  const plan = door.plan({ house: { surveyedOn: '2021-08-20' } });
  const { id, houseId } = await door.planned({ kind: 'NHA_TINH_NGHIA', plan });
  const step = (mutation: string, part: object, viewer = door.officer) =>
    next(mutation, 'activities', id, part, viewer);
  const stage = (to: string, on: string, part = {}, viewer = door.officer) =>
    next('advanceHouse', 'houses', houseId ?? '', { to, on, ...part }, viewer);
  await step('approveActivity', {}, door.commander);
  await stage('APPROVED', '2021-09-02', { dueOn: '2021-12-31' }, door.commander);
  expect((await stage('STARTED', '2021-09-10')).house.activity.status).toBe('IN_PROGRESS');
  await step('addEvidence', paper);
  await stage('COMPLETED', '2021-12-20');
  await step('recordDelivery', { ...handedOver, deliveredOn: '2021-12-24' });
  const early = await step('completeActivity', { endsOn: '2021-12-24' });
  expect(faultsOf(early)).toEqual(['INVALID_STATE ERROR ']);
  await stage('HANDED_OVER', '2021-12-24');
  expect((await step('completeActivity', { endsOn: '2021-12-24' })).activity.status).toBe('DELIVERED');
  expect((await step('verifyActivity', {}, door.commander)).activity.status).toBe('VERIFIED');
});
