import { z } from 'zod';
import { onExisting, reason } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import type { MergeResult } from '../model/plan.ts';
import { proposalMachine } from '../rules/proposals.ts';
import { mergeProposals } from './aggregates.ts';

const input = z.object({ ...onExisting, reason: reason.min(1) });

/** Ends a proposed merger without carrying it out; whoever proposed it takes it back in the same way. */
export const rejectUnitMerge: Command<Models, z.infer<typeof input>, MergeResult> = {
  name: 'rejectUnitMerge',
  input,
  may: (viewer) => requireRole(viewer, 'MINISTRY', 'ADMIN'),
  run: async (tx, asked) => {
    const proposal = await tx.take(mergeProposals, asked, () => {});
    const status = advance(tx.faults, proposalMachine, 'rejectUnitMerge', proposal.status);
    tx.because(asked.reason);
    await tx.update(mergeProposals, proposal, {
      status,
      decidedBy: tx.viewer.subject,
      rejectReason: asked.reason,
    });
    return { proposalId: proposal._id };
  },
};
