import { addDays } from '../../../schema/scalars/period.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { invalid, type Problem } from './problem.ts';

/** The days of an activity. */
interface Days {
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/**
 * Gives what is wrong with the days of an activity: both lie within its campaign, from the day the plan was issued to its
 * last day, and in their order.
 */
export function activityDayProblems(
  { startsOn, endsOn }: Days,
  { issuedOn, endsOn: lastDay }: Pick<CampaignCopyRow, 'issuedOn' | 'endsOn'>,
  at: readonly (string | number)[],
): Problem[] {
  const isOutside = (day: string) => day < issuedOn || (lastDay !== null && day > lastDay);
  const params = { from: issuedOn, before: lastDay === null ? '…' : addDays(lastDay, 1) };
  const problems = [['startsOn', startsOn] as const, ['endsOn', endsOn] as const]
    .filter(([, day]) => day !== null && isOutside(day))
    .map(([field]): Problem => ['ACTIVITY_OUTSIDE_CAMPAIGN', { path: [...at, field], params }]);
  if (endsOn !== null && endsOn < startsOn) {
    problems.push(
      invalid(
        [...at, 'endsOn'],
        `Ngày kết thúc không được trước ngày bắt đầu (${startsOn}).`,
        `The last day cannot lie before the first (${startsOn}).`,
      ),
    );
  }
  return problems;
}
