import { z } from 'zod';
import { commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import { type Command, DryRun } from '../../records/command/runCommand.ts';
import { randomId } from '../../records/ids.ts';
import type { Models } from '../model/models.ts';
import type { MergeResult } from '../model/plan.ts';
import { mergeProposals } from './aggregates.ts';
import { drawMerger, mergeRequest } from './mergePlan.ts';
import { planOf } from './planOf.ts';

const input = z.object({ ...commandInput, ...mergeRequest.shape, dryRun: z.boolean() });

/**
 * Proposes a merger, which a second person confirms (DOMAIN §5.9): nothing changes in the tree yet. Everything is checked as
 * if it were done now, so that no proposal is made that cannot be carried out.
 */
export const mergeUnits: Command<Models, z.infer<typeof input>, MergeResult> = {
  name: 'mergeUnits',
  input,
  may: (viewer) => requireRole(viewer, 'MINISTRY', 'ADMIN'),
  run: async (tx, { idempotencyKey, acknowledge, acknowledgeReason, dryRun, ...request }) => {
    const plan = planOf((await drawMerger(tx, request, ['input'])).draft);
    if (dryRun) throw new DryRun<MergeResult>({ proposalId: null, plan });
    const proposal = await tx.insert(mergeProposals, {
      _id: randomId('ump'),
      status: 'PENDING',
      proposedBy: tx.viewer.subject,
      decidedBy: null,
      rejectReason: null,
      request,
      sourceCodes: request.sources.map(({ code }) => code),
      intoCode: request.into?.code ?? request.intoNew?.code ?? '',
      effectiveOn: request.effectiveOn,
      decision: request.decision,
    });
    return { proposalId: proposal._id, plan };
  },
};
