import { entityNotFound } from '../../../server/errors.ts';
import { isWithin } from '../../records/subtree.ts';
import { visiblePeople } from '../loaders/people.ts';
import { availableActions } from '../rules/activityActions.ts';
import type { Resolvers } from '../types.generated.ts';

export const supportActivity: Pick<
  Required<Resolvers>,
  'SupportActivity' | 'SupportActivityChange' | 'FundingLine'
> = {
  SupportActivity: {
    __resolveReference: async (reference, { activities }) => {
      const { id } = reference as { readonly id: string };
      const found = await activities.byId.load(id);
      if (!found) throw entityNotFound('SupportActivity', id);
      return found;
    },
    id: ({ _id }) => _id,
    campaign: ({ campaignId, campaignCode }) => ({ id: campaignId, code: campaignCode }),
    contentItem: ({ contentItemId }) => (contentItemId === null ? null : { id: contentItemId }),
    unit: ({ unitId }) => ({ id: unitId }),
    coOrganisers: ({ coOrganiserIds }) => coOrganiserIds.map((id) => ({ id })),
    kind: ({ kind }) => ({ code: kind }),
    level: ({ levelAtEvent }) => levelAtEvent,
    provinceCode: ({ provinceAtEvent }) => provinceAtEvent,
    people: (activity, _args, { viewer }) => visiblePeople(activity, viewer).whole,
    groups: (activity, _args, { viewer }) => visiblePeople(activity, viewer).groups,
    deliveries: (activity, _args, { viewer }) => visiblePeople(activity, viewer).deliveries,
    evidence: ({ evidence, scopePath }, _args, { viewer }) =>
      isWithin(scopePath, viewer.unitPath) ? evidence : null,
    beneficiaries: (activity, args, { beneficiaries }) => beneficiaries(args, activity),
    house: ({ house }, _args, { houses }) => house && houses.byId.load(house.id),
    plannedInKind: ({ plannedInKind }) => plannedInKind ?? [],
    availableActions: (activity, _args, { viewer }) => availableActions(activity, viewer),
    audit: (activity, args, { audit }) => audit(args, activity),
  },
  SupportActivityChange: {
    kind: ({ activity }) => (activity.status === 'CANCELLED' ? 'TOMBSTONE' : 'UPSERT'),
    id: ({ activity }) => activity._id,
    code: ({ activity }) => activity.code,
    changedAt: ({ activity }) => activity.updatedAt,
    node: ({ activity }) => activity,
  },
  FundingLine: { source: ({ code }) => ({ code }) },
};
