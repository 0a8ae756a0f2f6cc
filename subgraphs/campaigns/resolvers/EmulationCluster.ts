import { entityNotFound } from '../../../server/errors.ts';
import type {
  ClusterMemberResolvers,
  EmulationClusterResolvers,
  RankRowResolvers,
} from '../types.generated.ts';

export const EmulationCluster: EmulationClusterResolvers = {
  __resolveReference: async ({ id }, { clusters }) =>
    (await clusters.byId.load(id)) ?? (entityNotFound('EmulationCluster', id) as never),
  id: ({ _id }) => _id,
  leader: ({ leaderId }) => (leaderId ? { id: leaderId } : null),
  members: (cluster, args, { clusters }) => clusters.members(cluster, args),
  ranking: (cluster, args, { clusters }) => clusters.ranking(cluster, args),
};

export const ClusterMember: ClusterMemberResolvers = {
  unit: ({ _id }) => ({ id: _id }),
};

export const RankRow: RankRowResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
};
