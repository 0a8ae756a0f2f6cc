import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN } from './activitiesDoor.ts';
import { faultsOf, key, type OpenedPlanning, openPlanning, viewerOf } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const campaignIs = (change: object) => door.set('campaigns', { code: CAMPAIGN }, change);

describe('a new plan', () => {
  const replace = (seen: object, part: object) =>
    door.send('updateActivityPlan', { idempotencyKey: key(), ...seen, plan: door.plan(part) });

  it('replaces the old one as a whole, with all that follows from it', async () => {
    const { id, expectedVersion } = await door.planned({
      plan: door.plan({ note: 'Cũ', endsOn: '2021-09-03' }),
    });
    const { activity } = await replace(
      { id, expectedVersion },
      { startsOn: '2021-10-04', title: { vi: 'Tặng áo ấm' }, area: null },
    );
    expect(activity).toMatchObject({
      ...{ version: 2, status: 'PLANNED', startsOn: '2021-10-04', endsOn: null, note: null, area: null },
      title: { vi: 'Tặng áo ấm', en: null },
    });
    const [row] = await door.rows('activities', { _id: id });
    expect(row).toMatchObject({
      month: '2021-10',
      week: '2021-W40',
      words: expect.arrayContaining(['ao', 'am']),
    });
  });

  it('makes who wrote it an author too', async () => {
    const { id, expectedVersion } = await door.planned();
    const colleague = { ...door.officer, subject: 'officer-9' };
    const input = { idempotencyKey: key(), id, expectedVersion, plan: door.plan() };
    await door.send('updateActivityPlan', input, colleague);
    expect(await door.rows('activities', { _id: id })).toMatchObject([
      { authors: ['officer-1', 'officer-9'] },
    ]);
  });

  it('is checked as the first one was', async () => {
    const { id, expectedVersion } = await door.planned();
    expect(faultsOf(await replace({ id, expectedVersion }, { plannedAmount: 1 }))).toEqual([
      'FUNDING_MISMATCH ERROR plan.plannedAmount',
    ]);
  });

  it('is refused once it is approved, for a version of yesterday, and for a forged id', async () => {
    const { id } = await door.planned({}, { status: 'APPROVED' });
    expect(faultsOf(await replace({ id, expectedVersion: 1 }, {}))).toEqual(['INVALID_STATE ERROR ']);
    const { id: other } = await door.planned({}, { version: 7 });
    expect(faultsOf(await replace({ id: other, expectedVersion: 6 }, {}))).toEqual([
      'VERSION_CONFLICT ERROR expectedVersion',
    ]);
    expect(faultsOf(await replace({ id: 'act_forged', expectedVersion: 1 }, {}))).toEqual([
      'NOT_FOUND ERROR id',
    ]);
  });

  it('is refused when the campaign is summed up', async () => {
    const { id, expectedVersion } = await door.planned();
    await campaignIs({ status: 'SUMMARISED' });
    const payload = await replace({ id, expectedVersion }, {});
    await campaignIs({ status: 'ACTIVE' });
    expect(faultsOf(payload)).toEqual(['CAMPAIGN_NOT_OPEN ERROR ']);
  });

  it('of one unit is not written by another', async () => {
    const { id, expectedVersion } = await door.planned();
    const stranger = viewerOf('OFFICER', 'officer-4', door.elsewhere.scopePath);
    const input = { idempotencyKey: key(), id, expectedVersion, plan: door.plan() };
    await expect(door.send('updateActivityPlan', input, stranger)).rejects.toThrow('OUT_OF_SUBTREE');
  });
});
