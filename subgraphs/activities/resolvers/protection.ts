import { destroyCampaignSalt } from '../commands/endPersonalData.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../types.generated.ts';

/** What an administrator of data protection asks. */
export const protectionQueries: Pick<QueryResolvers, 'personalDataKeys'> = {
  personalDataKeys: (_, _args, { personalKeys }) => personalKeys(),
};

/** What an administrator of data protection does. */
export const protectionMutations: Pick<Required<MutationResolvers>, 'destroyCampaignSalt'> = {
  destroyCampaignSalt: (_, { input }, { command }) => command(destroyCampaignSalt, input),
};

export const protection: Pick<Required<Resolvers>, 'DestroyCampaignSaltPayload'> = {
  DestroyCampaignSaltPayload: {
    campaign: ({ result }) => result,
  },
};
