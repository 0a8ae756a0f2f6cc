import { entityNotFound } from '../../../server/errors.ts';
import type {
  CompletenessConnectionResolvers,
  CompletenessRowResolvers,
  ParticipationResolvers,
  ProgressReportResolvers,
  ReportValueResolvers,
} from '../types.generated.ts';

export const Participation: ParticipationResolvers = {
  id: ({ _id }) => _id,
  campaign: ({ campaignId }, _, { campaigns }) => campaigns.byId.load(campaignId),
  unit: ({ unitId }) => ({ id: unitId }),
  registeredTitles: ({ registeredTitles }) => registeredTitles.map((code) => ({ code })),
  launchedCampaign: ({ launchedCampaignId }, _, { campaigns }) =>
    launchedCampaignId ? campaigns.byId.load(launchedCampaignId) : null,
  audit: (participation, args, { auditOfUnit }) => auditOfUnit(args, participation),
};

export const ProgressReport: ProgressReportResolvers = {
  __resolveReference: async ({ id }, { reports }) =>
    (await reports.byId.load(id)) ?? (entityNotFound('ProgressReport', id) as never),
  id: ({ _id }) => _id,
  campaign: ({ campaignId }, _, { campaigns }) => campaigns.byId.load(campaignId),
  unit: ({ unitId }) => ({ id: unitId }),
  audit: (report, args, { audit }) => audit(args, report),
};

export const ReportValue: ReportValueResolvers = {
  indicator: async ({ indicatorId }, _, { content, campaigns }) =>
    campaigns.visible(await content.indicatorById.load(indicatorId)),
};

export const CompletenessConnection: CompletenessConnectionResolvers = {
  edges: async ({ page }) => (await page()).edges,
  nodes: async ({ page }) => (await page()).nodes,
  pageInfo: async ({ page }) => (await page()).pageInfo,
  totalCount: async ({ page }) => (await page()).totalCount(),
  total: ({ campaignId, unitId, days }, _, { completeness }) =>
    completeness.whole({ campaignId, unitId }, days),
};

export const CompletenessRow: CompletenessRowResolvers = {
  unit: ({ _id }) => ({ id: _id }),
  onTime: ({ received, late }) => received - late,
  pending: ({ expected, received, missing }) => expected - received - missing,
  missingReports: (row, args, { reports }) => reports.missingUnder(row, args),
};
