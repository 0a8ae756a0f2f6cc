import { entityNotFound } from '../../../server/errors.ts';
import { isOverdue } from '../rules/overdue.ts';
import type { HouseProjectResolvers } from '../types.generated.ts';

export const HouseProject: HouseProjectResolvers = {
  __resolveReference: async (reference, { houses }) => {
    const { id } = reference as { readonly id: string };
    const found = await houses.byId.load(id);
    if (!found) throw entityNotFound('HouseProject', id);
    return found;
  },
  id: ({ _id }) => _id,
  activity: async ({ activityId }, _args, { activities }) => {
    const found = await activities.byId.load(activityId);
    if (!found) throw entityNotFound('SupportActivity', activityId);
    return found;
  },
  campaign: ({ campaignId, campaignCode }) => ({ id: campaignId, code: campaignCode }),
  unit: ({ unitId }) => ({ id: unitId }),
  audit: (house, args, { audit }) => audit(args, house),
  overdue: (house, { on }, { today }) => isOverdue(house, on ?? today),
};
