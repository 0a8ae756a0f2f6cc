import type { Aggregate } from '../../records/command/aggregate.ts';
import type { Models } from '../model/models.ts';
import type { UnitMergeProposalRecord } from '../model/proposal.ts';
import type { UnitRecord } from '../model/unit.ts';

/** What commands of this subgraph write, and what of it the audit shows. */
export const units: Aggregate<Models, UnitRecord> = {
  type: 'Unit',
  readers: 'EVERYBODY',
  model: (models) => models.units,
  derived: ['nameKey', 'searchKeys', 'exactKeys', 'depth', 'settlesOn', 'otherNames'],
  streamed: true,
};

export const mergeProposals: Aggregate<Models, UnitMergeProposalRecord> = {
  type: 'UnitMergeProposal',
  readers: 'units:propose',
  model: (models) => models.mergeProposals,
};
