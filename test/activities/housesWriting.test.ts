import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer } from '../../server/viewer.ts';
import { codesOf } from './activitiesDoor.ts';
import {
  areaOf,
  faultsOf,
  key,
  type OpenedPlanning,
  openPlanning,
  type Seen,
  viewerOf,
} from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const piece = { number: '1/BC', date: null, title: null, url: null, sha256: '0'.repeat(64) };
const reason = 'Hộ dân đã chuyển đi nơi khác.';

interface House {
  readonly activity: Seen;
  readonly house: Seen;
}

/** Plans an activity with a house; both stand then as the test says. */
async function housed(activity: object = {}, house: object = {}): Promise<House> {
  const plan = door.plan({ house: { surveyedOn: '2021-08-20' } });
  const { id, houseId } = await door.planned({ kind: 'NHA_TINH_NGHIA', plan }, activity);
  await door.set('houses', { _id: houseId }, house);
  return { activity: { id, expectedVersion: 1 }, house: { id: houseId ?? '', expectedVersion: 1 } };
}

const advance = (
  { house: { id, expectedVersion } }: House,
  to: string,
  part: object,
  viewer = door.officer,
) => door.send('advanceHouse', { idempotencyKey: key(), id, expectedVersion, to, ...part }, viewer);

const row = async (name: string, _id: string) => (await door.rows(name, { _id }))[0] ?? {};

