import type { Connection, Model } from 'mongoose';
import { type UnitCopyRow, unitCopyModel } from '../../copies/units.ts';
import { type VocabularyPage, vocabularyModel } from '../../records/spelling/vocabulary.ts';
import { type ArticleRecord, articleModel } from './article.ts';
import { type CampaignRecord, campaignModel } from './campaign.ts';
import {
  type ClusterScoreRow,
  clusterModel,
  clusterScoreModel,
  type EmulationClusterRecord,
  type PeerScoreRecord,
  peerScoreModel,
} from './cluster.ts';
import {
  type ContentItemRecord,
  contentItemModel,
  type IndicatorRecord,
  type IndicatorTargetRecord,
  indicatorModel,
  indicatorTargetModel,
} from './content.ts';
import { type ParticipationRecord, participationModel } from './participation.ts';
import { type ProgressReportRecord, progressReportModel } from './report.ts';

/** A unit or an award form of another subgraph: only its key is ours. */
export interface UnitRecord {
  readonly id: string;
}
export interface AwardFormRecord {
  readonly code: string;
}

/** Everything that this subgraph stores. */
export interface Models {
  readonly campaigns: Model<CampaignRecord>;
  readonly contentItems: Model<ContentItemRecord>;
  readonly indicators: Model<IndicatorRecord>;
  readonly targets: Model<IndicatorTargetRecord>;
  readonly participations: Model<ParticipationRecord>;
  readonly reports: Model<ProgressReportRecord>;
  readonly articles: Model<ArticleRecord>;
  readonly clusters: Model<EmulationClusterRecord>;
  readonly scores: Model<ClusterScoreRow>;
  readonly peerScores: Model<PeerScoreRecord>;
  readonly units: Model<UnitCopyRow>;
  /** The folded words of all that a search looks in. */
  readonly vocabulary: Model<VocabularyPage>;
}

/** Makes the models of a connection. */
export const modelsOf = (connection: Connection): Models => ({
  campaigns: campaignModel(connection),
  contentItems: contentItemModel(connection),
  indicators: indicatorModel(connection),
  targets: indicatorTargetModel(connection),
  participations: participationModel(connection),
  reports: progressReportModel(connection),
  articles: articleModel(connection),
  clusters: clusterModel(connection),
  scores: clusterScoreModel(connection),
  peerScores: peerScoreModel(connection),
  units: unitCopyModel(connection, 'campaigns'),
  vocabulary: vocabularyModel(connection, 'campaigns'),
});
