import { entityNotFound } from '../../../server/errors.ts';
import type { Resolvers } from '../types.generated.ts';

/** A reference as another subgraph gives it: by one of the keys. */
type Key = Readonly<Record<string, string | undefined>>;

/** What is added to the records that other subgraphs own; each is found among the copies kept here. */
export const entities: Pick<Required<Resolvers>, 'Unit' | 'UnitFacts' | 'Campaign' | 'ContentItem'> = {
  Unit: {
    __resolveReference: async (reference, { copies }) => {
      const { id = '' } = reference as Key;
      if (!(await copies.unitById.load(id))) throw entityNotFound('Unit', id);
      return { id };
    },
    supportActivities: ({ id }, args, { activities }) => activities.ofUnit(args, id),
    supportSummary: ({ id }, args, { summaries }) => summaries.ofUnit(args, id),
  },
  UnitFacts: {
    supportActivities: ({ path }, _, { unitFacts }) => unitFacts.supportActivities(path),
    houses: ({ path }, _, { unitFacts }) => unitFacts.houses(path),
  },
  Campaign: {
    __resolveReference: async (reference, { copies }) => {
      const { id, code = '' } = reference as Key;
      const copy = await (id === undefined ? copies.campaignByCode.load(code) : copies.campaignById.load(id));
      if (!copy) throw entityNotFound('Campaign', id ?? code);
      return { id: copy._id, code: copy.code };
    },
    supportActivities: ({ code }, args, { activities }) => activities.ofCampaign(args, code),
    supportSummary: ({ code }, args, { summaries }) => summaries.ofCampaign(args, code),
    houseFunnel: ({ code }, args, { houseFunnel }) => houseFunnel(args, code),
  },
  ContentItem: {
    // Whether the item exists is its owner's to say; a list under one that does not is empty.
    __resolveReference: (reference) => ({ id: (reference as Key).id ?? '' }),
    supportActivities: ({ id }, args, { activities }) => activities.ofContentItem(args, id),
  },
};
