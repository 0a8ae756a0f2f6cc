import DataLoader from 'dataloader';
import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { periodOf } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import {
  type ParticipationRecord,
  type ParticipationStatus,
  participationFields,
  participationStatuses,
} from '../model/participation.ts';
import type { ParticipationFilter } from '../types.generated.ts';
import { codesIn } from './filterValues.ts';
import type { UnitCodes } from './unitCodes.ts';

type Listed = PageArgs & { readonly filter: ParticipationFilter | null };

interface Counted {
  readonly status: ParticipationStatus;
  readonly units: number;
}

/** The roads to participations: under a campaign, under a unit. */
export function participationReads(request: RequestScope<Models>, units: UnitCodes) {
  const { models, signal, selection } = request;
  const model = models.participations;
  const projection = selection.projection('Participation', participationFields);
  const list = { model, signal, projection };
  const filterOf = participationFilters(request, units);

  return {
    byId: byKey<ParticipationRecord>({ ...list, field: '_id' }),
    ofCampaign: perArguments(({ filter, ...args }: Listed) => async (campaignIds) => {
      const sort = [{ field: 'pathAtEvent', direction: 1 }] as const;
      const inside = await filterOf(filter);
      return findPagesOf({ ...list, foreignField: 'campaignId', filter: inside, sort }, campaignIds, args);
    }),
    ofUnit: perArguments((args: PageArgs) => (unitIds) => {
      const sort = [{ field: 'registeredOn', direction: -1 }] as const;
      return findPagesOf({ ...list, foreignField: 'unitId', filter: {}, sort }, unitIds, args);
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
    countsOf: new DataLoader<string, Counted[]>(async (campaignIds) => {
      const found = await perKey<{ _id: ParticipationStatus; units: number }>({
        ...list,
        foreignField: 'campaignId',
        keys: campaignIds.map((key) => ({ key })),
        pipeline: [{ $group: { _id: '$status', units: { $sum: 1 } } }],
      });
      return campaignIds.map((id) => {
        const counts = new Map((found.get(id) ?? []).map(({ _id, units: n }) => [_id, n]));
        return participationStatuses.map((status) => ({ status, units: counts.get(status) ?? 0 }));
      });
    }),
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
