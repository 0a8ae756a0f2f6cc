import type { ActivityFacts } from '../../../subgraphs/activities/index.ts';
import type { Random } from '../random.ts';
import type { Listed } from './deliveries.ts';
import { type Draft, isDelivered } from './draft.ts';

export interface Reached {
  readonly people: ActivityFacts['people'];
  readonly groups: ActivityFacts['groups'];
  /** Times that help was handed over to a household. */
  readonly deliveries: number;
  /** Times that it was planned to be. */
  readonly planned: number;
}

/** Hand-overs of a large distribution: a ward's in three weeks, up to a city's (DOMAIN §6). */
const massOf = ({ reporter: { level } }: Draft, random: Random): number =>
  level === 'COMMUNE'
    ? random.int(200, 1_040)
    : level === 'DISTRICT'
      ? random.int(400, 2_400)
      : random.int(800, 6_500);

/** Some of those expected are not met. */
const expected = (count: number, random: Random): number =>
  count + Math.floor((count * random.int(0, 15)) / 100);

/** Counts the people of an activity from its list; those of a large distribution, or of a plan, by estimate. */
export function peopleOf(draft: Draft, list: readonly Listed[], random: Random): Reached {
  if (draft.mass && isDelivered(draft.status)) return estimated(draft, massOf(draft, random), random);
  if (list.length > 0) return fromList(draft, list, random);
  return plannedOnly(draft, draft.house === null ? random.int(5, 60) : 1, random);
}

function fromList({ kind }: Draft, list: readonly Listed[], random: Random): Reached {
  const groups = kind.groups.flatMap((code) => {
    const rows = list.filter(({ group }) => group === code);
    const reached = rows.reduce((sum, { size }) => sum + size, 0);
    return rows.length === 0
      ? []
      : [{ code, targeted: expected(reached, random), reached, households: rows.length }];
  });
  return {
    people: totalOf(groups, 0),
    groups,
    deliveries: list.length,
    planned: expected(list.length, random),
  };
}

/** In a large distribution some people count in two groups. */
function estimated({ kind }: Draft, households: number, random: Random): Reached {
  const [main = '', second] = kind.groups;
  const aside = second === undefined ? 0 : Math.floor((households * random.int(10, 40)) / 100);
  const sizes = random.int(28, 40);
  const group = (code: string, count: number) => {
    const reached = Math.floor((count * sizes) / 10);
    return { code, targeted: expected(reached, random), reached, households: count };
  };
  const groups = [group(main, households - aside), ...(second && aside > 0 ? [group(second, aside)] : [])];
  const both = groups.length < 2 ? 0 : Math.floor((groups[1]?.reached ?? 0) / 10);
  return {
    people: totalOf(groups, both),
    groups,
    deliveries: households,
    planned: expected(households, random),
  };
}

function plannedOnly({ kind }: Draft, households: number, random: Random): Reached {
  const code = random.pick(kind.groups);
  const groups = [{ code, targeted: households * random.int(2, 4), reached: 0, households: 0 }];
  return { people: totalOf(groups, 0), groups, deliveries: 0, planned: households };
}

type Group = { readonly targeted: number; readonly reached: number; readonly households: number };

/** Everybody once: `both` people are in two groups. */
const totalOf = (groups: readonly Group[], both: number): ActivityFacts['people'] => {
  const sum = (read: (group: Group) => number) => groups.reduce((total, group) => total + read(group), 0);
  return {
    targeted: sum(({ targeted }) => targeted) - both,
    reached: sum(({ reached }) => reached) - both,
    households: sum(({ households }) => households),
  };
};
