import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { testKey } from '../harness/doors.ts';
import { codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';
import { faultsOf, key, numberOf, type OpenedPeople, openPeople } from './peopleDoor.ts';

const old = testKey('test');
const next = testKey('next', 2);
const admin: Viewer = {
  ...publicViewer,
  subject: 'admin-1',
  role: 'ADMIN',
  policies: ['data-protection'],
};

let people: OpenedPeople;
let turned: OpenedActivities;
let onlyNext: OpenedActivities;
beforeAll(async () => {
  // The first step of turning over: every process knows the new key before one of them uses it.
  people = await openPeople([old, next]);
  turned = await openActivities({ over: people.graph.connection, pii: [next, old] });
  onlyNext = await openActivities({ over: people.graph.connection, pii: [next] });
});
afterAll(async () => {
  await onlyNext.close();
  await turned.close();
  await people.graph.close();
});

let used = 0;
const listOf = (size: number, of = 'Nguyễn Thị') =>
  Array.from({ length: size }, () => {
    used += 1;
    return { idNumber: numberOf(used), displayName: `${of} ${used}`, consent: 'GIVEN' };
  });
const record = async (list: readonly object[]) => {
  const { id, expectedVersion } = await people.plant();
  const input = { idempotencyKey: key(), id, expectedVersion, deliveredOn: '2021-09-02', people: list };
  const payload = await people.send('recordDelivery', input);
  expect(payload.userErrors).toEqual([]);
  return id;
};
const read = `query ($id: ID!, $after: String) { supportActivity(id: $id) {
  beneficiaries(purpose: "Đối chiếu danh sách", first: 100, after: $after) {
    nodes { id displayName version } pageInfo { hasNextPage endCursor } } } }`;
const namesOf = async (graph: OpenedActivities, id: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await graph.ask(read, { id, after }, people.officer);
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.supportActivity.beneficiaries;
    for (const node of nodes) found[node.id] = `${node.version} ${node.displayName}`;
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  return found;
};
const keys = '{ personalDataKeys { id current held names campaigns removable } }';
const stateOf = async (graph: OpenedActivities) => (await graph.ask(keys, {}, admin)).data.personalDataKeys;
const isRemovable = async () =>
  (await stateOf(turned)).every(
    (each: { current: boolean; removable: boolean }) => each.current || each.removable,
  );
const rows = (activityId: string) => people.rows('deliveries', { activityId });

describe('keys of personal data', () => {
  it('are told with what each holds, to an administrator of data protection alone', async () => {
    await record(listOf(3));
    expect(await stateOf(turned)).toEqual([
      { id: 'next', current: true, held: true, names: 0, campaigns: 0, removable: false },
      { id: 'test', current: false, held: true, names: 3, campaigns: 1, removable: false },
    ]);
    expect(await stateOf(onlyNext)).toContainEqual(
      expect.objectContaining({ id: 'test', held: false, removable: false }),
    );
    const without = await turned.ask(keys, {}, { ...admin, policies: [] });
    expect(codesOf(without)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
    const officer = await turned.ask(keys, {}, { ...people.officer, policies: ['data-protection'] });
    expect(codesOf(officer)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
  });

  it('are turned over while lists are written, read and forgotten: every name stays as it was', async () => {
    const lists = [await record(listOf(500)), await record(listOf(120))] as const;
    const before = await namesOf(people.graph, lists[0]);
    const [gone] = await rows(lists[1]);
    const forget = { idempotencyKey: key(), id: gone?._id, expectedVersion: 1 };
    const late: Promise<unknown>[] = [];
    await turned.workedUntil(async () => {
      if (late.length === 0) {
        late.push(record(listOf(40, 'Lê Văn')), people.send('withdrawConsent', forget));
        expect(await namesOf(turned, lists[0])).toEqual(before);
      }
      await Promise.all(late);
      return isRemovable();
    });
    expect(await namesOf(onlyNext, lists[0])).toEqual(before);
    expect(Object.values(await namesOf(onlyNext, lists[1])).filter((name) => name.endsWith('null'))).toEqual([
      '2 null',
    ]);
    for (const { displayName } of await rows(lists[0])) expect(displayName).toMatch(/^next\.[\w-]+$/u);
    const acts = await people.rows('audit', { action: { $in: ['sealNamesAnew', 'sealHashersAnew'] } });
    expect(new Set(acts.map(({ subject }) => subject))).toEqual(new Set(['system']));
    const named = new Set(acts.flatMap(({ entityIds }) => entityIds as string[]));
    expect(Object.keys(before).filter((id) => !named.has(id))).toEqual([]);
  });

  it('leave help given twice to be found by the new key alone', async () => {
    const [first] = listOf(1);
    await record([first as object]);
    await turned.workedUntil(isRemovable);
    const planted = await people.plant();
    const input = { idempotencyKey: key(), id: planted.id, expectedVersion: 2, deliveredOn: '2021-09-02' };
    const { data } = await onlyNext.ask(
      'mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { userErrors { code severity path } } }',
      { input: { ...input, people: [first] } },
      people.officer,
    );
    expect(faultsOf(data.recordDelivery)).toEqual(['DUPLICATE_SUPPORT WARNING people.0.idNumber']);
    expect(await people.rows('salts', { keyId: { $ne: null } })).toMatchObject([
      { salt: null, keyId: 'next' },
    ]);
  });

  it('do not open what was altered or moved to another row; that is told, and everything else read', async () => {
    const id = await record(listOf(4));
    const [altered, moved, from] = await rows(id);
    const deliveries = people.graph.connection.collection('activities_deliveries');
    const set = (row: Record<string, unknown> | undefined, displayName: unknown) =>
      deliveries.updateOne({ _id: row?._id as never }, { $set: { displayName } });
    const sealed = String(altered?.displayName);
    await set(altered, `${sealed.slice(0, -6)}${sealed.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`);
    await set(moved, from?.displayName);
    await turned.workedUntil(
      async () => (await deliveries.countDocuments({ activityId: id, displayName: /^next\./u })) === 2,
    );
    expect(await stateOf(turned)).toContainEqual(
      expect.objectContaining({ id: 'test', names: 2, removable: false }),
    );
    const { data, errors } = await turned.ask(read, { id }, people.officer);
    const { nodes } = data.supportActivity.beneficiaries;
    expect(nodes.filter(({ displayName }: { displayName: unknown }) => displayName !== null)).toHaveLength(2);
    expect(codesOf({ errors })).toEqual(['PERSONAL_DATA_UNREADABLE', 'PERSONAL_DATA_UNREADABLE']);
    expect(turned.unexpected.splice(0).map(String)).toEqual(
      [altered, moved].map((row) => expect.stringContaining(`Beneficiary/${row?._id}/displayName`)),
    );
  });
});
