import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN } from './activitiesDoor.ts';
import { faultsOf, type OpenedPlanning, openPlanning, type Payload } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const campaignIs = (change: object) => door.set('campaigns', { code: CAMPAIGN }, change);
const planWith = (part: object, input: object = {}): Promise<Payload> =>
  door.send('planActivity', door.input({ plan: door.plan(part), ...input }));

describe('a plan is refused', () => {
  it.each([
    ['before the campaign', { startsOn: '2021-08-14' }, ['ACTIVITY_OUTSIDE_CAMPAIGN ERROR plan.startsOn']],
    ['with an end before its beginning', { endsOn: '2021-08-31' }, ['INPUT_INVALID ERROR plan.endsOn']],
    ['with a negative amount', { plannedAmount: -1 }, ['AMOUNT_NEGATIVE ERROR plan.plannedAmount']],
    ['when lines do not add up', { plannedAmount: 1 }, ['FUNDING_MISMATCH ERROR plan.plannedAmount']],
    [
      'with a group nobody knows',
      { groups: [{ group: 'NOBODY', targeted: 4 }] },
      ['INPUT_INVALID ERROR plan.groups.0.group'],
    ],
    [
      'with a source nobody knows',
      { funding: [{ source: 'NOBODY', planned: 12_000_000 }] },
      ['INPUT_INVALID ERROR plan.funding.0.source'],
    ],
    ['with more people than its groups', { targeted: 41 }, ['INPUT_INVALID ERROR plan.targeted']],
    ['with a forged content item', { contentItem: 'itm_x' }, ['NOT_FOUND ERROR plan.contentItem']],
    ['with a helper nobody knows', { coOrganisers: ['X99999.9'] }, ['NOT_FOUND ERROR plan.coOrganisers.0']],
    ['without groups', { groups: [] }, ['INPUT_INVALID ERROR plan.groups']],
    [
      'with a title that is too long',
      { title: { vi: 'x'.repeat(301) } },
      ['INPUT_INVALID ERROR plan.title.vi'],
    ],
    [
      'with an address for an area',
      { area: { code: '12 Phố Huế', listDate: '2021-08-01' } },
      ['INPUT_INVALID ERROR plan.area.code'],
    ],
    [
      'with a house that its kind does not build',
      { house: { surveyedOn: '2021-09-01' } },
      ['INPUT_INVALID ERROR plan.house'],
    ],
    [
      'with all its faults told together',
      { startsOn: '2021-08-14', plannedAmount: 1, coOrganisers: ['X99999.9'] },
      [
        'ACTIVITY_OUTSIDE_CAMPAIGN ERROR plan.startsOn',
        'FUNDING_MISMATCH ERROR plan.plannedAmount',
        'NOT_FOUND ERROR plan.coOrganisers.0',
      ],
    ],
  ])('%s', async (_, part, found) => {
    const before = await door.graph.connection.collection('activities_activities').countDocuments();
    const payload = await planWith(part);
    expect(payload.activity).toBeNull();
    expect(faultsOf(payload)).toEqual(found);
    expect(await door.graph.connection.collection('activities_activities').countDocuments()).toBe(before);
  });

  it('when the owner helps itself, or a helper is named twice', async () => {
    const [own, other] = [door.commune.code, door.elsewhere.unit.code];
    expect(faultsOf(await planWith({ coOrganisers: [own, other, other] }))).toEqual([
      'INPUT_INVALID ERROR plan.coOrganisers.0',
      'INPUT_INVALID ERROR plan.coOrganisers.2',
    ]);
  });

  it('of a kind that says nothing by itself, without a note', async () => {
    expect(faultsOf(await planWith({}, { kind: 'KHAC' }))).toEqual(['INPUT_INVALID ERROR plan.note']);
    expect((await planWith({ note: 'Khử khuẩn khu dân cư' }, { kind: 'KHAC' })).activity.note).toBe(
      'Khử khuẩn khu dân cư',
    );
  });

  it.each([
    ['campaign', { campaign: 'NO-SUCH-CAMPAIGN' }, 'NOT_FOUND ERROR campaign'],
    ['unit', { unit: 'X99999.9' }, 'NOT_FOUND ERROR unit'],
    ['kind', { kind: 'NO_SUCH_KIND' }, 'INPUT_INVALID ERROR kind'],
  ])('of a %s that nobody knows', async (_, part, fault) => {
    expect(faultsOf(await planWith({}, part))).toEqual([fault]);
  });

  it.each(['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'SUMMARISED', 'ARCHIVED'])(
    'in a campaign that is %s',
    async (status) => {
      const [{ status: was } = {}] = await door.rows('campaigns', { code: CAMPAIGN });
      await campaignIs({ status });
      const payload = await planWith({});
      await campaignIs({ status: was });
      expect(payload.userErrors).toMatchObject([
        {
          code: 'CAMPAIGN_NOT_OPEN',
          path: ['input', 'campaign'],
          params: [
            { name: 'campaign', value: CAMPAIGN },
            { name: 'status', value: status },
            { name: 'allowed', value: 'PUBLISHED, ACTIVE, CLOSED' },
          ],
        },
      ]);
    },
  );

  it('after the last day of its campaign', async () => {
    await campaignIs({ endsOn: '2021-09-30' });
    const payload = await planWith({ startsOn: '2021-09-30', endsOn: '2021-10-01' });
    await campaignIs({ endsOn: null });
    expect(payload.userErrors).toMatchObject([
      {
        code: 'ACTIVITY_OUTSIDE_CAMPAIGN',
        path: ['input', 'plan', 'endsOn'],
        message: 'Hoạt động phải nằm trong thời gian của phong trào (từ 2021-08-15 đến trước 2021-10-01).',
      },
    ]);
  });
});
