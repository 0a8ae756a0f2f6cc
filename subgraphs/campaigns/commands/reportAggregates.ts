import type { Aggregate } from '../../records/command/aggregate.ts';
import type { EmulationClusterRecord, PeerScoreRecord } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import type { ParticipationRecord } from '../model/participation.ts';
import type { ProgressReportRecord } from '../model/report.ts';

export const reports: Aggregate<Models, ProgressReportRecord> = {
  type: 'ProgressReport',
  readers: 'reports:read',
  model: (models) => models.reports,
  derived: ['underKeys', 'levels', 'line', 'periodEnd', 'handedIn'],
};

export const participations: Aggregate<Models, ParticipationRecord> = {
  type: 'Participation',
  readers: 'drafts:read',
  model: (models) => models.participations,
  derived: ['line'],
};

export const clusters: Aggregate<Models, EmulationClusterRecord> = {
  type: 'EmulationCluster',
  readers: 'EVERYBODY',
  model: (models) => models.clusters,
};

export const peerScores: Aggregate<Models, PeerScoreRecord> = {
  type: 'PeerScore',
  readers: 'reports:read',
  model: (models) => models.peerScores,
};
