import { type Connection as Database, type Model, Schema } from 'mongoose';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import {
  type LocalizedTextRecord,
  localizedText,
  plain,
  type ScoreCriterionRecord,
  scoreCriterion,
} from './shapes.ts';

export interface EmulationClusterRecord {
  readonly _id: string;
  /** The same in every year. */
  readonly code: string;
  readonly year: number;
  readonly name: LocalizedTextRecord;
  readonly leaderId: string | null;
  /** In the order of the unit tree; a cluster has at most a few dozen members. */
  readonly memberIds: readonly string[];
  readonly criteria: readonly ScoreCriterionRecord[];
  readonly synthetic: boolean;
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

export const clusterFields: ProjectionMap = {
  always: ['code', 'year'],
  fields: { leader: ['leaderId'], members: ['memberIds'], ranking: [] },
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
    synthetic: { type: Boolean, required: true },
  },
  plain,
)
  .index({ year: 1, code: 1, _id: 1 }, { unique: true })
  .index({ memberIds: 1, year: -1, code: 1, _id: 1 });

const score = new Schema<ClusterScoreRow>(
  {
    _id: { type: String, required: true },
    clusterCode: { type: String, required: true },
    period: { type: String, required: true },
    unitId: { type: String, required: true },
    pathAtEvent: { type: String, required: true },
    score: { type: Number, required: true },
    scores: [new Schema({ criterion: String, score: Number }, { _id: false })],
  },
  plain,
).index({ clusterCode: 1, period: 1, unitId: 1 }, { unique: true });

export const clusterModel = (database: Database): Model<EmulationClusterRecord> =>
  database.model<EmulationClusterRecord>('campaigns.EmulationCluster', cluster, 'campaigns_clusters');

export const clusterScoreModel = (database: Database): Model<ClusterScoreRow> =>
  database.model<ClusterScoreRow>('campaigns.ClusterScore', score, 'campaigns_scores');
