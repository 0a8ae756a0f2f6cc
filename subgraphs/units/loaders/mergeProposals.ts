import { holds } from '../../../server/access/grants.ts';
import { GraphError } from '../../../server/errors.ts';
import { byKey } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { findPage } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import {
  type UnitMergeProposalConnectionRecord,
  type UnitMergeProposalRecord,
  type UnitMergeProposalStatus,
  unitMergeProposalFields,
} from '../model/proposal.ts';

const latestFirst = [
  { field: 'createdAt', direction: -1 },
  { field: '_id', direction: -1 },
] as const;

interface ListArgs extends PageArgs {
  readonly status?: readonly UnitMergeProposalStatus[] | null | undefined;
}

/** Makes the roads to proposed mergers, for the ministry and administrators. Throws FORBIDDEN. */
export function mergeProposalLoaders({ models, selection, signal, viewer }: RequestScope<Models>) {
  const projection = selection.projection('UnitMergeProposal', unitMergeProposalFields);
  const road = { model: models.mergeProposals, projection, signal };
  const byId = byKey<UnitMergeProposalRecord>({ ...road, field: '_id' });
  const mayRead = () => {
    if (holds(viewer, 'units:propose')) return;
    throw new GraphError('FORBIDDEN', 'Proposed mergers are read by the ministry and administrators.');
  };
  return {
    byId: async (id: string) => {
      mayRead();
      return byId.load(id);
    },
    list: async ({ status, ...page }: ListArgs): Promise<UnitMergeProposalConnectionRecord> => {
      mayRead();
      const filter = status ? { status: { $in: status } } : {};
      return findPage<UnitMergeProposalRecord>({ ...road, filter, sort: latestFirst }, page);
    },
  };
}
