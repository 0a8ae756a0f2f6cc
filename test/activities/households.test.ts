import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activities } from '../../subgraphs/activities/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import { testKey } from '../harness/doors.ts';
import { codesOf, openActivities } from './activitiesDoor.ts';
import {
  faultsOf,
  type Kind,
  key,
  numberOf,
  type OpenedPeople,
  openPeople,
  type Planted,
} from './peopleDoor.ts';

let people: OpenedPeople;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.graph.close());

let used = 0;
/** A number that no other test has. */
const fresh = (): string => {
  used += 1;
  return numberOf(used);
};

const home = (given: object = {}) => ({ group: 'NGUOI_NGHEO', householdSize: 4, ...given });
const known = (idNumber: string, given: object = {}) => home({ idNumber, consent: 'GIVEN', ...given });
const handOver = ({ id, expectedVersion }: Planted, list: readonly object[], given: object = {}) => ({
  idempotencyKey: key(),
  id,
  expectedVersion,
  deliveredOn: '2021-09-02',
  people: list,
  ...given,
});
/** Records one list in an activity of its own. */
const record = async (
  list: readonly object[],
  given: object = {},
  who = people.officer,
  kind: Kind = 'TIEN_MAT',
) => {
  const planted = await people.plant({ kind });
  return people.send('recordDelivery', handOver(planted, list, given), who);
};
const listOf = (activityId: string) => people.rows('deliveries', { activityId });
const read = `query ($id: ID!) { supportActivity(id: $id) { beneficiaries(purpose: "Đối chiếu danh sách", first: 100) {
  nodes { id displayName idTail idCheck consent group { code } version erasedAt } } } }`;
const override = {
  acknowledge: ['DUPLICATE_SUPPORT'],
  acknowledgeReason: 'Đợt hỗ trợ thứ hai theo quyết định.',
};

