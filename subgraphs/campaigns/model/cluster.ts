import { type Connection as Database, type Model, Schema } from 'mongoose';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import {
  type LocalizedTextRecord,
  localizedText,
  plain,
  type ScoreCriterionRecord,
  type Stamps,
  scoreCriterion,
  stamps,
} from './shapes.ts';

export interface EmulationClusterRecord extends Stamps {
  readonly _id: string;
  /** The same in every year. */
  readonly code: string;
  readonly year: number;
  readonly name: LocalizedTextRecord;
  readonly leaderId: string | null;
  /** In the order of the unit tree; a cluster has at most a few dozen members. */
  readonly memberIds: readonly string[];
  readonly criteria: readonly ScoreCriterionRecord[];
  /** The day its scoring was closed; null while members score. */
  readonly closedOn: string | null;
  /** Counts what members said of each other: of two who score at once the second one waits for the first. */
  readonly scorings: number;
  readonly synthetic: boolean;
}

/** What one member says of another in a period; the mean of all that is said makes the {@link ClusterScoreRow}. */
export interface PeerScoreRecord extends Stamps {
  readonly _id: string;
  readonly clusterId: string;
  readonly period: string;
  readonly memberId: string;
  readonly scorerId: string;
  /** One for each criterion, in their order. */
  readonly scores: readonly CriterionScoreRecord[];
}

/** What a member scored in a period. Kept by cluster code, so that a ranking sees the one before it. */
export interface ClusterScoreRow {
  readonly _id: string;
  readonly clusterCode: string;
  readonly period: string;
  readonly unitId: string;
  /** The member's path that day: the order among equal scores. */
  readonly pathAtEvent: string;
  readonly score: number;
  readonly scores: readonly CriterionScoreRecord[];
}

export interface CriterionScoreRecord {
  readonly criterion: string;
  readonly score: number;
}

export interface RankRowRecord extends ClusterScoreRow {
  readonly rank: number;
  readonly tied: boolean;
  readonly previousRank: number | null;
}

export interface ClusterMemberRecord {
  readonly _id: string;
  readonly order: number;
}

export type EmulationClusterConnectionRecord = Connection<EmulationClusterRecord>;
export type RankConnectionRecord = Connection<RankRowRecord>;
export type ClusterMemberConnectionRecord = Connection<ClusterMemberRecord>;

export const peerScoreFields: ProjectionMap = {
  fields: {
    cluster: ['clusterId'],
    member: ['memberId'],
    scorer: ['scorerId'],
    score: ['scores'],
    audit: ['scorerId'],
  },
};

export const clusterFields: ProjectionMap = {
  always: ['code', 'year'],
  fields: { leader: ['leaderId'], members: ['memberIds'], ranking: [], peerScores: [], audit: ['memberIds'] },
};

const cluster = new Schema<EmulationClusterRecord>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    year: { type: Number, required: true },
    name: { type: localizedText, required: true },
    leaderId: { type: String, default: null },
    memberIds: { type: [String], required: true },
    criteria: [scoreCriterion],
    closedOn: { type: String, default: null },
    scorings: { type: Number, required: true },
    synthetic: { type: Boolean, required: true },
    ...stamps,
  },
  plain,
)
  .index({ year: 1, code: 1 }, { unique: true })
  .index({ year: 1, code: 1, _id: 1 })
  .index({ memberIds: 1, year: -1, code: 1, _id: 1 });

const criterionScores = [
  new Schema(
    { criterion: { type: String, required: true }, score: { type: Number, required: true } },
    { _id: false },
  ),
];

const peerScore = new Schema<PeerScoreRecord>(
  {
    _id: { type: String, required: true },
    clusterId: { type: String, required: true },
    period: { type: String, required: true },
    memberId: { type: String, required: true },
    scorerId: { type: String, required: true },
    scores: criterionScores,
    ...stamps,
  },
  plain,
)
  .index({ clusterId: 1, period: 1, memberId: 1, scorerId: 1 }, { unique: true })
  .index({ clusterId: 1, scorerId: 1, period: 1 });

const score = new Schema<ClusterScoreRow>(
  {
    _id: { type: String, required: true },
    clusterCode: { type: String, required: true },
    period: { type: String, required: true },
    unitId: { type: String, required: true },
    pathAtEvent: { type: String, required: true },
    score: { type: Number, required: true },
    scores: criterionScores,
  },
  plain,
).index({ clusterCode: 1, period: 1, unitId: 1 }, { unique: true });

export const clusterModel = (database: Database): Model<EmulationClusterRecord> =>
  database.model<EmulationClusterRecord>('campaigns.EmulationCluster', cluster, 'campaigns_clusters');

export const clusterScoreModel = (database: Database): Model<ClusterScoreRow> =>
  database.model<ClusterScoreRow>('campaigns.ClusterScore', score, 'campaigns_scores');

export const peerScoreModel = (database: Database): Model<PeerScoreRecord> =>
  database.model<PeerScoreRecord>('campaigns.PeerScore', peerScore, 'campaigns_peer_scores');
