import { z } from 'zod';
import { addDays } from '../../../schema/scalars/period.ts';
import { code, commandInput, optional, text } from '../../records/command/inputs.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { IndicatorRecord } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import type { ProgressReportRecord, ReportValueRecord } from '../model/report.ts';
import { savableStates } from '../rules/reportMachine.ts';
import { dueOn } from '../rules/reportPeriod.ts';
import { faultsOfValues, type GivenValue, valuesOf } from '../rules/reportValues.ts';
import { campaignByCode } from './changeCampaign.ts';
import { unitByCode, type WritingUnit } from './place.ts';
import { reports } from './reportAggregates.ts';
import { daysOfReport } from './reportPeriod.ts';
import { reportPlaceOn, requireInCampaign } from './reportPlace.ts';

const MOST_VALUES = 200;

const input = z.object({
  ...commandInput,
  campaign: code,
  unit: code,
  period: code,
  expectedVersion: optional(z.number().int().min(1)),
  values: z.array(z.object({ indicator: z.string().min(1).max(200), value: z.number() })).max(MOST_VALUES),
  narrative: optional(text(20_000)),
});
type SaveReport = z.infer<typeof input>;

/**
 * Writes what a unit reports of a campaign for a period, as a whole: a new draft, or the draft or returned report that
 * the client has read. Refuses with REPORT_DUPLICATE when there is one that it has not read, INVALID_STATE,
 * REPORT_PERIOD_CLOSED, UNIT_OUTSIDE_CAMPAIGN, and by row what is wrong with the values (DOMAIN §3, §5.6).
 */
export const saveReport: Command<Models, SaveReport, { id: string }> = {
  name: 'saveReport',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, given) => {
    const campaign = await campaignByCode(tx, given.campaign, 'campaign');
    const writing = await unitByCode(tx, given.unit, 'unit');
    const key = { campaignId: campaign._id, unitId: writing.unit._id, period: given.period };
    const found = await tx.models.reports.findOne(key, {}, tx.options).lean<ProgressReportRecord>();
    requireOwnUnit(tx.viewer, found?.scopePath ?? writing.scopePath);
    const old = known(tx, given, found);
    const { span, day } = daysOfReport(tx, { campaign, unit: writing.unit, period: given.period }, 'save');
    const place = await reportPlaceOn(tx, campaign._id, writing.unit, day);
    requireInCampaign(tx, campaign, place);
    const values = await valuesIn(tx, campaign, given.values);
    tx.faults.check();
    const content = { values, narrative: given.narrative };
    if (old) {
      await tx.update(reports, old, content);
      return { id: old._id };
    }
    const fields = { ...key, ...place, ...content, ...opening(writing), dueOn: dueOn(span) };
    const row = { _id: randomId('rep'), ...fields, periodEnd: addDays(span.before, -1) };
    await tx.insert(reports, row, { onDuplicate: ['REPORT_DUPLICATE', duplicate(given)] });
    return { id: row._id };
  },
};

const opening = ({ scopePath }: WritingUnit) => ({
  scopePath,
  status: 'DRAFT' as const,
  handedIn: false,
  submittedAt: null,
  late: false,
  returnReason: null,
  synthetic: false,
});

const duplicate = ({ period }: SaveReport) => ({ path: ['input', 'period'], params: { period } });

/** Gives the report as the client has read it, null for a new one. Refuses one that is not so, or is out of its hands. */
function known(
  { faults }: Tx<Models>,
  given: SaveReport,
  old: ProgressReportRecord | null,
): ProgressReportRecord | null {
  const { expectedVersion, period } = given;
  if (old === null) {
    if (expectedVersion === null) return null;
    return faults.refuse('NOT_FOUND', {
      path: ['input', 'period'],
      params: { type: reports.type, key: period },
    });
  }
  if (expectedVersion === null) return faults.refuse('REPORT_DUPLICATE', duplicate(given));
  if (old.version !== expectedVersion)
    return faults.refuse('VERSION_CONFLICT', {
      path: ['input', 'expectedVersion'],
      params: { expected: expectedVersion, actual: old.version },
    });
  if (!savableStates.includes(old.status))
    return faults.refuse('INVALID_STATE', {
      params: { action: 'saveReport', state: old.status, allowed: savableStates.join(', ') },
    });
  return old;
}

async function valuesIn(
  { models, options, faults }: Tx<Models>,
  { _id }: CampaignRecord,
  given: readonly GivenValue[],
): Promise<ReportValueRecord[]> {
  const indicators = await models.indicators.find({ campaignId: _id }, {}, options).lean<IndicatorRecord[]>();
  for (const { row, field, kind, vi, en } of faultsOfValues(given, indicators)) {
    const path = ['input', 'values', row, field];
    if (kind === 'unknown') faults.add('NOT_FOUND', { path, params: { type: 'Indicator', key: en } });
    else faults.add('INPUT_INVALID', { path, params: { vi, en } });
  }
  return valuesOf(given, indicators);
}