describe('a list of households', () => {
  it('is kept with its day, area and consent, and counted', async () => {
    const planted = await people.plant();
    const list = [
      known(fresh(), { displayName: 'Nguyễn Thị Hai', deliveredOn: '2021-09-03' }),
      home({ group: 'NGUOI_CAO_TUOI', area: { code: '00004', listDate: '2021-08-01' } }),
      { householdSize: null },
    ];
    const { activity, userErrors } = await people.send('recordDelivery', handOver(planted, list));
    expect(userErrors).toEqual([]);
    expect(activity).toMatchObject({
      deliveries: 3,
      people: { reached: 9, households: 3 },
      groups: [
        { group: { code: 'NGUOI_NGHEO' }, reached: 4, households: 1 },
        { group: { code: 'NGUOI_CAO_TUOI' }, reached: 4, households: 1 },
      ],
    });
    const rows = await listOf(planted.id);
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual(
      expect.objectContaining({
        _id: expect.stringMatching(/^ben_[\w-]{22}$/u),
        householdId: expect.stringMatching(/^hhd_[\w-]{22}$/u),
        group: 'NGUOI_NGHEO',
        householdSize: 4,
        displayName: expect.stringMatching(/^test\.[\w-]+$/u),
        idTail: String(used).padStart(3, '0'),
        idHash: expect.stringMatching(/^[\w-]{43}$/u),
        idCheck: 'FORMAT_OK',
        consent: 'GIVEN',
        deliveredOn: '2021-09-03',
        synthetic: false,
        version: 1,
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        area: { code: '00004', listDate: '2021-08-01' },
        idCheck: 'NOT_GIVEN',
        consent: 'NOT_ASKED',
        deliveredOn: '2021-09-02',
      }),
    );
    const [entry] = await people.rows('audit', { type: 'Beneficiary', entityIds: rows[0]?._id });
    expect(entry).toMatchObject({ action: 'recordDelivery', version: null, changes: [] });
  });

  it('is part of the counts that are given with it', async () => {
    const groups = [{ group: 'NGUOI_KHUYET_TAT', reached: 9, households: 3 }];
    const { activity } = await record([{ householdSize: 3 }], { deliveries: 3, groups });
    expect(activity).toMatchObject({ deliveries: 3, people: { reached: 9, households: 3 } });
    const few = await record([home(), home()], { deliveries: 1 });
    expect(faultsOf(few)).toEqual(['INPUT_INVALID ERROR deliveries']);
  });

  it('takes five hundred rows at once, and not one more', async () => {
    const list = Array.from({ length: 500 }, () =>
      known(fresh(), { householdSize: 2, displayName: 'Nguyễn Thị Hai' }),
    );
    const planted = await people.plant();
    const input = handOver(planted, list);
    // With names and numbers, they fit into one request as the gateway takes it.
    expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThan(63 * 1_024);
    const { activity } = await people.send('recordDelivery', input);
    expect(activity).toMatchObject({ deliveries: 500, people: { reached: 1_000, households: 500 } });
    expect(await listOf(planted.id)).toHaveLength(500);
    const more = Array.from({ length: 501 }, () => home());
    expect(faultsOf(await record(more))).toEqual(['INPUT_INVALID ERROR people']);
  });

  it('applies as a whole or not at all, and says which row is wrong', async () => {
    const planted = await people.plant();
    const list: object[] = Array.from({ length: 20 }, () => known(fresh()));
    list[3] = home({ displayName: 'Lê Văn Ba' });
    list[17] = known('12345');
    list[18] = home({ group: 'NGUOI_KHUYET_TAT' });
    list[19] = home({ deliveredOn: '2021-01-01' });
    const payload = await people.send('recordDelivery', handOver(planted, list));
    expect(payload.activity).toBeNull();
    expect(faultsOf(payload)).toEqual([
      'CONSENT_REQUIRED ERROR people.3.displayName',
      'ID_FORMAT ERROR people.17.idNumber',
      'CONSENT_REQUIRED ERROR people.18.group',
      'ACTIVITY_OUTSIDE_CAMPAIGN ERROR people.19.deliveredOn',
    ]);
    expect(JSON.stringify(payload)).not.toMatch(/12345|Lê Văn Ba/u);
    expect(await listOf(planted.id)).toEqual([]);
    expect(await people.rows('activities', { _id: planted.id })).toMatchObject([
      { version: 2, deliveries: 0 },
    ]);
  });

  it.each<[string, object, string]>([
    [
      'a number as a number',
      { idNumber: 200_000_001, consent: 'GIVEN' },
      'ID_FORMAT ERROR people.0.idNumber',
    ],
    ['a number without consent', { idNumber: numberOf(1) }, 'CONSENT_REQUIRED ERROR people.0.idNumber'],
    [
      'a name with a number in it',
      { displayName: 'Nguyễn 000200000001', consent: 'GIVEN' },
      'INPUT_INVALID ERROR people.0.displayName',
    ],
    [
      'a name that is too long',
      { displayName: 'x'.repeat(101), consent: 'GIVEN' },
      'INPUT_INVALID ERROR people.0.displayName',
    ],
    ['consent that was taken back before', { consent: 'WITHDRAWN' }, 'INPUT_INVALID ERROR people.0.consent'],
    ['nobody in the household', { householdSize: 0 }, 'INPUT_INVALID ERROR people.0.householdSize'],
    [
      'an area of no form',
      { area: { code: 'Ba Đình', listDate: '2021-08-01' } },
      'INPUT_INVALID ERROR people.0.area.code',
    ],
    ['a group that nobody knows', { group: 'KHONG_CO' }, 'INPUT_INVALID ERROR people.0.group'],
  ])('refuses %s', async (_, wrong, fault) => {
    expect(faultsOf(await record([home(wrong)]))).toEqual([fault]);
  });

  it('belongs to houses and cash; people helped otherwise are counted', async () => {
    for (const kind of ['TIEN_MAT', 'SUA_NHA', 'NHA_TINH_NGHIA'] as const) {
      expect(faultsOf(await record([known(fresh())], {}, people.officer, kind))).toEqual([]);
    }
    expect(faultsOf(await record([home()], { deliveries: 1 }, people.officer, 'HO_TRO_VAT_CHAT'))).toEqual([
      'INPUT_INVALID ERROR people',
    ]);
  });

  it('is not repeated by an error of its shape', async () => {
    const document = `mutation ($input: AddBeneficiaryInput!) { addBeneficiary(input: $input) { userErrors { code } } }`;
    const person = { idNumber: numberOf(1), displayName: 'Phạm Thị Tư', extra: true };
    const input = { idempotencyKey: key(), id: 'act_1', expectedVersion: 1, person };
    const answer = await people.graph.ask(document, { input }, people.officer);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toMatch(/"input\.person".*"extra"/u);
    expect(JSON.stringify(answer.errors)).not.toMatch(/000200|Phạm/u);
  });
});

