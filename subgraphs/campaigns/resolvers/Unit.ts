import { reportStatsOf } from '../loaders/reported.ts';
import type { UnitFactsResolvers, UnitResolvers } from '../types.generated.ts';

/** What campaigns add to units; the unit itself is the units subgraph's. */
export const Unit: UnitResolvers = {
  launchedCampaigns: ({ id }, args, { campaigns }) => campaigns.launchedBy(args, id),
  participations: ({ id }, args, { participations }) => participations.ofUnit(args, id),
  clusters: ({ id }, { year, ...args }, { clusters }) =>
    clusters.ofMember({ ...args, year: year ?? null }, id),
  reportStats: ({ id }, args, context) => reportStatsOf(id, args, context),
};

export const UnitFacts: UnitFactsResolvers = {
  campaigns: ({ path }, _, { unitFacts }) => unitFacts.campaigns(path),
  progressReports: ({ path }, _, { unitFacts }) => unitFacts.progressReports(path),
};
