import { z } from 'zod';
import { onExisting } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import { type Command, DryRun } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import type { MergeResult } from '../model/plan.ts';
import { proposalMachine } from '../rules/proposals.ts';
import { mergeProposals } from './aggregates.ts';
import { carryOut } from './carryOut.ts';
import { drawMerger, mergeRequest } from './mergePlan.ts';
import { planOf } from './planOf.ts';

const input = z.object({ ...onExisting, dryRun: z.boolean() });

/**
 * Carries out a proposed merger. Refuses the person who proposed it with SECOND_PERSON_REQUIRED, and a proposal whose units
 * have changed since with VERSION_CONFLICT.
 */
export const confirmUnitMerge: Command<Models, z.infer<typeof input>, MergeResult> = {
  name: 'confirmUnitMerge',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, asked) => {
    const proposal = await tx.take(mergeProposals, asked, () => {});
    const status = advance(tx.faults, proposalMachine, 'confirmUnitMerge', proposal.status);
    const { subject } = tx.viewer;
    if (proposal.proposedBy === subject)
      tx.faults.refuse('SECOND_PERSON_REQUIRED', { path: ['input', 'id'], params: { subject } });
    const request = mergeRequest.parse(proposal.request);
    const drawn = await drawMerger(tx, request, ['input', 'id']);
    if (asked.dryRun) throw new DryRun<MergeResult>({ proposalId: proposal._id, plan: planOf(drawn.draft) });
    const { unitId, plan } = await carryOut(tx, drawn, { ...request, dryRun: false });
    await tx.update(mergeProposals, proposal, { status, decidedBy: subject });
    return { proposalId: proposal._id, unitId, plan };
  },
};
