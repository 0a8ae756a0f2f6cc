import type { ActivityRow } from '../model/activity.ts';
import { invalid, type Problem } from './problem.ts';

/** Whom a plan is meant for. */
interface Targets {
  /** Everybody once; null where the groups are taken not to overlap. */
  readonly targeted: number | null;
  readonly groups: readonly { readonly group: string; readonly targeted: number }[];
}

const countsOf = ({ groups }: Targets): number[] => groups.map(({ targeted }) => targeted);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Gives what is wrong with the counts of a plan: all together are at least the largest group and at most the sum. */
export function targetProblems(targets: Targets, at: readonly (string | number)[]): Problem[] {
  const { targeted } = targets;
  const [least, most] = [Math.max(...countsOf(targets)), sum(countsOf(targets))];
  if (targeted === null || (least <= targeted && targeted <= most)) return [];
  return [
    invalid(
      [...at, 'targeted'],
      `Tổng số người phải từ ${least} (nhóm đông nhất) đến ${most} (cộng các nhóm).`,
      `All together are from ${least} (the largest group) to ${most} (the sum of the groups).`,
    ),
  ];
}

/** Gives the counts of an activity that has reached nobody yet. */
export function peopleOfPlan(targets: Targets): Pick<ActivityRow, 'people' | 'groups'> {
  const nobody = { reached: 0, households: 0 };
  return {
    people: { targeted: targets.targeted ?? sum(countsOf(targets)), ...nobody },
    groups: targets.groups.map(({ group, targeted }) => ({ code: group, targeted, ...nobody })),
  };
}
