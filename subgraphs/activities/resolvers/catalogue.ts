import type { Resolvers } from '../types.generated.ts';

/** A fact holds a code alone; everything else of an entry is read when it is asked for. */
export const catalogue: Pick<Required<Resolvers>, 'SupportKind' | 'BeneficiaryGroup' | 'FundingSource'> = {
  SupportKind: {
    name: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('KIND', code)).name,
    buildsHouse: async ({ code }, _args, { catalogue: entries }) =>
      (await entries.entry('KIND', code)).buildsHouse,
    noteRequired: async ({ code }, _args, { catalogue: entries }) =>
      (await entries.entry('KIND', code)).noteRequired,
    origin: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('KIND', code)).origin,
  },
  BeneficiaryGroup: {
    name: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('GROUP', code)).name,
    sensitive: async ({ code }, _args, { catalogue: entries }) =>
      (await entries.entry('GROUP', code)).sensitive,
    origin: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('GROUP', code)).origin,
  },
  FundingSource: {
    name: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('FUNDING', code)).name,
    origin: async ({ code }, _args, { catalogue: entries }) => (await entries.entry('FUNDING', code)).origin,
  },
};
