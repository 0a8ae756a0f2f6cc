import { completeActivity } from '../commands/completeActivity.ts';
import { eraseBeneficiary, withdrawConsent } from '../commands/forget.ts';
import type { MutationResolvers, Resolvers } from '../types.generated.ts';

/** What is written of deliveries and of the households that were helped. */
export const peopleMutations: Pick<
  Required<MutationResolvers>,
  'recordDelivery' | 'completeActivity' | 'addBeneficiary' | 'withdrawConsent' | 'eraseBeneficiary'
> = {
  recordDelivery: (_, { input }, { people: write }) => write.recordDelivery(input),
  completeActivity: (_, { input }, { command }) => command(completeActivity, input),
  addBeneficiary: (_, { input }, { people: write }) => write.addBeneficiary(input),
  withdrawConsent: (_, { input }, { command }) => command(withdrawConsent, input),
  eraseBeneficiary: (_, { input }, { command }) => command(eraseBeneficiary, input),
};

export const people: Pick<Required<Resolvers>, 'Beneficiary' | 'DeliveryPayload' | 'BeneficiaryPayload'> = {
  Beneficiary: {
    id: ({ _id }) => _id,
    group: ({ group }) => (group === null ? null : { code: group }),
    displayName: (row, _args, { households }) => households.displayName(row),
    audit: (row, args, { households }) => households.audit(args, row),
  },
  DeliveryPayload: {
    activity: ({ result }, _args, { activities }) => result && activities.byId.load(result.id),
  },
  BeneficiaryPayload: {
    beneficiary: ({ result }, _args, { households }) => result && households.written(result),
    activity: ({ result }, _args, { activities }) => result && activities.byId.load(result.activityId),
  },
};
