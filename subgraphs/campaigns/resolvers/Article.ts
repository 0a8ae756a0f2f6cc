import { entityNotFound } from '../../../server/errors.ts';
import type { ArticleResolvers } from '../types.generated.ts';

export const Article: ArticleResolvers = {
  __resolveReference: async ({ id }, { articles, campaigns }) =>
    (await campaigns.visible(await articles.byId.load(id))) ?? (entityNotFound('Article', id) as never),
  id: ({ _id }) => _id,
  campaign: ({ campaignId }, _, { campaigns }) => campaigns.byId.load(campaignId),
  unit: ({ unitId }) => ({ id: unitId }),
  audit: (article, args, { auditOfUnit }) => auditOfUnit(args, article),
};
