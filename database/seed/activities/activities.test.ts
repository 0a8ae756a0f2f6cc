import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityFacts, DeliveryRow, HouseRow } from '../../../subgraphs/activities/index.ts';
import { testVolumes } from '../../../test/harness/volumes.ts';
import { buildCampaigns } from '../campaigns/campaigns.ts';
import { buildTree } from '../units/tree.ts';
import { buildActivities, type SeedActivities } from './activities.ts';
import { readCatalogue } from './catalogue.ts';

const volumes = { ...testVolumes, activities: 400, deliveries: 1_500, households: 800, houses: 32 };

const build = (): SeedActivities => {
  const tree = buildTree(volumes);
  return buildActivities(volumes, tree, buildCampaigns(volumes, tree).copies);
};

let activities: ActivityFacts[];
let houses: HouseRow[];
let deliveries: DeliveryRow[];
let seed: SeedActivities;

beforeAll(() => {
  seed = build();
  activities = [...seed.rows.activities];
  houses = [...seed.rows.houses];
  deliveries = [...seed.rows.deliveries];
});

const sum = (numbers: readonly (number | null)[]): number =>
  numbers.reduce<number>((a, b) => a + (b ?? 0), 0);

describe('the synthetic support activities', () => {
  it('are as many as asked, and the same each time', () => {
    expect(activities).toHaveLength(volumes.activities);
    expect(deliveries).toHaveLength(volumes.deliveries);
    expect(houses).toHaveLength(volumes.houses);
    const again = build();
    expect([...again.rows.activities]).toEqual(activities);
    expect([...again.rows.deliveries]).toEqual(deliveries);
    expect(again.refs).toEqual(seed.refs);
  });

  it('have funding lines that add up exactly', () => {
    for (const { funding, amount, plannedAmount } of activities) {
      expect(sum(funding.map((line) => line.amount))).toBe(amount);
      expect(sum(funding.map((line) => line.planned))).toBe(plannedAmount);
      expect(funding.every((line) => line.amount >= 0 && line.planned >= 0)).toBe(true);
    }
  });

  it('reach nobody and cost nothing before something is handed over', () => {
    const open = activities.filter(({ status }) => ['PLANNED', 'APPROVED', 'CANCELLED'].includes(status));
    expect(open.length).toBeGreaterThan(0);
    for (const { amount, deliveries: count, people, evidence } of open) {
      expect([amount, count, people.reached, people.households, evidence.length]).toEqual([0, 0, 0, 0, 0]);
    }
  });

  it('count the people of their lists', () => {
    for (const activity of activities) {
      const list = deliveries.filter(({ activityId }) => activityId === activity._id);
      if (list.length === 0) continue;
      expect(activity.people.households).toBe(list.length);
      expect(activity.people.reached).toBe(sum(list.map(({ householdSize }) => householdSize)));
      expect(new Set(list.map(({ householdId }) => householdId)).size).toBe(list.length);
    }
  });

  it('lie within the campaign, in the unit tree of their day, with every status and kind', () => {
    const days = activities.map(({ startsOn }) => startsOn).sort();
    expect(days.every((day) => day >= '2021-08-15' && day <= '2022-06-24')).toBe(true);
    expect(new Set(activities.map(({ status }) => status)).size).toBe(6);
    expect(new Set(activities.map(({ kind }) => kind)).size).toBe(10);
    expect(activities.every(({ pathAtEvent, unitCode }) => pathAtEvent.endsWith(`/${unitCode}/`))).toBe(true);
  });

  it('have houses in all stages, whose dates follow each other', () => {
    expect(new Set(houses.map(({ status }) => status)).size).toBe(6);
    for (const house of houses) {
      const { surveyedOn, approvedOn, startedOn, completedOn, handedOverOn } = house;
      const dates = [surveyedOn, approvedOn, startedOn, completedOn, handedOverOn].flatMap(
        (date) => date ?? [],
      );
      expect([...dates].sort()).toEqual(dates);
    }
    const overdue = houses.filter(({ dueOn, completedOn }) => dueOn && dueOn < '2022-06-24' && !completedOn);
    expect(overdue.length).toBeGreaterThan(0);
  });

  it('hold no person: no name, no number, no sensitive group without consent, and everything is marked', () => {
    for (const row of deliveries) {
      expect([row.displayName, row.idTail, row.idCheck, row.synthetic]).toEqual([
        null,
        null,
        'NOT_GIVEN',
        true,
      ]);
      if (['NGUOI_KHUYET_TAT', 'TRE_MO_COI'].includes(row.group ?? '')) expect(row.consent).toBe('GIVEN');
    }
    expect(activities.every(({ synthetic }) => synthetic)).toBe(true);
  });

  it('refer to themselves as they are', () => {
    expect(seed.refs.map(({ id, code, endsOn }) => [id, code, endsOn])).toEqual(
      activities.map(({ _id, code, endsOn }) => [_id, code, endsOn]),
    );
  });

  it('come back in several lists of the same household', () => {
    const households = new Set(deliveries.map(({ householdId }) => householdId)).size;
    expect(households).toBeGreaterThan(volumes.households / 2);
    expect(households).toBeLessThan(volumes.deliveries);
  });

  it('are none in a seed without them, which still has the catalogues', () => {
    const none = { ...volumes, activities: 0, deliveries: 0, households: 0, houses: 0 };
    const tree = buildTree(none);
    const { rows, refs } = buildActivities(none, tree, buildCampaigns(none, tree).copies);
    expect([[...rows.activities], [...rows.catalogue].length, refs]).toEqual([[], 23, []]);
  });
});

describe('the catalogues', () => {
  it('are those of the published list, remarks made flags', () => {
    const rows = readCatalogue();
    const codes = (dimension: string) => rows.filter((row) => row.dimension === dimension).length;
    expect([codes('KIND'), codes('GROUP'), codes('FUNDING')]).toEqual([10, 9, 4]);
    expect(rows.filter(({ sensitive }) => sensitive).map(({ code, name }) => [code, name.en])).toEqual([
      ['NGUOI_KHUYET_TAT', 'Disabled people'],
      ['TRE_MO_COI', 'Orphans'],
    ]);
    expect(rows.filter(({ noteRequired }) => noteRequired).map(({ code }) => code)).toEqual(['KHAC']);
    expect(rows.filter(({ buildsHouse }) => buildsHouse).map(({ code }) => code)).toEqual(['NHA_TINH_NGHIA']);
  });
});
