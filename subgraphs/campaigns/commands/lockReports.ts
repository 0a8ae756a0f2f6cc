import { z } from 'zod';
import { code, commandInput, id } from '../../records/command/inputs.ts';
import { stateAfter } from '../../records/command/machine.ts';
import { requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import type { ProgressReportRecord } from '../model/report.ts';
import { reportMachine } from '../rules/reportMachine.ts';
import { campaignByCode } from './changeCampaign.ts';
import { reports } from './reportAggregates.ts';

const MOST_REPORTS = 200;

const row = z.object({ id, expectedVersion: z.number().int().min(1) });
const input = z.object({ ...commandInput, campaign: code, reports: z.array(row).min(1).max(MOST_REPORTS) });
type LockReports = z.infer<typeof input>;

/**
 * Closes accepted reports of a campaign that is summed up, for good: all of them, or none. For commanders above or in
 * the campaign's owner, and for the ministry. Refuses by row with NOT_FOUND, VERSION_CONFLICT, INVALID_STATE.
 */
export const lockReports: Command<Models, LockReports, { ids: readonly string[] }> = {
  name: 'lockReports',
  input,
  may: (viewer) => requireRole(viewer, 'COMMANDER', 'MINISTRY'),
  run: async (tx, given) => {
    const campaign = await campaignByCode(tx, given.campaign, 'campaign');
    requireSubtree(tx.viewer, campaign.scopePath);
    requireSummarised(tx, campaign);
    const ids = given.reports.map((one) => one.id);
    const found = await tx.models.reports
      .find({ _id: { $in: ids }, campaignId: campaign._id }, {}, tx.options)
      .lean<ProgressReportRecord[]>();
    const byId = new Map(found.map((report) => [report._id, report]));
    const taken = given.reports.flatMap((one, index) => takeRow(tx, one, index, ids, byId) ?? []);
    tx.faults.check();
    for (const report of taken) await tx.update(reports, report, { status: 'LOCKED' });
    return { ids };
  },
};

/** Gives the report of a row that can be locked; null, with a fault of the row, for any other. */
function takeRow(
  { faults }: Tx<Models>,
  one: LockReports['reports'][number],
  index: number,
  ids: readonly string[],
  byId: ReadonlyMap<string, ProgressReportRecord>,
): ProgressReportRecord | null {
  const path = ['input', 'reports', index];
  const report = byId.get(one.id);
  if (!report) {
    faults.add('NOT_FOUND', { path: [...path, 'id'], params: { type: reports.type, key: one.id } });
  } else if (ids.indexOf(one.id) < index) {
    faults.add('INPUT_INVALID', { path: [...path, 'id'], params: twice });
  } else if (report.version !== one.expectedVersion) {
    const params = { expected: one.expectedVersion, actual: report.version };
    faults.add('VERSION_CONFLICT', { path: [...path, 'expectedVersion'], params });
  } else if (stateAfter(reportMachine, 'lockReports', report.status) === null) {
    const allowed = reportMachine.lockReports.from.join(', ');
    faults.add('INVALID_STATE', { path, params: { action: 'lockReports', state: report.status, allowed } });
  } else return report;
  return null;
}

const twice = { vi: 'Báo cáo này có hai lần trong danh sách.', en: 'This report is in the list twice.' };

function requireSummarised({ faults }: Tx<Models>, { status }: CampaignRecord): void {
  if (status === 'SUMMARISED') return;
  faults.refuse('INVALID_STATE', {
    path: ['input', 'campaign'],
    params: { action: 'lockReports', state: status, allowed: 'SUMMARISED' },
  });
}