describe('help given twice', () => {
  const warned = 'DUPLICATE_SUPPORT WARNING people.0.idNumber';

  it('is a warning, the same wherever the household was helped', async () => {
    const number = fresh();
    await record([known(number)]);
    const first = await record([known(number)]);
    expect(faultsOf(first)).toEqual([warned]);
    // Another way of writing it is the same number; another unit's officer hears the same.
    const elsewhere = { ...people.officer, subject: 'officer-2', unitPath: '/BCA/T01.1/' };
    const planted = await people.plant({ scopePath: '/BCA/T01.1/' });
    const written = `${number.slice(0, 3)} ${number.slice(3, 6)}.${number.slice(6)}`;
    const second = await people.send('recordDelivery', handOver(planted, [known(written)]), elsewhere);
    expect(second.userErrors).toEqual(first.userErrors);
    expect(first.userErrors[0]?.params).toEqual([]);
    expect(first.userErrors[0]?.text.en).toBe('This household was already helped in this campaign.');
  });

  it('is found in one list too', async () => {
    const number = fresh();
    expect(faultsOf(await record([known(number), home(), known(number)]))).toEqual([
      'DUPLICATE_SUPPORT WARNING people.2.idNumber',
    ]);
  });

  it('is not found in another campaign, whose salt is made once by ten first lists at once', async () => {
    const number = fresh();
    await record([known(number)]);
    const [other] = await people.rows('campaigns', {
      code: { $ne: 'BCA-2021-COVID-TDDB' },
      status: 'ACTIVE',
    });
    const ofOther = { campaignId: other?._id as string, campaignCode: other?.code as string };
    const lists = [number, ...Array.from({ length: 9 }, fresh)];
    const answers = await Promise.all(
      lists.map(async (each) => {
        const planted = await people.plant({ ...ofOther, startsOn: '2022-01-01' });
        return people.send('recordDelivery', handOver(planted, [known(each)], { deliveredOn: '2022-01-02' }));
      }),
    );
    expect(answers.flatMap(faultsOf)).toEqual([]);
    expect(await people.rows('salts', {})).toHaveLength(2);
  });

  it('is overridden by a commander with a reason, and by no officer', async () => {
    const number = fresh();
    const planted = await people.plant();
    const first = await people.send('recordDelivery', handOver(planted, [known(number)]));
    const at = { ...planted, expectedVersion: first.activity.version };
    await expect(people.send('recordDelivery', handOver(at, [known(number)], override))).rejects.toThrow(
      'FORBIDDEN',
    );
    const again = await people.send(
      'recordDelivery',
      handOver(at, [known(number)], override),
      people.commander,
    );
    // The household is handed to twice, and reached once.
    expect(again.activity).toMatchObject({ deliveries: 2, people: { reached: 4, households: 1 } });
    const rows = await listOf(planted.id);
    expect(new Set(rows.map(({ householdId }) => householdId)).size).toBe(1);
    expect(await people.rows('audit', { entityIds: planted.id, subject: 'commander-1' })).toMatchObject([
      { acknowledged: ['DUPLICATE_SUPPORT'], reason: override.acknowledgeReason },
    ]);
  });

  it('is an error for houses, whoever acknowledges it: a household gets one', async () => {
    const number = fresh();
    expect(faultsOf(await record([known(number)], {}, people.officer, 'NHA_TINH_NGHIA'))).toEqual([]);
    expect(faultsOf(await record([known(number)], override, people.commander, 'SUA_NHA'))).toEqual([
      'DUPLICATE_SUPPORT ERROR people.0.idNumber',
    ]);
    // Cash for a household with a house, and a house for one that had cash, are warnings.
    expect(faultsOf(await record([known(number)]))).toEqual([warned]);
    const other = fresh();
    await record([known(other)]);
    expect(faultsOf(await record([known(other)], {}, people.officer, 'NHA_TINH_NGHIA'))).toEqual([warned]);
    expect(faultsOf(await record([known(other)], override, people.commander, 'NHA_TINH_NGHIA'))).toEqual([]);
    expect(faultsOf(await record([known(other)], override, people.commander, 'NHA_TINH_NGHIA'))).toEqual([
      'DUPLICATE_SUPPORT ERROR people.0.idNumber',
    ]);
  });

  it('of twenty houses at once for one household leaves one', async () => {
    const number = fresh();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => record([known(number)], override, people.commander, 'NHA_TINH_NGHIA')),
    );
    expect(answers.filter(({ activity }) => activity !== null)).toHaveLength(1);
    expect(answers.flatMap(faultsOf)).toEqual(Array(19).fill('DUPLICATE_SUPPORT ERROR people.0.idNumber'));
  });

  it('of twenty payments at once for one household warns nineteen times', async () => {
    const number = fresh();
    const answers = await Promise.all(Array.from({ length: 20 }, () => record([known(number)])));
    expect(answers.filter(({ activity }) => activity !== null)).toHaveLength(1);
    expect(answers.flatMap(faultsOf)).toEqual(Array(19).fill(warned));
  });

  it('a second house is refused by the index, should the check not see the first', async () => {
    const number = fresh();
    await record([known(number)], {}, people.officer, 'NHA_TINH_NGHIA');
    const households = people.graph.connection.collection('activities_households');
    const row = await households.findOne({ house: { $ne: null } }, { sort: { _id: 1 } });
    const second = { _id: row?._id, house: 'ben_other' };
    await expect(
      households.updateOne(
        { _id: second._id, house: null } as never,
        { $set: { house: 'ben_other' } },
        { upsert: true },
      ),
    ).rejects.toMatchObject({ code: 11000 });
  });

  it('can be asked for so many numbers an hour, refused requests included', async () => {
    const curious = { ...people.officer, subject: 'curious' };
    const hour = Math.floor(new Date('2026-01-15T03:00:00Z').getTime() / 3_600_000);
    const lookups = people.graph.connection.collection('activities_lookups');
    const count = async () => (await lookups.findOne({ _id: `curious ${hour}` as never }))?.count;
    const number = fresh();
    await record([known(number)]);
    expect(faultsOf(await record([known(number), known(fresh()), known(number)], {}, curious))).toHaveLength(
      2,
    );
    expect(await count()).toBe(2);
    await lookups.updateOne({ _id: `curious ${hour}` as never }, { $set: { count: 1_999 } });
    expect(faultsOf(await record([known(fresh())], {}, curious))).toEqual([]);
    await expect(record([known(fresh())], {}, curious)).rejects.toThrow('RATE_LIMITED');
    // Lists without numbers ask nothing.
    expect(faultsOf(await record([home()], {}, curious))).toEqual([]);
    expect((await lookups.indexes()).some(({ expireAfterSeconds }) => expireAfterSeconds === 7_200)).toBe(
      true,
    );
  });
});

