import { entityNotFound } from '../../../server/errors.ts';
import { checkReports } from '../loaders/access.ts';
import { availableActions } from '../loaders/campaignActions.ts';
import { withPeriods } from '../loaders/filterValues.ts';
import { campaignPeriod, settled } from '../loaders/periods.ts';
import { completenessOf } from '../loaders/reported.ts';
import { mottoRoleLabels } from '../rules/mottoRoles.ts';
import type {
  CampaignChangeResolvers,
  CampaignPhaseResolvers,
  CampaignResolvers,
  MottoResolvers,
} from '../types.generated.ts';

export const Campaign: CampaignResolvers = {
  __resolveReference: async (reference, { campaigns }) => {
    const { id, code } = reference as { id?: string; code?: string };
    const found = id ? await campaigns.byId.load(id) : await campaigns.byCode.load(code ?? '');
    return found ?? (entityNotFound('Campaign', id ?? code ?? '') as never);
  },
  id: ({ _id }) => _id,
  parent: ({ parentId }, _, { campaigns }) => (parentId ? campaigns.byId.load(parentId) : null),
  children: ({ _id }, args, { campaigns }) => campaigns.childrenOf(args, _id),
  owner: ({ ownerId }) => ({ id: ownerId }),
  mottos: ({ mottos }, { role }) => (role ? mottos.filter((motto) => role.includes(motto.role)) : mottos),
  contentItems: ({ _id }, _, { content }) => content.itemsOf.load(_id),
  period: (campaign, _, { today }) => campaignPeriod({ relative: 'WHOLE_CAMPAIGN' }, campaign, today),
  reportsUntil: ({ _id }, _, { reports }) => reports.lastDayOf.load(_id),
  indicators: async ({ _id }, { code }, { content }) => {
    const all = await content.indicatorsOf.load(_id);
    return code ? all.filter((indicator) => code.includes(indicator.code)) : all;
  },
  participation: async ({ _id }, { unit }, { participations, units }) =>
    participations.ofUnitIn({ unitId: await units.idOf(unit) }, _id),
  participations: (campaign, { filter, ...args }, { participations, today }) =>
    participations.ofCampaign(
      { ...args, filter: withPeriods(filter, 'registered', settled(campaign, today)) },
      campaign._id,
    ),
  participationCounts: ({ _id }, _, { participations }) => participations.countsOf.load(_id),
  progressReports: (campaign, { filter, ...args }, { reports, viewer, today }) => {
    checkReports(viewer);
    const own = withPeriods(filter, 'period', settled(campaign, today));
    return reports.ofCampaign({ ...args, filter: own }, campaign._id);
  },
  completeness: completenessOf,
  articles: (campaign, { filter, ...args }, { articles, today }) =>
    articles.ofCampaign(
      { ...args, filter: withPeriods(filter, 'during', settled(campaign, today)) },
      campaign._id,
    ),
  availableActions: (campaign, _, { viewer }) => availableActions(campaign, viewer),
  audit: (campaign, args, { audit }) => audit(args, campaign),
};

export const Motto: MottoResolvers = {
  roleLabel: ({ role }) => mottoRoleLabels[role],
};

export const CampaignPhase: CampaignPhaseResolvers = {
  period: ({ code, name, from, before }) => ({ code, from, before, label: name }),
};

export const CampaignChange: CampaignChangeResolvers = {
  kind: ({ campaign }) => (campaign.status === 'ARCHIVED' ? 'TOMBSTONE' : 'UPSERT'),
  id: ({ campaign }) => campaign._id,
  code: ({ campaign }) => campaign.code,
  changedAt: ({ campaign }) => campaign.updatedAt,
  node: ({ campaign }) => (campaign.status === 'ARCHIVED' ? null : campaign),
};