describe('a house', () => {
  it('is surveyed with the plan of its activity, and stands where that stands', async () => {
    const plan = door.plan({ house: { surveyedOn: '2021-08-20', cost: 11_000_000 } });
    const { activity } = await door.send('planActivity', door.input({ kind: 'NHA_TINH_NGHIA', plan }));
    expect(activity.house).toEqual({
      id: expect.stringMatching(/^hse_/u),
      code: expect.stringMatching(/^NTN-[0-9A-Z]{8}$/u),
      version: 1,
      status: 'SURVEYED',
      surveyedOn: '2021-08-20',
      dueOn: null,
      cost: 11_000_000,
      area: { code: areaOf(door.commune).code },
    });
    const [stored, of] = [await row('houses', activity.house.id), await row('activities', activity.id)];
    const place = ['campaignCode', 'unitCode', 'pathAtEvent', 'provinceAtEvent', 'unitPath', 'scopePath'];
    for (const field of place) expect(stored[field]).toBe(of[field]);
    expect(of.house).toEqual({
      ...{ id: activity.house.id, status: 'SURVEYED', dueOn: null, completedOn: null, cancelledOn: null },
    });
    const [seeded] = await door.rows('houses', { synthetic: true });
    expect(Object.keys(stored).sort()).toEqual(Object.keys(seeded ?? {}).sort());
  });

  it.each([
    ['without a survey', {}, ['INPUT_INVALID ERROR plan.house']],
    [
      'without a place',
      { area: null, house: { surveyedOn: '2021-08-20' } },
      ['INPUT_INVALID ERROR plan.area'],
    ],
    [
      'surveyed tomorrow',
      { house: { surveyedOn: '2026-01-16' } },
      ['HOUSE_DATE_ORDER ERROR plan.house.surveyedOn'],
    ],
    [
      'of a negative cost',
      { house: { surveyedOn: '2021-08-20', cost: -1 } },
      ['AMOUNT_NEGATIVE ERROR plan.house.cost'],
    ],
  ])('is not planned %s', async (_, part, found) => {
    const input = door.input({ kind: 'NHA_TINH_NGHIA', plan: door.plan(part) });
    expect(faultsOf(await door.send('planActivity', input))).toEqual(found);
  });

  it('follows a new plan of its activity', async () => {
    const { activity, house } = await housed();
    const plan = door.plan({ startsOn: '2021-10-01', house: { surveyedOn: '2021-09-25', cost: 9 } });
    const payload = await door.send('updateActivityPlan', { idempotencyKey: key(), ...activity, plan });
    expect(payload.activity.house).toMatchObject({
      id: house.id,
      version: 2,
      surveyedOn: '2021-09-25',
      cost: 9,
    });
  });

  it('goes from the survey to the handing over, and its activity with it', async () => {
    const { activity, house } = await housed({ status: 'APPROVED', evidence: [piece] });
    const step = (version: number, to: string, part: object, viewer = door.officer) =>
      advance({ activity, house: { ...house, expectedVersion: version } }, to, part, viewer);
    const approval = { on: '2021-09-10', dueOn: '2021-12-31', cost: 10_000_000 };
    expect((await step(1, 'APPROVED', approval, door.commander)).house).toMatchObject({
      ...{ version: 2, status: 'APPROVED', approvedOn: '2021-09-10', dueOn: '2021-12-31', cost: 10_000_000 },
      ...{ overdue: true, activity: { version: 2, status: 'APPROVED' } },
    });
    expect((await step(2, 'STARTED', { on: '2021-09-20' })).house).toMatchObject({
      ...{ version: 3, startedOn: '2021-09-20', activity: { version: 3, status: 'IN_PROGRESS' } },
    });
    expect((await step(3, 'COMPLETED', { on: '2021-12-20', cost: 10_500_000 })).house).toMatchObject({
      ...{ completedOn: '2021-12-20', cost: 10_500_000, overdue: false },
    });
    expect((await step(4, 'HANDED_OVER', { on: '2021-12-28' })).house).toMatchObject({
      ...{ version: 5, status: 'HANDED_OVER', handedOverOn: '2021-12-28', cancelledOn: null },
      activity: { id: activity.id, version: 5, status: 'IN_PROGRESS' },
    });
    expect((await row('activities', activity.id)).house).toEqual({
      ...{ id: house.id, status: 'HANDED_OVER' },
      ...{ dueOn: '2021-12-31', completedOn: '2021-12-20', cancelledOn: null },
    });
  });

  it.each([
    [
      'a day before the stage before',
      'APPROVED',
      { on: '2021-08-19', dueOn: '2021-12-31' },
      ['HOUSE_DATE_ORDER ERROR on'],
    ],
    ['a day to come', 'APPROVED', { on: '2026-01-16', dueOn: '2026-12-31' }, ['HOUSE_DATE_ORDER ERROR on']],
    [
      'a due day before the approval',
      'APPROVED',
      { on: '2021-09-10', dueOn: '2021-09-09' },
      ['HOUSE_DATE_ORDER ERROR dueOn'],
    ],
    ['no due day', 'APPROVED', { on: '2021-09-10' }, ['INPUT_INVALID ERROR dueOn']],
    [
      'a negative cost',
      'APPROVED',
      { on: '2021-09-10', dueOn: '2021-12-31', cost: -1 },
      ['AMOUNT_NEGATIVE ERROR cost'],
    ],
    ['no reason', 'CANCELLED', { on: '2021-09-10' }, ['INPUT_INVALID ERROR reason']],
    ['a stage that is not next', 'HANDED_OVER', { on: '2021-09-10' }, ['INVALID_STATE ERROR ']],
    ['the stage it began with', 'SURVEYED', { on: '2021-09-10' }, ['INPUT_INVALID ERROR to']],
  ])('is not advanced with %s', async (_, to, part, found) => {
    const all = await housed({ status: 'APPROVED', evidence: [piece] });
    const viewer = to === 'APPROVED' || to === 'CANCELLED' ? door.commander : door.officer;
    expect(faultsOf(await advance(all, to, part, viewer))).toEqual(found);
    expect(await row('houses', all.house.id)).toMatchObject({ status: 'SURVEYED', version: 1 });
    expect(await row('activities', all.activity.id)).toMatchObject({ version: 1 });
  });

  it('tells a day to come in words', async () => {
    const all = await housed({ status: 'APPROVED' });
    const { userErrors } = await advance(
      all,
      'APPROVED',
      { on: '2026-01-16', dueOn: '2026-12-31' },
      door.commander,
    );
    expect(userErrors[0]?.message).toBe('Ngày của bước APPROVED không được ở tương lai.');
  });

  it.each([
    ['COMPLETED', { status: 'STARTED', startedOn: '2021-09-20' }],
    ['HANDED_OVER', { status: 'COMPLETED', completedOn: '2021-12-20' }],
  ])('is %s only on evidence', async (to, house) => {
    const all = await housed({ status: 'IN_PROGRESS' }, house);
    expect(faultsOf(await advance(all, to, { on: '2021-12-28' }))).toEqual(['EVIDENCE_REQUIRED ERROR ']);
  });

  it('waits for the approval of its activity', async () => {
    const all = await housed();
    const approval = { on: '2021-09-10', dueOn: '2021-12-31' };
    expect(faultsOf(await advance(all, 'APPROVED', approval, door.commander))).toEqual([
      'INVALID_STATE ERROR to',
    ]);
  });

  it('is approved and called off by commanders above, built by officers of the unit', async () => {
    const approval = { on: '2021-09-10', dueOn: '2021-12-31' };
    const surveyed = await housed({ status: 'APPROVED' });
    await expect(advance(surveyed, 'APPROVED', approval)).rejects.toThrow('FORBIDDEN');
    await expect(advance(surveyed, 'CANCELLED', { on: '2021-09-10', reason })).rejects.toThrow('FORBIDDEN');
    await expect(advance(surveyed, 'STARTED', { on: '2021-09-10' }, demoViewer)).rejects.toThrow(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
    const stranger = viewerOf('COMMANDER', 'commander-2', door.elsewhere.scopePath);
    await expect(advance(surveyed, 'APPROVED', approval, stranger)).rejects.toThrow('OUT_OF_SUBTREE');
    const approved = await housed({ status: 'APPROVED' }, { status: 'APPROVED' });
    await expect(advance(approved, 'STARTED', { on: '2021-09-20' }, door.commander)).rejects.toThrow(
      'FORBIDDEN',
    );
    const officer = viewerOf('OFFICER', 'officer-4', door.elsewhere.scopePath);
    await expect(advance(approved, 'STARTED', { on: '2021-09-20' }, officer)).rejects.toThrow(
      'OUT_OF_SUBTREE',
    );
  });
});

describe('calling off', () => {
  it('a house takes its activity along', async () => {
    const all = await housed({ status: 'IN_PROGRESS' }, { status: 'STARTED', startedOn: '2021-09-20' });
    const { house } = await advance(all, 'CANCELLED', { on: '2021-10-01', reason }, door.commander);
    expect(house).toMatchObject({
      status: 'CANCELLED',
      cancelledOn: '2021-10-01',
      activity: { status: 'CANCELLED' },
    });
    expect(await door.rows('audit', { action: 'advanceHouse', entityIds: house.id })).toMatchObject([
      { reason },
    ]);
  });

  it('a house leaves an activity that has handed something over', async () => {
    const all = await housed(
      { status: 'IN_PROGRESS', deliveries: 1 },
      { status: 'STARTED', startedOn: '2021-09-20' },
    );
    const { house } = await advance(all, 'CANCELLED', { on: '2021-10-01', reason }, door.commander);
    expect(house.activity.status).toBe('IN_PROGRESS');
  });

  it('an activity is refused when its house stands', async () => {
    const { activity } = await housed({ status: 'APPROVED' }, { status: 'COMPLETED' });
    const input = { idempotencyKey: key(), ...activity, reason };
    expect(faultsOf(await door.send('cancelActivity', input, door.commander))).toEqual([
      'INVALID_STATE ERROR ',
    ]);
    expect(await row('activities', activity.id)).toMatchObject({ status: 'APPROVED', version: 1 });
  });

  it('an activity takes its house along', async () => {
    const { activity, house } = await housed(
      { status: 'APPROVED' },
      { status: 'APPROVED', approvedOn: '2021-09-10' },
    );
    const payload = await door.send(
      'cancelActivity',
      { idempotencyKey: key(), ...activity, reason },
      door.commander,
    );
    expect(payload.activity).toMatchObject({
      status: 'CANCELLED',
      house: { status: 'CANCELLED', version: 2 },
    });
    expect(await row('houses', house.id)).toMatchObject({ cancelledOn: '2026-01-15' });
    expect((await row('activities', activity.id)).house).toMatchObject({
      status: 'CANCELLED',
      cancelledOn: '2026-01-15',
    });
  });
});

it('of fifty who start a house at once one wins, and house and activity agree', async () => {
  const all = await housed({ status: 'APPROVED' }, { status: 'APPROVED', approvedOn: '2021-09-10' });
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => advance(all, 'STARTED', { on: '2021-09-20' })),
  );
  expect(answers.filter(({ house }) => house !== null)).toHaveLength(1);
  expect(new Set(answers.flatMap(faultsOf))).toEqual(new Set(['VERSION_CONFLICT ERROR expectedVersion']));
  expect(await row('houses', all.house.id)).toMatchObject({ version: 2, status: 'STARTED' });
  expect(await row('activities', all.activity.id)).toMatchObject({
    version: 2,
    house: { status: 'STARTED' },
  });
});

it('what was done to a house is read by its unit and by nobody else', async () => {
  const { house } = await housed();
  const question = 'query ($id: ID!) { houseProject(id: $id) { audit { nodes { action version } } } }';
  const { data } = await door.graph.ask(question, { id: house.id }, door.officer);
  expect(data.houseProject.audit.nodes).toEqual([{ action: 'planActivity', version: 1 }]);
  const stranger = viewerOf('OFFICER', 'officer-4', door.elsewhere.scopePath);
  const other = await door.graph.ask(question, { id: house.id }, stranger);
  expect([other.data, codesOf(other)]).toEqual([{ houseProject: null }, []]);
});
