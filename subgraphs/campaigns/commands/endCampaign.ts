import { z } from 'zod';
import { day, documentRef, localizedText, onExisting, optional } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { faultsInParent, faultsOfDays } from '../rules/campaignDates.ts';
import { campaignMachine } from '../rules/campaignMachine.ts';
import { campaigns } from './aggregates.ts';
import { changeCampaign, parentOf } from './changeCampaign.ts';
import { addDateFaults } from './draftFields.ts';

const closing = z.object({ ...onExisting, endsOn: optional(day) });

/**
 * Ends an active campaign. Phases stay as they were planned, also those that an early end cuts off. Refuses with
 * CAMPAIGN_DATES for a last day that is still to come or does not fit.
 */
export const closeCampaign: Command<Models, z.infer<typeof closing>, { id: string }> = {
  name: 'closeCampaign',
  input: closing,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'closeCampaign', row.status);
    const planned = row.endsOn !== null && row.endsOn < tx.today ? row.endsOn : tx.today;
    const endsOn = input.endsOn ?? planned;
    const days = { ...row, endsOn };
    const parent = await parentOf(tx, row);
    addDateFaults(
      tx,
      [
        ...(endsOn > tx.today ? [stillToCome] : []),
        ...faultsOfDays(days).filter(({ path }) => path[0] === 'endsOn'),
        ...(parent && input.endsOn ? faultsInParent(days, parent) : []),
      ],
      ['input'],
    );
    tx.faults.check();
    return changeCampaign(tx, row, { status, endsOn });
  },
};

const stillToCome = {
  path: ['endsOn'],
  rule: 'a campaign is closed with a last day of today or earlier',
  ruleVi: 'ngày kết thúc khi đóng phong trào không được sau hôm nay',
};

const summarising = z.object({
  ...onExisting,
  summary: localizedText(20_000),
  document: optional(documentRef),
});

/** Sums a closed campaign up. Refuses with SOURCE_REQUIRED without the document that does. */
export const summariseCampaign: Command<Models, z.infer<typeof summarising>, { id: string }> = {
  name: 'summariseCampaign',
  input: summarising,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'summariseCampaign', row.status);
    const document = input.document ?? tx.faults.refuse('SOURCE_REQUIRED', { path: ['input', 'document'] });
    const summary = { summarisedOn: tx.today, text: input.summary, document };
    return changeCampaign(tx, row, { status, summary });
  },
};

const existing = z.object(onExisting);

/** Puts a campaign away; others are told to take it out of their copies. */
export const archiveCampaign: Command<Models, z.infer<typeof existing>, { id: string }> = {
  name: 'archiveCampaign',
  input: existing,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'archiveCampaign', row.status);
    return changeCampaign(tx, row, { status });
  },
};
