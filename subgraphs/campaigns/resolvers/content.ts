import { entityNotFound } from '../../../server/errors.ts';
import { placeOfTargets, reportedOf } from '../loaders/reported.ts';
import { targetStatus } from '../rules/targetStatus.ts';
import type {
  ContentItemResolvers,
  IndicatorResolvers,
  IndicatorTargetResolvers,
} from '../types.generated.ts';

export const ContentItem: ContentItemResolvers = {
  __resolveReference: async (reference, { content, campaigns }) => {
    const { id, address } = reference as { id?: string; address?: string };
    const found = id ? await content.itemById.load(id) : await content.itemByAddress.load(address ?? '');
    return (await campaigns.visible(found)) ?? (entityNotFound('ContentItem', id ?? address ?? '') as never);
  },
  id: ({ _id }) => _id,
  campaign: ({ campaignId }, _, { campaigns }) => campaigns.byId.load(campaignId),
  carriesOut: async ({ carriesOutId }, _, { content, campaigns }) =>
    carriesOutId ? campaigns.visible(await content.itemById.load(carriesOutId)) : null,
  indicators: ({ _id }, _, { content }) => content.indicatorsOfItem.load(_id),
};

export const Indicator: IndicatorResolvers = {
  __resolveReference: async ({ id }, { content, campaigns }) =>
    (await campaigns.visible(await content.indicatorById.load(id))) ??
    (entityNotFound('Indicator', id) as never),
  id: ({ _id }) => _id,
  campaign: ({ campaignId }, _, { campaigns }) => campaigns.byId.load(campaignId),
  contentItem: ({ contentItemId }, _, { content }) => content.itemById.load(contentItemId),
  targets: async (indicator, { under, period, ...args }, context) =>
    context.indicatorValues.targetsOf(
      { ...args, ...(await placeOfTargets(indicator, { under, period }, context)) },
      indicator._id,
    ),
  targetCounts: async (indicator, args, context) =>
    context.indicatorValues.targetCountsOf(await placeOfTargets(indicator, args, context), indicator._id),
  reported: reportedOf,
};

export const IndicatorTarget: IndicatorTargetResolvers = {
  id: ({ _id }) => _id,
  indicator: ({ indicatorId }, _, { content }) => content.indicatorById.load(indicatorId),
  unit: ({ unitId }) => ({ id: unitId }),
  status: (target) => targetStatus(target),
  audit: (target, args, { auditOfUnit }) => auditOfUnit(args, target),
};
