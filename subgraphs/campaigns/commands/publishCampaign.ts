import { z } from 'zod';
import { day, documentRef, onExisting, optional } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Job } from '../../records/feed/jobs.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { campaignMachine, campaignWork } from '../rules/campaignMachine.ts';
import { campaigns } from './aggregates.ts';
import { changeCampaign, parentOf } from './changeCampaign.ts';
import { addDateFaults, faultsOfAllDays } from './draftFields.ts';

const publishing = z.object({
  ...onExisting,
  launchedOn: optional(day),
  launchSource: optional(documentRef),
});

/**
 * Publishes an approved campaign, which is active at once when the day of its launch has come. Refuses with
 * FUNDING_UNCONFIRMED, CAMPAIGN_DATES, PARENT_NOT_ACTIVE.
 */
export const publishCampaign: Command<Models, z.infer<typeof publishing>, { id: string }> = {
  name: 'publishCampaign',
  input: publishing,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const published = advance(tx.faults, campaignMachine, 'publishCampaign', row.status);
    const launchedOn = input.launchedOn ?? row.launchedOn;
    const launchSource = input.launchSource ?? row.launchSource;
    await checkPublishing(tx, { ...row, launchedOn });
    tx.faults.check();
    const begun = launchedOn !== null && launchedOn <= tx.today;
    const status = begun ? advance(tx.faults, campaignMachine, 'activateCampaign', published) : published;
    return changeCampaign(tx, row, { status, launchedOn, launchSource });
  },
};

async function checkPublishing(tx: Tx<Models>, row: CampaignRecord): Promise<void> {
  const parent = await parentOf(tx, row);
  if (!row.funding) tx.faults.add('FUNDING_UNCONFIRMED');
  const days = faultsOfAllDays(row, parent);
  addDateFaults(tx, row.launchedOn === null ? [launchUnknown, ...days] : days, ['input']);
  if (parent && !campaignWork.launchChildCampaign.includes(parent.status))
    tx.faults.add('PARENT_NOT_ACTIVE', { params: { code: parent.code, status: parent.status } });
}

const launchUnknown = {
  path: ['launchedOn'],
  rule: 'a campaign is published with the day of its launch',
  ruleVi: 'công bố phong trào thì phải nêu ngày phát động',
};

const existing = z.object(onExisting);

/** Makes a published campaign active; done by the system when the day of the launch has come, offered to nobody. */
export const activateCampaign: Command<Models, z.infer<typeof existing>, { id: string }> = {
  name: 'activateCampaign',
  input: existing,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, () => {});
    const status = advance(tx.faults, campaignMachine, 'activateCampaign', row.status);
    return changeCampaign(tx, row, { status });
  },
};

/** At most so many in one run; the rest follow a minute later. */
const AT_ONCE = 200;

/** Makes campaigns active on the day of their launch. One that somebody changes meanwhile is looked at again. */
export const activateCampaigns: Job<Models> = {
  name: 'activateCampaigns',
  everyMs: 60_000,
  run: async ({ models, today, command }) => {
    const due = await models.campaigns
      .find({ status: 'PUBLISHED', launchedOn: { $lte: today } }, { version: 1 })
      .sort({ launchedOn: 1 })
      .limit(AT_ONCE)
      .lean();
    for (const { _id, version } of due)
      await command(activateCampaign, {
        idempotencyKey: `activate:${_id}:${version}`,
        id: _id,
        expectedVersion: version,
      });
  },
};
