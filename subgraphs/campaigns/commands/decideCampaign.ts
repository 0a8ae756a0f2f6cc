import { z } from 'zod';
import { documentRef, onExisting, reason } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireOwnUnit, requireRole, requireSubtree } from '../../records/command/reach.ts';
import { checkReason } from '../../records/command/reason.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { campaignMachine } from '../rules/campaignMachine.ts';
import { faultsOfPlan } from '../rules/planRules.ts';
import { campaigns } from './aggregates.ts';
import { changeCampaign, parentOf } from './changeCampaign.ts';
import { addDateFaults, faultsOfAllDays } from './draftFields.ts';
import { requireWork } from './requireWork.ts';

const existing = z.object(onExisting);

/**
 * Hands a plan in. Refuses with THEME_REQUIRED_VI, LEGAL_BASIS_REQUIRED, CAMPAIGN_DATES; warns with LEGAL_BASIS_EXPIRED,
 * CRITERIA_TOTAL_NOT_100.
 */
export const submitCampaign: Command<Models, z.infer<typeof existing>, { id: string }> = {
  name: 'submitCampaign',
  input: existing,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireOwnUnit(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'submitCampaign', row.status);
    for (const { code, params } of faultsOfPlan(row)) tx.faults.add(code, { params });
    addDateFaults(tx, faultsOfAllDays(row, await parentOf(tx, row)), null);
    tx.faults.check();
    return changeCampaign(tx, row, { status, returnReason: null });
  },
};

const returning = z.object({ ...onExisting, reason });

/** Sends a plan back, and with it the confirmation of its funding. Refuses with RETURN_REASON_TOO_SHORT. */
export const returnCampaign: Command<Models, z.infer<typeof returning>, { id: string }> = {
  name: 'returnCampaign',
  input: returning,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'returnCampaign', row.status);
    checkReason(tx.faults, input.reason);
    tx.faults.check();
    tx.because(input.reason);
    return changeCampaign(tx, row, { status, returnReason: input.reason, funding: null });
  },
};

/** Approves a plan. */
export const approveCampaign: Command<Models, z.infer<typeof existing>, { id: string }> = {
  name: 'approveCampaign',
  input: existing,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    const status = advance(tx.faults, campaignMachine, 'approveCampaign', row.status);
    return changeCampaign(tx, row, { status });
  },
};

const confirming = z.object({ ...onExisting, document: documentRef });

/** Records by which document the money for a plan is there; a later document takes the place of an earlier one. */
export const confirmCampaignFunding: Command<Models, z.infer<typeof confirming>, { id: string }> = {
  name: 'confirmCampaignFunding',
  input: confirming,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(campaigns, input, ({ scopePath }) => requireSubtree(tx.viewer, scopePath));
    requireWork(tx, 'confirmCampaignFunding', row);
    return changeCampaign(tx, row, { funding: { confirmedOn: tx.today, document: input.document } });
  },
};
