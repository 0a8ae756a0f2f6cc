import { regionOfProvince } from '../../database/seed/units/provinces.ts';
import type { ActivityFacts, DeliveryRow } from '../../subgraphs/activities/index.ts';
import type { OpenedActivities } from './activitiesDoor.ts';

/** An activity with its list: all that a sum can be made from. */
export interface Fact {
  readonly activity: ActivityFacts;
  readonly list: readonly DeliveryRow[];
}

/** A question about the campaign as reported, by codes and periods. */
export interface Question {
  readonly groupBy: readonly string[];
  readonly metrics: readonly string[];
  readonly under: string | null;
  readonly during: string | null;
  readonly kind: readonly string[] | null;
  readonly group: readonly string[] | null;
}

/** A fact as it counts in one row: for one of its groups, for one of its sources. */
interface Part {
  readonly fact: Fact;
  readonly group: ActivityFacts['groups'][number] | null;
  readonly line: ActivityFacts['funding'][number] | null;
}

export function factsOf({ seed }: Pick<OpenedActivities, 'seed'>): Fact[] {
  const lists = new Map<string, DeliveryRow[]>();
  for (const row of seed.rows.deliveries)
    lists.set(row.activityId, [...(lists.get(row.activityId) ?? []), row]);
  return [...seed.rows.activities].map((activity) => ({ activity, list: lists.get(activity._id) ?? [] }));
}

const spans: Readonly<Record<string, readonly [string, string]>> = {
  '2021': ['2021-01-01', '2022-01-01'],
  '2021-Q4': ['2021-10-01', '2022-01-01'],
  '2021-09': ['2021-09-01', '2021-10-01'],
  '2022-H1': ['2022-01-01', '2022-07-01'],
};

function counts({ activity }: Fact, { under, during, kind, group }: Question): boolean {
  const [from, before] = spans[during ?? ''] ?? ['', '9'];
  return (
    activity.status !== 'CANCELLED' &&
    (under === null || activity.pathAtEvent.split('/').includes(under)) &&
    from <= activity.startsOn &&
    activity.startsOn < before &&
    (kind === null || kind.includes(activity.kind)) &&
    (group === null || activity.groups.some(({ code }) => group.includes(code)))
  );
}

/** The Thursday of the week says which year and week it is. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const year = date.getUTCFullYear();
  const week = Math.ceil(((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function keyOf(dimension: string, { fact: { activity }, group, line }: Part, { under }: Question): string {
  const codes = activity.pathAtEvent.split('/').filter(Boolean);
  const child = codes[codes.indexOf(under ?? codes[0] ?? '') + 1] ?? codes.at(-1) ?? '';
  const keys: Readonly<Record<string, string | null | undefined>> = {
    CHILD_UNIT: child,
    PROVINCE: activity.provinceAtEvent,
    REGION: regionOfProvince('2021-08-01', activity.provinceAtEvent ?? ''),
    LEVEL: activity.levelAtEvent,
    MONTH: activity.startsOn.slice(0, 7),
    WEEK: weekOf(activity.startsOn),
    PHASE: null,
    KIND: activity.kind,
    GROUP: group?.code,
    FUNDING: line?.code,
    CONTENT_ITEM: activity.contentItemCode,
  };
  return keys[dimension] ?? 'NONE';
}

const today = '2026-01-15';

function numberOf(metric: string, { fact: { activity }, group, line }: Part): number {
  const { house } = activity;
  const people = group ?? activity.people;
  const values: Readonly<Record<string, number | null>> = {
    ACTIVITIES: 1,
    DELIVERIES: activity.deliveries,
    AMOUNT: line ? line.amount : activity.amount,
    PLANNED_AMOUNT: line ? line.planned : activity.plannedAmount,
    PEOPLE_TARGETED: people.targeted,
    PEOPLE_REACHED: people.reached,
    HOUSEHOLDS: people.households,
    HOUSES: house ? 1 : 0,
    HOUSES_OVERDUE: house?.dueOn && house.dueOn < today && !house.completedOn ? 1 : 0,
  };
  return values[metric] ?? 0;
}

function partsOf(fact: Fact, { groupBy, group: asked }: Question): Part[] {
  const wanted = fact.activity.groups.filter(({ code }) => asked === null || asked.includes(code));
  const groups = groupBy.includes('GROUP') ? wanted : [null];
  const lines = groupBy.includes('FUNDING') ? fact.activity.funding : [null];
  return groups.flatMap((group) => lines.map((line) => ({ fact, group, line })));
}

/** By group, only the groups asked have rows. */
const isLeftOut = (group: string | null, { groupBy, group: asked }: Question): boolean =>
  groupBy.includes('GROUP') && asked !== null && !asked.includes(group ?? '');

/** Different households by row; by group a household stands where its own row says. */
function distinct(facts: readonly Fact[], question: Question): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const withoutGroups = {
    ...question,
    groupBy: question.groupBy.filter((dimension) => dimension !== 'GROUP'),
  };
  for (const fact of facts) {
    for (const part of partsOf(fact, withoutGroups)) {
      for (const { householdId, group } of fact.list) {
        if (isLeftOut(group, question)) continue;
        const key = question.groupBy
          .map((dimension) => (dimension === 'GROUP' ? (group ?? 'NONE') : keyOf(dimension, part, question)))
          .join('|');
        found.set(key, (found.get(key) ?? new Set()).add(householdId));
      }
    }
  }
  return found;
}

/** Adds up by plain loops, one fact after the other: what the rollup must give, read from no database. */
export function naiveRollup(all: readonly Fact[], question: Question) {
  const facts = all.filter((fact) => counts(fact, question));
  const parts = facts.flatMap((fact) => partsOf(fact, question));
  const households = distinct(facts, question);
  const keyed = parts.map((part) => ({
    part,
    key: question.groupBy.map((dimension) => keyOf(dimension, part, question)).join('|'),
  }));
  const keys = new Set([
    ...keyed.map(({ key }) => key),
    ...(question.metrics.includes('DISTINCT_HOUSEHOLDS') ? households.keys() : []),
  ]);
  const everybody = new Set(facts.flatMap(({ list }) => list.map(({ householdId }) => householdId)));
  const sum = (some: readonly Part[], metric: string) =>
    some.reduce((total, part) => total + numberOf(metric, part), 0);
  const whole = facts.map((fact) => ({ fact, group: null, line: null }));
  return {
    rows: Object.fromEntries(
      [...keys].map((key) => [
        key,
        question.metrics.map((metric) =>
          metric === 'DISTINCT_HOUSEHOLDS'
            ? (households.get(key)?.size ?? 0)
            : sum(
                keyed.filter((each) => each.key === key).map(({ part }) => part),
                metric,
              ),
        ),
      ]),
    ),
    totals: question.metrics.map((metric) =>
      metric === 'DISTINCT_HOUSEHOLDS' ? everybody.size : sum(whole, metric),
    ),
  };
}
