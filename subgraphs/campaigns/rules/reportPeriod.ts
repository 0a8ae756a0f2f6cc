import { addDays, type DateSpan } from '../../../schema/scalars/period.ts';
import type { PhaseDays } from './campaignDates.ts';
import type { CampaignStatus } from './campaignMachine.ts';
import { spanOfTarget } from './targetPeriod.ts';

/** A report is due five days after its period (DOMAIN §5.6, the seed of 2021). */
const DAYS_TO_REPORT = 5;

/** Gives the last day on which a report of a period is handed in on time. */
export const dueOn = ({ before }: Pick<DateSpan, 'before'>): string => addDays(before, DAYS_TO_REPORT - 1);

/** What of a campaign decides which periods are reported. */
export interface ReportedCampaign {
  readonly status: CampaignStatus;
  readonly issuedOn: string;
  readonly endsOn: string | null;
  readonly phases: readonly (PhaseDays & { readonly code: string })[];
}

/** Why a period cannot be reported, in both languages. */
export interface PeriodRule {
  readonly rule: string;
  readonly ruleVi: string;
}

/** Late reports are taken after the end of a campaign, until it is summed up. */
const reportedStates: readonly CampaignStatus[] = ['PUBLISHED', 'ACTIVE', 'CLOSED'];

const rules = {
  state: {
    rule: 'the campaign is not published, or is summed up',
    ruleVi: 'phong trào chưa công bố hoặc đã tổng kết',
  },
  unknown: {
    rule: 'it is neither of the calendar nor a phase of the campaign',
    ruleVi: 'không phải kỳ theo lịch hay đợt của phong trào',
  },
  outside: { rule: 'it lies outside the campaign', ruleVi: 'kỳ nằm ngoài thời gian của phong trào' },
  notBegun: { rule: 'it has not begun', ruleVi: 'kỳ chưa bắt đầu' },
  notEnded: { rule: 'it has not ended', ruleVi: 'kỳ chưa kết thúc' },
} as const satisfies Readonly<Record<string, PeriodRule>>;

/** The unit did not exist on any day of the period. */
export const unitNotInPeriod: PeriodRule = {
  rule: 'the unit did not exist in it',
  ruleVi: 'đơn vị không tồn tại trong kỳ',
};

/**
 * Gives the days of a report's period, or why it is not reported: it is of the calendar or a phase of the campaign,
 * meets the campaign's days and has begun; a draft may be written while it lasts, and handed in when it is over.
 */
export function spanOfReport(
  period: string,
  campaign: ReportedCampaign,
  { today, step }: { readonly today: string; readonly step: 'save' | 'submit' },
): DateSpan | PeriodRule {
  if (!reportedStates.includes(campaign.status)) return rules.state;
  const span = spanOfTarget(period, campaign.phases);
  if (!span) return rules.unknown;
  const { issuedOn, endsOn } = campaign;
  if (span.before <= issuedOn || (endsOn !== null && span.from > endsOn)) return rules.outside;
  if (today < span.from) return rules.notBegun;
  if (step === 'submit' && today < span.before) return rules.notEnded;
  return { from: span.from, before: span.before };
}
