import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { spanOfReport, unitNotInPeriod } from '../rules/reportPeriod.ts';
import { dayOfTarget } from '../rules/targetPeriod.ts';

interface Reporting {
  readonly campaign: CampaignRecord;
  readonly unit: UnitCopyRow;
  readonly period: string;
}

/**
 * Gives the days of a report's period, and the day on whose tree it stands: the last on which the unit existed in the
 * period, so that a unit closed by now still reports late. Refuses with REPORT_PERIOD_CLOSED.
 */
export function daysOfReport(
  { faults, today }: Tx<Models>,
  { campaign, unit, period }: Reporting,
  step: 'save' | 'submit',
): { readonly span: DateSpan; readonly day: string } {
  const path = step === 'save' ? ['input', 'period'] : ['input', 'id'];
  const closed = (rule: object): never =>
    faults.refuse('REPORT_PERIOD_CLOSED', { path, params: { period, ...rule } });
  const span = spanOfReport(period, campaign, { today, step });
  if ('rule' in span) return closed(span);
  const day = dayOfTarget(span, unit.versions);
  return day === null ? closed(unitNotInPeriod) : { span, day };
}
