import { addDays } from '../../../schema/scalars/period.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { invalid, type Problem } from './problem.ts';

/** What the day of a hand-over is measured by. */
export interface DayBounds {
  readonly campaign: Pick<CampaignCopyRow, 'issuedOn' | 'endsOn'>;
  /** The first day of the activity. */
  readonly startsOn: string;
  readonly today: string;
}

/** Gives what is wrong with the day of a hand-over: it lies in the campaign, not before the activity, not in the future. */
export function dayProblem(
  day: string,
  { campaign, startsOn, today }: DayBounds,
  path: readonly (string | number)[],
): Problem | null {
  const { issuedOn, endsOn } = campaign;
  if (day < issuedOn || (endsOn !== null && day > endsOn)) {
    const before = endsOn === null ? '…' : addDays(endsOn, 1);
    return ['ACTIVITY_OUTSIDE_CAMPAIGN', { path, params: { from: issuedOn, before } }];
  }
  if (day > today) {
    return invalid(path, 'Ngày này chưa tới.', 'This day has not come yet.');
  }
  if (day < startsOn) {
    return invalid(
      path,
      `Ngày này trước ngày bắt đầu của hoạt động (${startsOn}).`,
      `This day lies before the first day of the activity (${startsOn}).`,
    );
  }
  return null;
}
