import { inputInvalid } from '../../../server/errors.ts';
import { checkReports } from '../loaders/access.ts';
import type { QueryResolvers } from '../types.generated.ts';

const MOST_CODES = 100;

/** Gives the one address that was given. Throws INPUT_INVALID unless it is exactly one. */
function exactlyOne(id: string | null | undefined, code: string | null | undefined, name: string): void {
  if ((id == null) !== (code == null)) return;
  throw inputInvalid(`Give exactly one of id and ${name}.`);
}

/** Throws INPUT_INVALID for more codes than one operation may ask for. */
function checkCodes(codes: readonly string[]): readonly string[] {
  if (codes.length <= MOST_CODES) return codes;
  throw inputInvalid(`At most ${MOST_CODES} codes can be asked for at once; these were ${codes.length}.`);
}

export const Query: QueryResolvers = {
  campaign: (_, { id, code }, { campaigns }) => {
    exactlyOne(id, code, 'code');
    return id ? campaigns.byId.load(id) : campaigns.byCode.load(code ?? '');
  },
  campaignsByCode: (_, { codes }, { campaigns }) =>
    Promise.all(checkCodes(codes).map((code) => campaigns.byCode.load(code))),
  campaigns: (_, args, { campaigns }) => campaigns.page(args),
  searchCampaigns: (_, args, { search }) => search(args),
  campaignChanges: (_, args, { changes }) => changes(args),

  contentItem: async (_, { id, address }, { content, campaigns }) => {
    exactlyOne(id, address, 'address');
    return campaigns.visible(
      await (id ? content.itemById.load(id) : content.itemByAddress.load(address ?? '')),
    );
  },
  contentItemsByAddress: (_, { addresses }, { content, campaigns }) =>
    Promise.all(
      checkCodes(addresses).map(async (address) =>
        campaigns.visible(await content.itemByAddress.load(address)),
      ),
    ),
  indicator: async (_, { id, address }, { content, campaigns }) => {
    exactlyOne(id, address, 'address');
    return campaigns.visible(
      await (id ? content.indicatorById.load(id) : content.indicatorByAddress.load(address ?? '')),
    );
  },
  indicatorsByAddress: (_, { addresses }, { content, campaigns }) =>
    Promise.all(
      checkCodes(addresses).map(async (address) =>
        campaigns.visible(await content.indicatorByAddress.load(address)),
      ),
    ),

  progressReport: (_, { id }, { reports, viewer }) => {
    checkReports(viewer);
    return reports.byId.load(id);
  },
  article: async (_, { id }, { articles, campaigns }) => campaigns.visible(await articles.byId.load(id)),
  emulationCluster: (_, { id }, { clusters }) => clusters.byId.load(id),
  emulationClusters: (_, args, { clusters }) => clusters.page(args),
  emulationClusterYears: (_, __, { clusters }) => clusters.years(),
  campaignAudit: (_, args, { audits }) => audits(args),
};
