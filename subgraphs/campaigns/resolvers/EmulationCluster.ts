import { entityNotFound } from '../../../server/errors.ts';
import { totalOf } from '../rules/peerScores.ts';
import type {
  ClusterMemberResolvers,
  EmulationClusterResolvers,
  PeerScoreResolvers,
  RankRowResolvers,
} from '../types.generated.ts';

export const EmulationCluster: EmulationClusterResolvers = {
  __resolveReference: async ({ id }, { clusters }) =>
    (await clusters.byId.load(id)) ?? (entityNotFound('EmulationCluster', id) as never),
  id: ({ _id }) => _id,
  leader: ({ leaderId }) => (leaderId ? { id: leaderId } : null),
  members: (cluster, args, { clusters }) => clusters.members(cluster, args),
  ranking: (cluster, args, { clusters }) => clusters.ranking(cluster, args),
  peerScores: (cluster, args, { peerScores }) => peerScores.ofScorer(cluster, args),
  audit: async (cluster, args, { audit, peerScores }) =>
    audit(args, { _id: cluster._id, scopePath: await peerScores.scopePathOf(cluster) }),
};

export const ClusterMember: ClusterMemberResolvers = {
  unit: ({ _id }) => ({ id: _id }),
};

export const RankRow: RankRowResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
};

export const PeerScore: PeerScoreResolvers = {
  id: ({ _id }) => _id,
  cluster: ({ clusterId }, _, { clusters }) => clusters.byId.load(clusterId),
  member: ({ memberId }) => ({ id: memberId }),
  scorer: ({ scorerId }) => ({ id: scorerId }),
  score: ({ scores }) => totalOf(scores),
  audit: ({ _id, scorerId }, args, { auditOfUnit }) => auditOfUnit(args, { _id, unitId: scorerId }),
};
