import { closeCluster, updateCluster } from '../commands/changeCluster.ts';
import {
  launchParticipation,
  summariseParticipation,
  updateParticipation,
  withdrawParticipation,
} from '../commands/changeParticipation.ts';
import { createCluster } from '../commands/createCluster.ts';
import { acceptReport, reopenReport, returnReport } from '../commands/decideReport.ts';
import { lockReports } from '../commands/lockReports.ts';
import { registerParticipation } from '../commands/registerParticipation.ts';
import { saveReport } from '../commands/saveReport.ts';
import { scoreClusterMember } from '../commands/scoreClusterMember.ts';
import { submitReport } from '../commands/submitReport.ts';
import type {
  ClusterPayloadResolvers,
  LockReportsPayloadResolvers,
  MutationResolvers,
  ParticipationPayloadResolvers,
  PeerScorePayloadResolvers,
  ReportPayloadResolvers,
} from '../types.generated.ts';

export const reportMutations: MutationResolvers = {
  registerParticipation: (_, { input }, { command }) => command(registerParticipation, input),
  updateParticipation: (_, { input }, { command }) => command(updateParticipation, input),
  launchParticipation: (_, { input }, { command }) => command(launchParticipation, input),
  summariseParticipation: (_, { input }, { command }) => command(summariseParticipation, input),
  withdrawParticipation: (_, { input }, { command }) => command(withdrawParticipation, input),
  saveReport: (_, { input }, { command }) => command(saveReport, input),
  submitReport: (_, { input }, { command }) => command(submitReport, input),
  acceptReport: (_, { input }, { command }) => command(acceptReport, input),
  returnReport: (_, { input }, { command }) => command(returnReport, input),
  reopenReport: (_, { input }, { command }) => command(reopenReport, input),
  lockReports: (_, { input }, { command }) => command(lockReports, input),
  createCluster: (_, { input }, { command }) => command(createCluster, input),
  updateCluster: (_, { input }, { command }) => command(updateCluster, input),
  closeCluster: (_, { input }, { command }) => command(closeCluster, input),
  scoreClusterMember: (_, { input }, { command }) => command(scoreClusterMember, input),
};

export const ParticipationPayload: ParticipationPayloadResolvers = {
  participation: ({ result }, _, { participations }) => (result ? participations.byId.load(result.id) : null),
};

export const ReportPayload: ReportPayloadResolvers = {
  report: ({ result }, _, { reports }) => (result ? reports.byId.load(result.id) : null),
};

export const LockReportsPayload: LockReportsPayloadResolvers = {
  reports: ({ result }, _, { reports }) =>
    result ? Promise.all(result.ids.map((id) => reports.byId.load(id))) : null,
};

export const ClusterPayload: ClusterPayloadResolvers = {
  cluster: ({ result }, _, { clusters }) => (result ? clusters.byId.load(result.id) : null),
};

export const PeerScorePayload: PeerScorePayloadResolvers = {
  score: ({ result }, _, { peerScores }) => (result ? peerScores.byId.load(result.id) : null),
};