describe('addBeneficiary', () => {
  const add = ({ id, expectedVersion }: Planted, person: object, given: object = {}) => ({
    idempotencyKey: key(),
    id,
    expectedVersion,
    person: { deliveredOn: '2021-09-04', ...person },
    ...given,
  });
  const underWay = async (deliveries = 2) =>
    people.plant({
      status: 'IN_PROGRESS',
      deliveries,
      people: { targeted: 40, reached: 8, households: deliveries },
    });

  it('adds one household, counts it, and records the reading of its row', async () => {
    const planted = await underWay();
    const person = known(fresh(), { displayName: 'Trần Văn Năm' });
    const payload = await people.send('addBeneficiary', add(planted, person));
    expect(payload).toMatchObject({
      activity: { version: 3, deliveries: 3, people: { reached: 12, households: 3 } },
      beneficiary: {
        version: 1,
        displayName: 'Trần Văn Năm',
        idCheck: 'FORMAT_OK',
        deliveredOn: '2021-09-04',
      },
      userErrors: [],
    });
    expect(await people.rows('audit', { entityIds: payload.beneficiary.id })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'addBeneficiary' }),
        expect.objectContaining({ action: 'READ_BENEFICIARIES', subject: 'officer-1' }),
      ]),
    );
  });

  it('lists a household that is counted already, as long as there is room in the counts', async () => {
    const planted = await underWay(1);
    const counted = { alreadyCounted: true };
    const { activity } = await people.send('addBeneficiary', add(planted, home(), counted));
    expect(activity).toMatchObject({ version: 3, deliveries: 1, people: { reached: 8, households: 1 } });
    const full = add({ ...planted, expectedVersion: 3 }, home(), counted);
    expect(faultsOf(await people.send('addBeneficiary', full))).toEqual([
      'INPUT_INVALID ERROR alreadyCounted',
    ]);
  });

  it('keeps to the rules of lists', async () => {
    const number = fresh();
    await record([known(number)]);
    const planted = await underWay();
    expect(faultsOf(await people.send('addBeneficiary', add(planted, known(number))))).toEqual([
      'DUPLICATE_SUPPORT WARNING person.idNumber',
    ]);
    expect(faultsOf(await people.send('addBeneficiary', add(planted, home({ idNumber: 'x' }))))).toEqual([
      'ID_FORMAT ERROR person.idNumber',
      'CONSENT_REQUIRED ERROR person.idNumber',
    ]);
    await expect(people.send('addBeneficiary', add(planted, known(number), override))).rejects.toThrow(
      'FORBIDDEN',
    );
    expect(faultsOf(await people.send('addBeneficiary', add(planted, { deliveredOn: null })))).toEqual([
      'INPUT_INVALID ERROR person.deliveredOn',
    ]);
    const gifts = await people.plant({ kind: 'HO_TRO_VAT_CHAT', status: 'IN_PROGRESS' });
    expect(faultsOf(await people.send('addBeneficiary', add(gifts, home())))).toEqual([
      'INPUT_INVALID ERROR person',
    ]);
    const before = await people.plant({ status: 'APPROVED' });
    expect(faultsOf(await people.send('addBeneficiary', add(before, home())))).toEqual([
      'INVALID_STATE ERROR ',
    ]);
    const stranger = { ...people.officer, unitPath: '/BCA/T99.1/' };
    await expect(people.send('addBeneficiary', add(planted, home()), stranger)).rejects.toThrow(
      'OUT_OF_SUBTREE',
    );
    const ministry = { ...people.officer, role: 'MINISTRY' as const };
    await expect(people.send('addBeneficiary', add(planted, home()), ministry)).rejects.toThrow(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });
});

