import type { Machine } from '../../records/command/machine.ts';
import type { UnitMergeProposalStatus } from '../model/proposal.ts';

/** What can become of a proposal: a second person confirms it, which carries it out, or somebody sends it back. */
export const proposalMachine: Machine<UnitMergeProposalStatus, 'confirmUnitMerge' | 'rejectUnitMerge'> = {
  confirmUnitMerge: { from: ['PENDING'], to: 'CONFIRMED' },
  rejectUnitMerge: { from: ['PENDING'], to: 'REJECTED' },
};
