import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { testNow } from '../harness/doors.ts';
import { codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';
import { faultsOf, key, numberOf, type OpenedPeople, openPeople } from './peopleDoor.ts';

const DAY_MS = 24 * 3_600_000;
const admin: Viewer = { ...publicViewer, subject: 'admin-1', role: 'ADMIN', policies: ['data-protection'] };
const reason = 'Sự cố lộ khóa, theo quyết định của bộ phận bảo vệ dữ liệu.';

let people: OpenedPeople;
const opened: OpenedActivities[] = [];
beforeAll(async () => {
  people = await openPeople();
});
afterEach(async () => {
  for (const graph of opened.splice(0)) await graph.close();
});
afterAll(() => people.graph.close());

/** The same door on a later day. */
const later = async (days: number) => {
  const now = new Date(testNow.getTime() + days * DAY_MS);
  const graph = await openActivities({ over: people.graph.connection, now: () => now });
  opened.push(graph);
  return graph;
};

/** A campaign of its own, closed on the day or still active. */
const plantCampaign = async (endsOn: string | null) => {
  const id = `cam_${randomUUID().slice(0, 8)}`;
  const code = id.toUpperCase().replace('CAM_', 'THU-');
  const [like] = await people.rows('campaigns', { code: 'BCA-2021-COVID-TDDB' });
  const status = endsOn === null ? 'ACTIVE' : 'CLOSED';
  const row = {
    ...like,
    _id: id as never,
    code,
    status,
    endsOn,
    issuedOn: '2021-08-01',
    launchedOn: '2021-08-15',
  };
  await people.graph.connection.collection('activities_campaigns').insertOne(row);
  return { id, code };
};

let used = 0;
const fresh = () => {
  used += 1;
  return numberOf(used);
};
const home = (given: object = {}) => ({ group: 'NGUOI_NGHEO', householdSize: 3, ...given });
const full = (idNumber: string, group = 'NGUOI_NGHEO') =>
  home({ idNumber, group, displayName: 'Trịnh Thị Chín', consent: 'GIVEN' });
const record = async (campaign: { id: string; code: string }, list: readonly object[]) => {
  const planted = await people.plant({ campaignId: campaign.id, campaignCode: campaign.code });
  const input = { idempotencyKey: key(), id: planted.id, expectedVersion: planted.expectedVersion };
  const payload = await people.send('recordDelivery', { ...input, deliveredOn: '2021-09-02', people: list });
  return { payload, activityId: planted.id };
};
const saltOf = async ({ id }: { id: string }) => (await people.rows('salts', { _id: id }))[0];
const isCleared = (campaign: { id: string }) => async () => Boolean((await saltOf(campaign))?.clearedAt);
const personalIn = async (activityId: string) =>
  (await people.rows('deliveries', { activityId })).map(({ displayName, idTail, idHash, group }) => [
    displayName,
    idTail,
    idHash,
    group,
  ]);

describe('rows of households', () => {
  const list = () => [
    full(fresh()),
    full(fresh(), 'NGUOI_KHUYET_TAT'),
    home(),
    home({ householdSize: null }),
  ];

  it('are anonymised 24 months after their campaign closed, and every count stays', async () => {
    const campaign = await plantCampaign('2024-01-15');
    const { activityId } = await record(campaign, list());
    const counts = async () =>
      (await people.rows('activities', { _id: activityId })).map(({ seq: _, ...rest }) => rest);
    const activity = await counts();
    const before = await people.rows('deliveries', { activityId });
    const hashes = before.flatMap(({ idHash }) => idHash ?? []);
    const graph = await later(0);
    await graph.workedUntil(async () => (await saltOf(campaign))?.clears === 'ALL');
    await (await later(1)).workedUntil(isCleared(campaign));
    const after = await people.rows('deliveries', { activityId });
    expect(after).toHaveLength(4);
    expect(await personalIn(activityId)).toEqual(
      after.map(({ _id }) => {
        const { group } = before.find((row) => row._id === _id) ?? {};
        return [
          null,
          null,
          before.find((row) => row._id === _id)?.idHash === undefined ? undefined : null,
          group === 'NGUOI_KHUYET_TAT' ? null : group,
        ];
      }),
    );
    const kept = ({ _id, householdId, householdSize, deliveredOn, area }: Record<string, unknown>) => ({
      _id,
      householdId,
      householdSize,
      deliveredOn,
      area,
    });
    expect(after.map(kept)).toEqual(before.map(kept));
    expect(await counts()).toEqual(activity);
    expect(await people.rows('households', { _id: { $in: hashes } })).toEqual([]);
    expect(await saltOf(campaign)).toMatchObject({ salt: null, sealed: null, keyId: null });
  });

  it('stay what they are a day before, and where the campaign goes on', async () => {
    const [early, open] = [await plantCampaign('2024-01-16'), await plantCampaign(null)];
    const due = await plantCampaign('2023-01-01');
    const lists = [await record(early, list()), await record(open, list())];
    const before = await Promise.all(lists.map(({ activityId }) => personalIn(activityId)));
    await (await later(0)).workedUntil(async () => (await saltOf(due))?.clears === 'ALL');
    expect(await Promise.all(lists.map(({ activityId }) => personalIn(activityId)))).toEqual(before);
    expect((await saltOf(early))?.salt).toEqual(expect.any(String));
  });

  it('may be written afterwards without consent only, and nothing is told twice', async () => {
    const campaign = await plantCampaign('2023-12-31');
    await (await later(0)).workedUntil(async () => (await saltOf(campaign))?.clears === 'ALL');
    await (await later(2)).workedUntil(isCleared(campaign));
    const refused = await record(campaign, [home(), full(fresh())]);
    expect(faultsOf(refused.payload)).toEqual(['PERSONAL_DATA_ENDED ERROR people.1.consent']);
    expect((await record(campaign, [home()])).payload.userErrors).toEqual([]);
    const acts = await people.rows('audit', { type: 'Campaign', entityIds: campaign.id });
    expect(acts).toMatchObject([
      {
        action: 'endPersonalData',
        subject: 'system',
        reason: 'Retention: 24 months after the campaign closed on 2023-12-31.',
      },
    ]);
  });

  it('are cleared in batches by a job that goes on where it was killed', async () => {
    const campaign = await plantCampaign('2022-01-01');
    const { activityId } = await record(
      campaign,
      Array.from({ length: 500 }, () => full(fresh())),
    );
    const other = await record(
      campaign,
      Array.from({ length: 130 }, () => full(fresh())),
    );
    const first = await later(0);
    const deliveries = people.graph.connection.collection('activities_deliveries');
    const left = () =>
      deliveries.countDocuments({
        activityId: { $in: [activityId, other.activityId] },
        displayName: { $ne: null },
      });
    await first.workedUntil(async () => (await left()) < 630);
    await (await later(1)).workedUntil(isCleared(campaign));
    expect(await left()).toBe(0);
    const acts = await people.rows('audit', { action: 'clearPeople', subject: 'system' });
    const ids = new Set(acts.flatMap(({ entityIds }) => entityIds as string[]));
    const rows = await people.rows('deliveries', { activityId: other.activityId });
    expect(rows.every(({ _id }) => ids.has(_id as string))).toBe(true);
    expect(rows.every(({ version, erasedAt }) => version === 2 && erasedAt instanceof Date)).toBe(true);
  });
});

describe('destroyCampaignSalt', () => {
  const mutation = `mutation ($input: DestroyCampaignSaltInput!) { destroyCampaignSalt(input: $input) {
    campaign { code } userErrors { code severity path } } }`;
  const destroy = async (code: string, viewer = admin, why = reason) =>
    people.graph.ask(mutation, { input: { idempotencyKey: key(), campaign: code, reason: why } }, viewer);

  it('leaves nobody to be found by a number, at once and for whoever holds the key', async () => {
    const campaign = await plantCampaign(null);
    const { activityId } = await record(campaign, [full('000277000001'), home()]);
    const { data } = await destroy(campaign.code);
    expect(data.destroyCampaignSalt).toEqual({ campaign: { code: campaign.code }, userErrors: [] });
    expect(await saltOf(campaign)).toMatchObject({
      salt: null,
      sealed: null,
      keyId: null,
      clears: 'NUMBERS',
    });
    const again = await record(campaign, [full('000277000001')]);
    expect(faultsOf(again.payload)).toEqual(['PERSONAL_DATA_ENDED ERROR people.0.idNumber']);
    const named = await record(campaign, [home({ displayName: 'Trịnh Thị Chín', consent: 'GIVEN' })]);
    expect(named.payload.userErrors).toEqual([]);
    await (await later(1)).workedUntil(isCleared(campaign));
    for (const [displayName, tail, hash] of await personalIn(activityId)) {
      expect([tail ?? null, hash ?? null]).toEqual([null, null]);
      if (tail === null && hash === null) expect(displayName).toMatch(/^test\./u);
    }
    const [act] = await people.rows('audit', { type: 'Campaign', entityIds: campaign.id });
    expect(act).toMatchObject({ action: 'destroyCampaignSalt', subject: 'admin-1', role: 'ADMIN', reason });
  });

  it('is for administrators of data protection, once, with a reason that names nobody', async () => {
    const campaign = await plantCampaign(null);
    const without = await destroy(campaign.code, { ...admin, policies: [] });
    expect(codesOf(without)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
    const ministry = await destroy(campaign.code, { ...admin, role: 'MINISTRY' });
    expect(codesOf(ministry)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
    const faults = async (why: string, code = campaign.code) =>
      faultsOf((await destroy(code, admin, why)).data.destroyCampaignSalt);
    expect(await faults('lộ khóa')).toEqual(['RETURN_REASON_TOO_SHORT ERROR reason']);
    expect(await faults('Theo đề nghị của người có số 000 200 000 001')).toEqual([
      'INPUT_INVALID ERROR reason',
    ]);
    expect(await faults(reason, 'KHONG-CO')).toEqual(['NOT_FOUND ERROR campaign']);
    expect(await saltOf(campaign)).toBeUndefined();
    expect(await faults(reason)).toEqual([]);
    expect(await faults(reason)).toEqual(['INVALID_STATE ERROR ']);
  });
});