describe('forgetting', () => {
  const listed = async (person: object, kind: Kind = 'TIEN_MAT') => {
    const { activity } = await record([person], {}, people.officer, kind);
    const [row] = await listOf(activity.id);
    return { activityId: activity.id as string, id: row?._id as string, before: row ?? {} };
  };
  const of = (id: string, expectedVersion = 1) => ({ idempotencyKey: key(), id, expectedVersion });
  const sensitive = (number: string) =>
    known(number, { group: 'NGUOI_KHUYET_TAT', displayName: 'Vũ Thị Sáu' });

  it('withdrawConsent takes out what stood on the consent; the row and all counts stay', async () => {
    const { id, activityId, before } = await listed(sensitive(fresh()));
    const [activity] = await people.rows('activities', { _id: activityId });
    const payload = await people.send('withdrawConsent', of(id));
    expect(payload.userErrors).toEqual([]);
    expect(payload.beneficiary).toEqual({
      id,
      version: 2,
      group: null,
      displayName: null,
      idTail: null,
      idCheck: 'FORMAT_OK',
      consent: 'WITHDRAWN',
      householdSize: 4,
      deliveredOn: '2021-09-02',
      erasedAt: null,
    });
    const [after] = await listOf(activityId);
    expect(after).toMatchObject({ householdId: before.householdId, idHash: null });
    expect(await people.rows('activities', { _id: activityId })).toEqual([activity]);
    expect(await people.rows('households', { _id: before.idHash })).toEqual([]);
    expect(faultsOf(await people.send('withdrawConsent', of(id, 2)))).toEqual(['INVALID_STATE ERROR ']);
  });

  it('eraseBeneficiary takes out what names a household, whatever it consented to', async () => {
    const number = fresh();
    const { id, activityId } = await listed(sensitive(number), 'NHA_TINH_NGHIA');
    const { beneficiary } = await people.send('eraseBeneficiary', of(id));
    expect(beneficiary).toMatchObject({
      displayName: null,
      idTail: null,
      group: null,
      consent: 'GIVEN',
      erasedAt: '2026-01-15T03:00:00.000Z',
    });
    expect(await listOf(activityId)).toMatchObject([{ deliveredOn: '2021-09-02', householdSize: 4 }]);
    expect(faultsOf(await people.send('eraseBeneficiary', of(id, 2)))).toEqual(['INVALID_STATE ERROR ']);
    // Nobody knows any more that the household was helped.
    expect(faultsOf(await record([known(number)], {}, people.officer, 'NHA_TINH_NGHIA'))).toEqual([]);
    const unasked = await listed(home());
    const plain = await people.send('eraseBeneficiary', of(unasked.id));
    expect(plain.beneficiary).toMatchObject({ group: { code: 'NGUOI_NGHEO' }, consent: 'NOT_ASKED' });
  });

  it('leaves the household known while another row carries its number', async () => {
    const number = fresh();
    const { id } = await listed(known(number));
    await record([known(number)], override, people.commander);
    await people.send('eraseBeneficiary', of(id));
    expect(faultsOf(await record([known(number)]))).toEqual(['DUPLICATE_SUPPORT WARNING people.0.idNumber']);
  });

  it('works for rows of the seed too', async () => {
    const [row] = await people.rows('deliveries', { synthetic: true, consent: 'GIVEN' });
    const [activity] = await people.rows('activities', { _id: row?.activityId });
    const own = { ...people.officer, unitPath: activity?.scopePath as string };
    const { beneficiary } = await people.send('withdrawConsent', of(row?._id as string), own);
    expect(beneficiary).toMatchObject({ consent: 'WITHDRAWN', version: 2 });
  });

  it('is for the unit that helped, at the version it has seen, of a row that is there', async () => {
    const { id } = await listed(known(fresh()));
    for (const mutation of ['withdrawConsent', 'eraseBeneficiary'] as const) {
      expect(faultsOf(await people.send(mutation, of('ben_forged')))).toEqual(['NOT_FOUND ERROR id']);
      expect(faultsOf(await people.send(mutation, of(id, 7)))).toEqual([
        'VERSION_CONFLICT ERROR expectedVersion',
      ]);
      const stranger = { ...people.officer, unitPath: '/BCA/' };
      await expect(people.send(mutation, of(id), stranger)).rejects.toThrow('OUT_OF_SUBTREE');
      const ministry = { ...people.officer, role: 'MINISTRY' as const };
      await expect(people.send(mutation, of(id), ministry)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
    }
  });

  it('is done once by twenty who ask at once', async () => {
    const { id, before } = await listed(known(fresh()));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => people.send('eraseBeneficiary', of(id))),
    );
    expect(answers.filter(({ beneficiary }) => beneficiary !== null)).toHaveLength(1);
    expect(await people.rows('households', { _id: before.idHash })).toEqual([]);
  });

  it('is in the audit, which names what changed and shows nothing of it', async () => {
    const { id, activityId } = await listed(sensitive(fresh()));
    await people.send('eraseBeneficiary', of(id));
    const document = `query ($id: ID!) { supportActivity(id: $id) { beneficiaries(purpose: "Kiểm tra việc xóa") {
      nodes { audit { nodes { action subject changes { field before after } } } } } } }`;
    const { data, errors } = await people.graph.ask(document, { id: activityId }, people.officer);
    expect(errors).toBeUndefined();
    const { nodes } = data.supportActivity.beneficiaries.nodes[0].audit;
    const erased = nodes.find(({ action }: { action: string }) => action === 'eraseBeneficiary');
    const hidden = (field: string) => ({ field, before: null, after: null });
    expect(erased.changes).toEqual(
      expect.arrayContaining(['displayName', 'idTail', 'idHash', 'group'].map(hidden)),
    );
    expect(nodes.map(({ action }: { action: string }) => action)).toContain('recordDelivery');
  });
});

