import { z } from 'zod';
import { onExisting } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { isHandedIn } from '../model/report.ts';
import { reportMachine } from '../rules/reportMachine.ts';
import { unitOf } from './place.ts';
import { reports } from './reportAggregates.ts';
import { daysOfReport } from './reportPeriod.ts';
import { reportPlaceOn } from './reportPlace.ts';

const input = z.object(onExisting);

/**
 * Hands a report in when its period is over. Whether it is late is settled the first time, and so is its place: that of
 * the unit on its last day in the period. Refuses with REPORT_PERIOD_CLOSED, REPORT_EMPTY, INVALID_STATE.
 */
export const submitReport: Command<Models, z.infer<typeof input>, { id: string }> = {
  name: 'submitReport',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, given) => {
    const row = await tx.take(reports, given, ({ scopePath }) => requireOwnUnit(tx.viewer, scopePath));
    const status = advance(tx.faults, reportMachine, 'submitReport', row.status);
    const { campaignId, period, values, narrative } = row;
    const campaign = await tx.models.campaigns
      .findOne({ _id: campaignId }, {}, tx.options)
      .lean<CampaignRecord>();
    if (!campaign) throw new Error(`The report ${row._id} is of no campaign.`);
    const { unit } = await unitOf(tx, row);
    const { day } = daysOfReport(tx, { campaign, unit, period }, 'submit');
    if (values.length === 0 && narrative === null) tx.faults.add('REPORT_EMPTY', { path: ['input', 'id'] });
    tx.faults.check();
    const first = row.submittedAt === null && {
      ...(await reportPlaceOn(tx, campaignId, unit, day)),
      late: tx.today > row.dueOn,
    };
    await tx.update(reports, row, {
      ...first,
      status,
      handedIn: isHandedIn(status),
      submittedAt: tx.now,
      returnReason: null,
    });
    return { id: row._id };
  },
};
