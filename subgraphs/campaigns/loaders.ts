import type { Viewer } from '../../server/viewer.ts';
import type { CommandRunner } from '../records/command/runCommand.ts';
import type { PageArgs } from '../records/connection.ts';
import type { AnyCube } from '../records/cube/definition.ts';
import { once } from '../records/once.ts';
import type { RequestScope } from '../subgraph.ts';
import { participationsCube } from './cube/participations.ts';
import { reportsCube } from './cube/reports.ts';
import { reportValuesCube } from './cube/reportValues.ts';
import { type ArticleReads, articleReads } from './loaders/articles.ts';
import { type AuditReads, auditReads } from './loaders/audits.ts';
import { type CampaignReads, campaignReads } from './loaders/campaigns.ts';
import { campaignChanges } from './loaders/changes.ts';
import { type ClusterReads, clusterReads } from './loaders/clusters.ts';
import { type CompletenessReads, completenessReads } from './loaders/completeness.ts';
import { type ContentReads, contentReads } from './loaders/content.ts';
import { type IndicatorValueReads, indicatorValueReads } from './loaders/indicatorValues.ts';
import { type ParticipationReads, participationReads } from './loaders/participations.ts';
import { type PeerScoreReads, peerScoreReads } from './loaders/peerScores.ts';
import { type ReportReads, reportReads } from './loaders/reports.ts';
import { searchCampaigns } from './loaders/search.ts';
import { type UnitCodes, unitCodes } from './loaders/unitCodes.ts';
import { type UnitFactsReads, unitFactsReads } from './loaders/unitFacts.ts';
import type { CampaignChangeConnectionRecord } from './model/campaign.ts';
import type { Models } from './model/models.ts';
import type { CampaignHitRecord } from './model/search.ts';

/** The roads to the data of one fetch, and who is asking. */
export interface Context extends AuditReads {
  readonly unitFacts: UnitFactsReads;
  readonly viewer: Viewer;
  readonly today: string;
  readonly units: UnitCodes;
  readonly campaigns: CampaignReads;
  readonly content: ContentReads;
  readonly indicatorValues: IndicatorValueReads;
  readonly participations: ParticipationReads;
  readonly reports: ReportReads;
  readonly completeness: CompletenessReads;
  readonly articles: ArticleReads;
  readonly clusters: ClusterReads;
  readonly peerScores: PeerScoreReads;
  readonly search: (args: { readonly text: string; readonly first: number }) => Promise<CampaignHitRecord[]>;
  /** Runs a mutation's command. */
  readonly command: CommandRunner<Models>;
  readonly changes: (args: PageArgs) => Promise<CampaignChangeConnectionRecord>;
}

/** Makes the roads of one fetch; nothing is read before a resolver asks. */
export function createContext(scope: RequestScope<Models>): Context {
  const units = unitCodes(scope);
  const campaigns = campaignReads(scope, units);
  const peerScores = peerScoreReads(scope, units);
  const opened = (cube: AnyCube<Models>) => once(() => scope.cubes.open(cube, scope));
  return {
    unitFacts: unitFactsReads(scope),
    viewer: scope.viewer,
    today: scope.today,
    units,
    campaigns,
    content: contentReads(scope),
    indicatorValues: indicatorValueReads(scope, opened(reportValuesCube)),
    participations: participationReads(scope, { units, campaigns }, opened(participationsCube)),
    reports: reportReads(scope, units),
    completeness: completenessReads(scope, opened(reportsCube)),
    articles: articleReads(scope, units),
    clusters: clusterReads(scope, units),
    peerScores,
    search: (args) => searchCampaigns(scope, campaigns, args),
    command: scope.command,
    ...auditReads(scope, units, peerScores),
    changes: (args) => campaignChanges(scope, args),
  };
}
