import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { periodOf } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import { type ParticipationRecord, participationFields } from '../model/participation.ts';
import type { ParticipationFilter } from '../types.generated.ts';
import type { CampaignReads } from './campaigns.ts';
import { codesIn } from './filterValues.ts';
import { participationCounts } from './participationCounts.ts';
import type { UnitCodes } from './unitCodes.ts';

type Listed = PageArgs & { readonly filter: ParticipationFilter | null };

/** The roads to participations: under a campaign, under a unit. */
export function participationReads(
  request: RequestScope<Models>,
  { units, campaigns }: { readonly units: UnitCodes; readonly campaigns: CampaignReads },
  cube: () => Promise<ReadableCube | null>,
) {
  const { models, signal, selection } = request;
  const model = models.participations;
  const projection = selection.projection('Participation', participationFields);
  const list = { model, signal, projection };
  const filterOf = participationFilters(request, units);
  const countsOf = participationCounts(request, cube);
  const allIn = async (campaignId: string): Promise<number> =>
    (await countsOf.load(campaignId)).reduce((sum, counted) => sum + counted.units, 0);

  return {
    byId: byKey<ParticipationRecord>({ ...list, field: '_id' }),
    ofCampaign: perArguments(({ filter, ...args }: Listed) => async (campaignIds) => {
      const sort = [{ field: 'pathAtEvent', direction: 1 }] as const;
      const inside = await filterOf(filter);
      const pages = await findPagesOf(
        { ...list, foreignField: 'campaignId', filter: inside, sort },
        campaignIds,
        args,
      );
      // How many there are in all is known; how many are of one kind is counted.
      return filter
        ? pages
        : pages.map((page, index) => ({ ...page, totalCount: () => allIn(campaignIds[index] ?? '') }));
    }),
    ofUnit: perArguments((args: PageArgs) => async (unitIds) => {
      const sort = [{ field: 'registeredOn', direction: -1 }] as const;
      const filter = await campaigns.ofVisible();
      return findPagesOf({ ...list, foreignField: 'unitId', filter, sort }, unitIds, args);
    }),
    /** How one unit takes part in each campaign; null where it does not. */
    ofUnitIn: perArguments(({ unitId }: { readonly unitId: string }) => async (campaignIds) => {
      const found = await perKey<ParticipationRecord>({
        ...list,
        foreignField: 'campaignId',
        keys: campaignIds.map((key) => ({ key })),
        pipeline: [{ $match: { unitId } }, { $project: projection }],
      });
      return campaignIds.map((id) => found.get(id)?.[0] ?? null);
    }),
    countsOf,
  };
}

function participationFilters({ today }: RequestScope<Models>, units: UnitCodes) {
  return async (filter: Listed['filter']): Promise<Filter> => {
    const ids = await units.idsOf(codesIn(filter, 'unit', 'under'));
    return toFilter(filter, {
      unit: (codes) => isIn('unitId')(codes.map((code) => ids.get(code))),
      under: (codes) => isIn('line')(codes.map((code) => ids.get(code))),
      level: isIn('levelAtEvent'),
      status: isIn('status'),
      registered: (input) => {
        const { from, before } = periodOf(input, { today });
        return { registeredOn: { $gte: from, $lt: before } };
      },
      updatedSince: (since) => ({ updatedAt: { $gte: since } }),
    });
  };
}

export type ParticipationReads = ReturnType<typeof participationReads>;
