import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import type { ActivityFacts, DeliveryRow } from '../../subgraphs/activities/index.ts';
import { codesOf } from './activitiesDoor.ts';
import { naiveRollup } from './naiveRollup.ts';
import { faultsOf, key, type OpenedPeople, openPeople, type Planted } from './peopleDoor.ts';

let people: OpenedPeople;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.graph.close());

const line = (amount: number, source = 'XA_HOI_HOA') => ({ source, amount });
const handOver = ({ id, expectedVersion }: Planted, given: object = {}) => ({
  idempotencyKey: key(),
  id,
  expectedVersion,
  deliveredOn: '2021-09-02',
  deliveries: 10,
  groups: [{ group: 'NGUOI_NGHEO', reached: 35, households: 10 }],
  amount: 5_000_000,
  funding: [line(5_000_000)],
  ...given,
});

describe('recordDelivery', () => {
  it('adds counts, money and things to the activity, which is under way then', async () => {
    const rice = { item: { vi: 'Gạo' }, quantity: 100, measure: { vi: 'kg' }, value: 1_500_000 };
    const planted = await people.plant({ kind: 'HO_TRO_VAT_CHAT' });
    const first = await people.send('recordDelivery', handOver(planted, { inKind: [rice] }));
    expect(first).toEqual({
      activity: {
        id: planted.id,
        version: 3,
        status: 'IN_PROGRESS',
        endsOn: null,
        deliveries: 10,
        amount: 5_000_000,
        people: { targeted: 40, reached: 35, households: 10 },
        groups: [{ group: { code: 'NGUOI_NGHEO' }, targeted: 40, reached: 35, households: 10 }],
        funding: [{ source: { code: 'XA_HOI_HOA' }, planned: 10_000_000, amount: 5_000_000 }],
        inKind: [{ item: { vi: 'Gạo' }, quantity: 100, value: 1_500_000 }],
      },
      userErrors: [],
    });
    const second = await people.send(
      'recordDelivery',
      handOver(
        { ...planted, expectedVersion: 3 },
        {
          deliveredOn: '2021-09-05',
          deliveries: 4,
          reached: 12,
          households: 4,
          groups: [
            { group: 'NGUOI_NGHEO', reached: 8, households: 3 },
            { group: 'NGUOI_CAO_TUOI', reached: 5, households: 2 },
          ],
          amount: 2_000_000,
          funding: [line(500_000), line(1_500_000, 'DON_VI')],
          inKind: [{ ...rice, quantity: 40, value: 600_000 }],
        },
      ),
    );
    expect(second.activity).toMatchObject({
      version: 4,
      deliveries: 14,
      amount: 7_000_000,
      people: { targeted: 40, reached: 47, households: 14 },
      groups: [
        { group: { code: 'NGUOI_NGHEO' }, targeted: 40, reached: 43, households: 13 },
        { group: { code: 'NGUOI_CAO_TUOI' }, targeted: 0, reached: 5, households: 2 },
      ],
      funding: [
        { source: { code: 'XA_HOI_HOA' }, planned: 10_000_000, amount: 5_500_000 },
        { source: { code: 'DON_VI' }, planned: 0, amount: 1_500_000 },
      ],
      inKind: [{ item: { vi: 'Gạo' }, quantity: 140, value: 2_100_000 }],
    });
  });

  it('is audited and told to others, and keeps who recorded it out of both', async () => {
    const planted = await people.plant();
    await people.send('recordDelivery', handOver(planted));
    const [entry] = await people.rows('audit', { entityIds: planted.id });
    expect(entry).toMatchObject({
      action: 'recordDelivery',
      type: 'SupportActivity',
      version: 3,
      subject: 'officer-1',
    });
    const { changes } = entry as { changes: { field: string }[] };
    expect(changes.map(({ field }) => field).sort()).toEqual([
      'amount',
      'deliveries',
      'funding',
      'groups',
      'people',
      'status',
    ]);
    expect(await people.rows('outbox', { entityId: planted.id })).toMatchObject([
      {
        type: 'SupportActivity',
        version: 3,
        action: 'recordDelivery',
        copy: null,
        stream: 'activities_activities',
      },
    ]);
    expect(await people.rows('activities', { _id: planted.id })).toMatchObject([
      { authors: ['planner-1', 'officer-1'] },
    ]);
  });

  it('is done once under one key', async () => {
    const planted = await people.plant();
    const input = handOver(planted);
    const first = await people.send('recordDelivery', input);
    expect(await people.send('recordDelivery', input)).toEqual(first);
    expect(faultsOf(await people.send('recordDelivery', { ...input, deliveries: 11 }))).toEqual([
      'IDEMPOTENCY_REUSED ERROR idempotencyKey',
    ]);
  });

  it.each<[string, object, string[]]>([
    ['a line that is missing', { funding: [] }, ['FUNDING_MISMATCH ERROR amount']],
    [
      'an amount below zero',
      { amount: -1, funding: [line(-1)] },
      ['AMOUNT_NEGATIVE ERROR amount', 'AMOUNT_NEGATIVE ERROR funding.0.amount'],
    ],
    ['people without a delivery', { deliveries: 0 }, ['REACHED_WITHOUT_DELIVERY ERROR deliveries']],
    [
      'a day before the campaign',
      { deliveredOn: '2021-08-14' },
      ['ACTIVITY_OUTSIDE_CAMPAIGN ERROR deliveredOn'],
    ],
    ['a day before the activity', { deliveredOn: '2021-08-31' }, ['INPUT_INVALID ERROR deliveredOn']],
    ['a day to come', { deliveredOn: '2026-01-16' }, ['INPUT_INVALID ERROR deliveredOn']],
    [
      'a group that nobody knows',
      { groups: [{ group: 'KHONG_CO', reached: 1, households: 1 }] },
      ['INPUT_INVALID ERROR groups.0.group'],
    ],
    [
      'a source that nobody knows',
      { funding: [line(5_000_000, 'KHONG_CO')] },
      ['INPUT_INVALID ERROR funding.0.source'],
    ],
    ['nothing at all', { deliveries: 0, groups: [], amount: 0, funding: [] }, ['INPUT_INVALID ERROR ']],
    ['a negative count', { deliveries: -1 }, ['INPUT_INVALID ERROR deliveries']],
    [
      'a thing of no quantity',
      { inKind: [{ item: { vi: 'Gạo' }, quantity: 0, measure: { vi: 'kg' }, value: 1 }] },
      ['INPUT_INVALID ERROR inKind.0.quantity'],
    ],
    [
      'a text that is too long',
      { inKind: [{ item: { vi: 'x'.repeat(201) }, quantity: 1, measure: { vi: 'kg' }, value: 1 }] },
      ['INPUT_INVALID ERROR inKind.0.item.vi'],
    ],
    [
      'too many lines',
      { funding: Array.from({ length: 21 }, () => line(0)) },
      ['INPUT_INVALID ERROR funding'],
    ],
    ['a forged id', { id: 'act_forged' }, ['NOT_FOUND ERROR id']],
    ['a version of yesterday', { expectedVersion: 1 }, ['VERSION_CONFLICT ERROR expectedVersion']],
  ])('refuses %s', async (_, wrong, found) => {
    const planted = await people.plant();
    const payload = await people.send('recordDelivery', handOver(planted, wrong));
    expect(payload.activity).toBeNull();
    expect(faultsOf(payload)).toEqual(found);
    expect(await people.rows('activities', { _id: planted.id })).toMatchObject([
      { version: 2, deliveries: 0 },
    ]);
  });

  it('tells all faults of a request together, and the days of the campaign', async () => {
    const planted = await people.plant();
    const payload = await people.send(
      'recordDelivery',
      handOver(planted, {
        deliveredOn: '2021-01-01',
        funding: [line(1)],
        groups: [{ group: 'X1', reached: 1, households: 1 }],
      }),
    );
    expect(faultsOf(payload)).toEqual([
      'ACTIVITY_OUTSIDE_CAMPAIGN ERROR deliveredOn',
      'INPUT_INVALID ERROR groups.0.group',
      'FUNDING_MISMATCH ERROR amount',
    ]);
    expect(payload.userErrors[0]?.params[0]).toEqual({ name: 'from', value: '2021-08-15' });
  });

  it('is refused for a campaign whose books are shut', async () => {
    const campaigns = people.graph.connection.collection('activities_campaigns');
    const planted = await people.plant();
    const [activity] = await people.rows('activities', { _id: planted.id });
    const of = { _id: activity?.campaignId as never };
    await campaigns.updateOne(of, { $set: { status: 'CLOSED' } });
    expect(faultsOf(await people.send('recordDelivery', handOver(planted)))).toEqual([]);
    await campaigns.updateOne(of, { $set: { status: 'SUMMARISED' } });
    const late = handOver({ ...planted, expectedVersion: 3 });
    const refused = faultsOf(await people.send('recordDelivery', late));
    await campaigns.updateOne(of, { $set: { status: 'ACTIVE' } });
    expect(refused).toEqual(['CAMPAIGN_NOT_OPEN ERROR ']);
  });

  it.each<[string, (own: string) => Partial<Viewer>, string]>([
    ['the public', () => ({ role: 'PUBLIC' }), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['a partner', () => ({ role: 'PARTNER' }), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['the ministry', () => ({ role: 'MINISTRY', unitPath: '/BCA/' }), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['an administrator', () => ({ role: 'ADMIN', unitPath: '/BCA/' }), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    [
      'the commander above',
      (own) => ({ role: 'COMMANDER', unitPath: own.replace(/[^/]+\/$/u, '') }),
      'OUT_OF_SUBTREE',
    ],
    ['an officer elsewhere', () => ({ role: 'OFFICER', unitPath: '/BCA/T99.1/' }), 'OUT_OF_SUBTREE'],
  ])('is not for %s', async (_, who, code) => {
    const planted = await people.plant();
    const viewer = { ...publicViewer, subject: 'somebody', ...who(people.unitPath) };
    await expect(people.send('recordDelivery', handOver(planted), viewer)).rejects.toThrow(code);
    const complete = { idempotencyKey: key(), id: planted.id, expectedVersion: 2 };
    await expect(people.send('completeActivity', complete, viewer)).rejects.toThrow(code);
  });

  it('adds up exactly when ten record ten times each at once, and try again', async () => {
    const { id } = await people.plant();
    let refused = 0;
    const one = async (): Promise<void> => {
      for (;;) {
        const [row] = await people.rows('activities', { _id: id });
        const planted = { id, code: '', expectedVersion: row?.version as number };
        const given = {
          deliveries: 1,
          groups: [{ group: 'NGUOI_NGHEO', reached: 3, households: 1 }],
          amount: 7,
          funding: [line(7)],
        };
        const faults = faultsOf(await people.send('recordDelivery', handOver(planted, given)));
        if (faults.length === 0) return;
        expect(faults).toEqual(['VERSION_CONFLICT ERROR expectedVersion']);
        refused += 1;
      }
    };
    const ten = async () => {
      for (let count = 0; count < 10; count += 1) await one();
    };
    await Promise.all(Array.from({ length: 10 }, ten));
    const [row] = await people.rows('activities', { _id: id });
    expect(row).toMatchObject({
      version: 102,
      deliveries: 100,
      amount: 700,
      people: { targeted: 40, reached: 300, households: 100 },
      funding: [{ code: 'XA_HOI_HOA', planned: 10_000_000, amount: 700 }],
    });
    expect(refused).toBeGreaterThan(0);
    expect(await people.rows('audit', { entityIds: id })).toHaveLength(100);
  });
});

describe('completeActivity', () => {
  const complete = ({ id, expectedVersion }: Planted, endsOn?: string) => ({
    idempotencyKey: key(),
    id,
    expectedVersion,
    endsOn,
  });

  it('says that all help is handed over, and on which day the activity ended', async () => {
    const planted = await people.plant({ status: 'IN_PROGRESS' });
    const { activity } = await people.send('completeActivity', complete(planted, '2021-09-10'));
    expect(activity).toMatchObject({ status: 'DELIVERED', endsOn: '2021-09-10', version: 3 });
    expect(await people.rows('activities', { _id: planted.id })).toMatchObject([
      { authors: ['planner-1', 'officer-1'] },
    ]);
  });

  it('keeps the planned last day', async () => {
    const planted = await people.plant({ status: 'IN_PROGRESS', endsOn: '2021-09-30' });
    expect((await people.send('completeActivity', complete(planted))).activity).toMatchObject({
      endsOn: '2021-09-30',
    });
  });

  it.each<[string, string | undefined, string]>([
    ['no last day at all', undefined, 'INPUT_INVALID ERROR endsOn'],
    ['a last day before the first', '2021-08-20', 'INPUT_INVALID ERROR endsOn'],
    ['a last day to come', '2027-01-01', 'INPUT_INVALID ERROR endsOn'],
    ['a last day before the campaign', '2021-01-01', 'ACTIVITY_OUTSIDE_CAMPAIGN ERROR endsOn'],
  ])('refuses %s', async (_, endsOn, fault) => {
    const planted = await people.plant({ status: 'IN_PROGRESS' });
    expect(faultsOf(await people.send('completeActivity', complete(planted, endsOn)))).toEqual([fault]);
  });

  it('waits for the house to be handed over', async () => {
    const house = {
      id: 'hse_1',
      status: 'COMPLETED',
      dueOn: null,
      completedOn: '2021-10-01',
      cancelledOn: null,
    } as const;
    const planted = await people.plant({ kind: 'NHA_TINH_NGHIA', status: 'IN_PROGRESS', house });
    expect(faultsOf(await people.send('completeActivity', complete(planted, '2021-10-02')))).toEqual([
      'INVALID_STATE ERROR ',
    ]);
    const handed = await people.plant({
      kind: 'NHA_TINH_NGHIA',
      status: 'IN_PROGRESS',
      house: { ...house, status: 'HANDED_OVER' },
    });
    expect(faultsOf(await people.send('completeActivity', complete(handed, '2021-10-02')))).toEqual([]);
  });

  it.each(['PLANNED', 'APPROVED', 'DELIVERED', 'VERIFIED', 'CANCELLED'] as const)(
    'and recordDelivery keep to the states: %s',
    async (status) => {
      const planted = await people.plant({ status });
      expect(faultsOf(await people.send('completeActivity', complete(planted, '2021-09-10')))).toEqual([
        'INVALID_STATE ERROR ',
      ]);
      const recorded = faultsOf(await people.send('recordDelivery', handOver(planted)));
      expect(recorded).toEqual(status === 'APPROVED' ? [] : ['INVALID_STATE ERROR ']);
    },
  );

  it('leads to one winner of fifty', async () => {
    const planted = await people.plant({ status: 'IN_PROGRESS' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => people.send('completeActivity', complete(planted, '2021-09-10'))),
    );
    expect(answers.filter(({ activity }) => activity !== null)).toHaveLength(1);
    expect(answers.flatMap(faultsOf)).toEqual(Array(49).fill('VERSION_CONFLICT ERROR expectedVersion'));
  });
});

describe('what was recorded', () => {
  const rollup = `query ($input: SupportRollupInput!) { supportRollup(input: $input) { totals { metric value } } }`;
  const totals = async (id: string) => {
    const metrics = [
      'ACTIVITIES',
      'DELIVERIES',
      'PEOPLE_REACHED',
      'HOUSEHOLDS',
      'DISTINCT_HOUSEHOLDS',
      'AMOUNT',
    ];
    const input = { filter: { id: [id] }, metrics };
    const { data } = await people.graph.ask(rollup, { input }, people.officer);
    return data.supportRollup.totals.map(({ value }: { value: number }) => value);
  };

  it('is in the rollups', async () => {
    const planted = await people.plant();
    expect(await totals(planted.id)).toEqual([1, 0, 0, 0, 0, 0]);
    const rows = [1, 2, 3, 4, 5].map((size) => ({ group: 'NGUOI_NGHEO', householdSize: size }));
    const input = handOver(planted, {
      deliveries: null,
      groups: null,
      people: rows,
      amount: 900,
      funding: [line(900)],
    });
    expect(faultsOf(await people.send('recordDelivery', input))).toEqual([]);
    expect(await totals(planted.id)).toEqual([1, 5, 15, 5, 5, 900]);
  });

  it('is counted as a plain loop over all that is stored counts it', async () => {
    const lists = (await people.rows('deliveries', {})) as unknown as DeliveryRow[];
    const stored = (await people.rows('activities', {})) as unknown as ActivityFacts[];
    const facts = stored.map((activity) => ({
      activity,
      list: lists.filter(({ activityId }) => activityId === activity._id),
    }));
    await people.graph.recounted();
    const metrics = ['DELIVERIES', 'PEOPLE_REACHED', 'HOUSEHOLDS', 'DISTINCT_HOUSEHOLDS', 'AMOUNT'];
    for (const dimension of ['KIND', 'GROUP', 'FUNDING', 'MONTH']) {
      const question = { groupBy: [dimension], metrics, under: null, during: null, kind: null, group: null };
      const asked = `query ($input: SupportRollupInput!) { supportRollup(input: $input) {
        rows { keys { code } values { value } } totals { value } } }`;
      const { data } = await people.graph.ask(asked, {
        input: { filter: {}, groupBy: [dimension], metrics },
      });
      const values = (each: { value: number }[]) => each.map(({ value }) => value);
      const { rows, totals: whole } = data.supportRollup;
      const table = rows.map((row: { keys: { code: string }[]; values: { value: number }[] }) => [
        row.keys[0]?.code,
        values(row.values),
      ]);
      expect({ rows: Object.fromEntries(table), totals: values(whole) }).toEqual(
        naiveRollup(facts, question),
      );
    }
  });

  it('never names who recorded it', async () => {
    const answer = await people.graph.ask('{ supportActivities { nodes { authors } } }');
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});
