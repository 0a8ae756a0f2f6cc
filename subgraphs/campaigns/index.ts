import { readFileSync } from 'node:fs';
import type { UnitCopy } from '../../schema/events.ts';
import { followUnits } from '../copies/followUnits.ts';
import { unitCopyRow } from '../copies/units.ts';
import { insertAll } from '../records/insertAll.ts';
import { wordsOf } from '../records/spelling/lexicon.ts';
import { writeTexts } from '../records/spelling/vocabulary.ts';
import type { SubgraphDefinition } from '../subgraph.ts';
import { outcomes } from './codes.ts';
import { activateCampaigns } from './commands/publishCampaign.ts';
import { participationsCube } from './cube/participations.ts';
import { reportsCube } from './cube/reports.ts';
import { reportValuesCube } from './cube/reportValues.ts';
import { type Context, createContext } from './loaders.ts';
import { migrations } from './migrations.ts';
import type { ClusterScoreRow, EmulationClusterRecord } from './model/cluster.ts';
import type { ContentItemRecord, IndicatorRecord } from './model/content.ts';
import { type Models, modelsOf } from './model/models.ts';
import type { ParticipationRecord } from './model/participation.ts';
import {
  type ArticleRow,
  articleRecord,
  type CampaignRow,
  campaignRecord,
  type IndicatorTargetRow,
  indicatorTargetRecord,
  type ProgressReportRow,
  progressReportRecord,
} from './model/rows.ts';
import { Article } from './resolvers/Article.ts';
import { Campaign, CampaignChange, CampaignPhase, Motto } from './resolvers/Campaign.ts';
import { ContentItem, Indicator, IndicatorTarget } from './resolvers/content.ts';
import { ClusterMember, EmulationCluster, PeerScore, RankRow } from './resolvers/EmulationCluster.ts';
import {
  ArticlePayload,
  CampaignPayload,
  IndicatorTargetPayload,
  Mutation,
  RemoveIndicatorTargetPayload,
} from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';
import {
  ClusterPayload,
  LockReportsPayload,
  ParticipationPayload,
  PeerScorePayload,
  ReportPayload,
  reportMutations,
} from './resolvers/reportMutations.ts';
import {
  CompletenessConnection,
  CompletenessRow,
  Participation,
  ProgressReport,
  ReportValue,
} from './resolvers/reports.ts';
import { Unit, UnitFacts } from './resolvers/Unit.ts';
import { dueOn } from './rules/reportPeriod.ts';

export type {
  ArticleRow,
  CampaignRow,
  ClusterScoreRow,
  ContentItemRecord,
  EmulationClusterRecord,
  IndicatorRecord,
  IndicatorTargetRow,
  ParticipationRecord,
  ProgressReportRow,
};

/** The rules of reports that others compute by: what a seed makes is what a unit would have written. */
export const reportRules = { dueOn };

/** What a seed brings; large lists are generators. */
export interface CampaignsRows {
  readonly units: Iterable<UnitCopy>;
  readonly campaigns: Iterable<CampaignRow>;
  readonly contentItems: Iterable<ContentItemRecord>;
  readonly indicators: Iterable<IndicatorRecord>;
  readonly targets: Iterable<IndicatorTargetRow>;
  readonly participations: Iterable<ParticipationRecord>;
  readonly reports: Iterable<ProgressReportRow>;
  readonly articles: Iterable<ArticleRow>;
  readonly clusters: Iterable<EmulationClusterRecord>;
  readonly scores: Iterable<ClusterScoreRow>;
}

function* each<Row, Record>(rows: Iterable<Row>, record: (row: Row) => Record): Generator<Record> {
  for (const row of rows) yield record(row);
}

/** Adds the words of records that a search finds to `words`, as they pass. */
function* learning<Record extends { readonly searchKey: string }>(
  records: Iterable<Record>,
  words: Set<string>,
): Generator<Record> {
  for (const record of records) {
    for (const word of wordsOf([record.searchKey])) words.add(word);
    yield record;
  }
}

/** Campaigns: plan, content, indicators, participation, reports, articles, emulation clusters. */
export const campaigns: SubgraphDefinition<Models, Context, CampaignsRows> = {
  name: 'campaigns',
  sdl: readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'),
  resolvers: {
    Article,
    ArticlePayload,
    Campaign,
    CampaignChange,
    CampaignPayload,
    CampaignPhase,
    ClusterMember,
    ClusterPayload,
    CompletenessConnection,
    CompletenessRow,
    ContentItem,
    EmulationCluster,
    Indicator,
    IndicatorTarget,
    IndicatorTargetPayload,
    Motto,
    LockReportsPayload,
    Mutation: { ...Mutation, ...reportMutations },
    Participation,
    ParticipationPayload,
    PeerScore,
    PeerScorePayload,
    ProgressReport,
    Query,
    RankRow,
    RemoveIndicatorTargetPayload,
    ReportPayload,
    ReportValue,
    Unit,
    UnitFacts,
  },
  models: modelsOf,
  context: createContext,
  outcomes,
  cubes: [reportsCube, reportValuesCube, participationsCube],
  follows: [
    followUnits(({ campaigns: plans, reports }) => [
      { model: plans, unitId: 'ownerId', scopePath: 'scopePath' },
      { model: reports, unitId: 'unitId', scopePath: 'scopePath' },
    ]),
  ],
  jobs: [activateCampaigns],
  migrations,
  load: async (models, rows, onRows) => {
    const words = new Set<string>();
    await insertAll(models.units, each(rows.units, unitCopyRow), onRows);
    await insertAll(models.campaigns, learning(each(rows.campaigns, campaignRecord), words), onRows);
    await insertAll(models.contentItems, rows.contentItems, onRows);
    await insertAll(models.indicators, rows.indicators, onRows);
    await insertAll(models.targets, each(rows.targets, indicatorTargetRecord), onRows);
    await insertAll(models.participations, rows.participations, onRows);
    await insertAll(models.reports, each(rows.reports, progressReportRecord), onRows);
    await insertAll(models.articles, learning(each(rows.articles, articleRecord), words), onRows);
    await writeTexts(models.vocabulary, words);
    await insertAll(models.clusters, rows.clusters, onRows);
    await insertAll(models.scores, rows.scores, onRows);
  },
};
