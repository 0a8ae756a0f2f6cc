import { addDays, isPhaseCode, periodExamples, spanOfPeriod } from '../../../schema/scalars/period.ts';
import { periodInvalid } from '../../../server/errors.ts';
import { type PeriodInput, periodOf } from '../../records/periodInput.ts';
import type { CampaignPhaseRecord } from '../model/campaign.ts';
import type { Days } from '../model/report.ts';
import type { PeriodRecord } from '../model/shapes.ts';

/** What of a campaign gives its periods their days. */
export interface CampaignDays {
  readonly phases: readonly CampaignPhaseRecord[];
  readonly issuedOn: string;
  readonly endsOn: string | null;
}

/** Gives the days of a period asked for inside a campaign: its phases are periods, WHOLE_CAMPAIGN is its own span. */
export function campaignPeriod(input: PeriodInput, campaign: CampaignDays, today: string): PeriodRecord {
  const period = periodOf(input, {
    today,
    phase: (code) => campaign.phases.find((phase) => phase.code === code) ?? null,
    campaign: { from: campaign.issuedOn, before: campaign.endsOn ? addDays(campaign.endsOn, 1) : null },
  });
  const phase = campaign.phases.find(({ code }) => code === period.code);
  return phase ? { from: phase.from, before: phase.before, code: phase.code, label: phase.name } : period;
}

/** Every day there is. A campaign's reports and targets all lie in the whole campaign: no bound is the same for all. */
const allDays: Days = { from: '0000-01-01', before: '9999-12-31' };

/** Gives the days that rows of a campaign are read by; the same for every campaign of one list, so that they are read at once. */
export const daysOf = (input: PeriodInput, { from, before }: Days): Days =>
  input.relative === 'WHOLE_CAMPAIGN' ? allDays : { from, before };

/** Gives the span that a period of a filter under a campaign means, as from and before. */
export const settled =
  (campaign: CampaignDays, today: string) =>
  (input: PeriodInput): Days =>
    daysOf(input, campaignPeriod(input, campaign, today));

/** The rows whose last day lies in the days. */
export const endsIn = ({ from, before }: Days) => ({ periodEnd: { $gte: from, $lt: before } });

/** Gives the code of a period of the calendar. Throws PERIOD_INVALID for a phase, which no cluster is scored by. */
export function calendarCode(code: string): string {
  if (isPhaseCode(code) || !spanOfPeriod(code))
    throw periodInvalid(`A ranking has no period ${code}; it takes one of the calendar.`, {
      code,
      expected: periodExamples.filter((example) => !isPhaseCode(example)),
    });
  return code;
}
