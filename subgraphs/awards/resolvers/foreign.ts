import type {
  CampaignResolvers,
  SupportActivityResolvers,
  UnitFactsResolvers,
  UnitResolvers,
} from '../types.generated.ts';

/** What awards add to the entities of the others. */

export const Unit: UnitResolvers = {
  awards: ({ id }, args, { awards }) => awards.ofUnit(args, id),
  awardSummary: ({ id }, args, { summaries }) => summaries.ofUnit(args, id),
};

export const Campaign: CampaignResolvers = {
  awardFunnel: ({ id }, args, { funnel }) => funnel(args, id),
  awardSummary: ({ id }, _, { summaries }) => summaries.ofCampaign(id),
};

export const SupportActivity: SupportActivityResolvers = {
  awards: ({ id }, args, { awards }) => awards.ofActivity(args, id),
};

export const UnitFacts: UnitFactsResolvers = {
  dossiers: ({ path }, _, { unitFacts }) => unitFacts.dossiers(path),
  awards: ({ path }, _, { unitFacts }) => unitFacts.awards(path),
};