describe('names under keys', () => {
  const named = async (displayName: string) => (await record([known(fresh(), { displayName })])).activity.id;
  const namesIn = ({
    data,
  }: {
    data: { supportActivity: { beneficiaries: { nodes: { displayName: string }[] } } };
  }) => data.supportActivity.beneficiaries.nodes.map(({ displayName }) => displayName);

  it('are read by the unit, after the key was turned over too', async () => {
    const id = await named('Đỗ Thị Bảy');
    const turned = await openActivities({
      over: people.graph.connection,
      pii: [testKey('next', 2), testKey('test')],
    });
    expect(namesIn(await turned.ask(read, { id }, people.commander))).toEqual(['Đỗ Thị Bảy']);
    await turned.close();
  });

  it('and hashes of a campaign go on after the key was turned over', async () => {
    const number = fresh();
    await record([known(number)]);
    const turned = await openActivities({
      over: people.graph.connection,
      pii: [testKey('next', 2), testKey('test')],
    });
    const planted = await people.plant();
    const document = `mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { userErrors { code } } }`;
    const input = handOver(planted, [known(number)]);
    const { data } = await turned.ask(document, { input }, people.officer);
    expect(data.recordDelivery.userErrors).toEqual([{ code: 'DUPLICATE_SUPPORT' }]);
    await turned.close();
  });

  it('are null with an error in their place, and a cause in the log, when their key is missing', async () => {
    const id = await named('Đỗ Thị Tám');
    const keyless = await openActivities({ over: people.graph.connection, pii: [testKey('next', 2)] });
    const answer = await keyless.ask(read, { id }, people.officer);
    expect(namesIn(answer)).toEqual([null]);
    expect(answer.data.supportActivity.beneficiaries.nodes[0]).toMatchObject({ consent: 'GIVEN' });
    expect(answer.errors).toMatchObject([
      {
        path: ['supportActivity', 'beneficiaries', 'nodes', 0, 'displayName'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(String(keyless.unexpected.splice(0)[0])).toContain('PII_KEY holds no key "test"');
    await keyless.close();
  });
});

describe('a database of the version before', () => {
  it('has rows of households without versions, which are given one', async () => {
    const database = people.graph.connection.useDb(`test_${key().slice(0, 8)}`);
    const door = openSubgraph(activities, { connection: database, logUnexpected: () => {} });
    const old = { _id: 'ben_old' as never, activityId: 'act_1' };
    await database.collection('activities_deliveries').insertOne(old);
    await door.migrate();
    expect(await database.collection('activities_deliveries').findOne({})).toMatchObject({
      ...old,
      version: 1,
    });
    await database.dropDatabase();
  });
});

describe('what is personal', () => {
  it('is nowhere in the database, the answers or the log', async () => {
    const number = '000299987654';
    const name = 'Hoàng Thị Ẩn Danh';
    const person = known(number, { displayName: name });
    const planted = await people.plant();
    const input = handOver(planted, [person]);
    const answers = [await people.send('recordDelivery', input)];
    const at = { ...planted, expectedVersion: 3 };
    answers.push(await people.send('recordDelivery', handOver(at, [person])));
    answers.push(await people.send('recordDelivery', handOver(at, [person], override), people.commander));
    answers.push(await people.send('recordDelivery', { ...input, deliveries: 3 }));
    answers.push(await people.send('recordDelivery', handOver(at, [{ ...person, idNumber: `${number}9` }])));
    const [first, second] = await listOf(planted.id);
    const of = (row?: Record<string, unknown>) => ({
      idempotencyKey: key(),
      id: row?._id,
      expectedVersion: 1,
    });
    const addOne = {
      idempotencyKey: key(),
      id: planted.id,
      expectedVersion: 4,
      person: { ...person, deliveredOn: '2021-09-05' },
    };
    await people.send('addBeneficiary', { ...addOne, ...override }, people.commander);
    answers.push(await people.send('withdrawConsent', of(first)));
    answers.push(await people.send('eraseBeneficiary', of(second)));
    const db = people.graph.connection.db;
    const collections = (await db?.listCollections().toArray()) ?? [];
    const stored = await Promise.all(
      collections.map(async (collection) => db?.collection(collection.name).find().toArray()),
    );
    const dump = JSON.stringify([stored, answers, people.graph.unexpected.map(String)]);
    expect(collections.length).toBeGreaterThan(10);
    expect(dump).toContain(planted.id);
    for (const secret of [
      number,
      number.slice(3, 9),
      name,
      'Ẩn Danh',
      Buffer.from(number).toString('base64'),
    ]) {
      expect(dump.includes(secret)).toBe(false);
    }
    expect(people.graph.unexpected).toEqual([]);
  });
});
