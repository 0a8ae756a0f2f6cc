import { inputInvalid } from '../../../server/errors.ts';
import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { once } from '../../records/once.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { periodOf } from '../../records/periodInput.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type CampaignPhaseRecord,
  type CampaignRecord,
  campaignFields,
  campaignOrder,
} from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { campaignPlaces } from '../rules/searchTerms.ts';
import { holdsText, wanted } from '../rules/textMatch.ts';
import type { CampaignFilter } from '../types.generated.ts';
import { campaignScope, hiddenCampaigns, seesEveryCampaign } from './access.ts';
import { codesIn, phasesIn } from './filterValues.ts';
import type { UnitCodes } from './unitCodes.ts';

type Listed = PageArgs & { readonly filter?: CampaignFilter | null | undefined };

/** The roads to campaigns; drafts of others are nowhere on them. */
export function campaignReads(request: RequestScope<Models>, units: UnitCodes) {
  const { models, signal, viewer } = request;
  const model = models.campaigns;
  const scope = campaignScope(viewer);
  const projection = request.selection.projection('Campaign', campaignFields);
  const filterOf = campaignFilters(request, units);
  const list = { model, projection, signal };

  const byId = byKey<CampaignRecord>({ ...list, field: '_id', scope });
  const days = { ...list, scope, projection: { phases: 1, issuedOn: 1, endsOn: 1 } } as const;

  return {
    byId,
    byCode: byKey<CampaignRecord>({ ...list, field: 'code', scope }),
    /** What a period inside a campaign is read against, whatever of the campaign itself is selected. */
    daysById: byKey<CampaignRecord>({ ...days, field: '_id' }),
    daysByCode: byKey<CampaignRecord>({ ...days, field: 'code' }),
    /** Gives what belongs to a campaign only to those who may see the campaign; null to others. */
    visible: async <Row extends { readonly campaignId: string }>(row: Row | null): Promise<Row | null> =>
      row && (seesEveryCampaign(viewer) || (await byId.load(row.campaignId))) ? row : null,
    /** The filter of what belongs to a campaign, for lists over many: nothing of one that the viewer may not see. */
    ofVisible: once(() => ofVisible(request)),
    page: async ({ filter, ...args }: Listed) =>
      findPage({ ...list, filter: both(scope, await filterOf(filter)), sort: campaignOrder }, args),
    childrenOf: perArguments(({ filter, ...args }: Listed) => async (parents) => {
      const inside = both(scope, await filterOf(filter));
      return findPagesOf(
        { ...list, foreignField: 'parentId', filter: inside, sort: campaignOrder },
        parents,
        args,
      );
    }),
    launchedBy: perArguments((args: PageArgs) => (owners) => {
      const sort = [{ field: 'issuedOn', direction: -1 }] as const;
      return findPagesOf({ ...list, foreignField: 'ownerId', filter: scope, sort }, owners, args);
    }),
  };
}

export type CampaignReads = ReturnType<typeof campaignReads>;

async function ofVisible({ models, signal, viewer }: RequestScope<Models>): Promise<Filter> {
  const hidden = hiddenCampaigns(viewer);
  if (!hidden) return {};
  const model = models.campaigns;
  const projection = { _id: 1 };
  const ids = await readRows<Pick<CampaignRecord, '_id'>>({ model, filter: hidden, projection, signal });
  return ids.length === 0 ? {} : { campaignId: { $nin: ids.map(({ _id }) => _id) } };
}

const both = (a: Filter, b: Filter): Filter => ({ $and: [a, b] });

/** Makes the builder of campaign filters: codes are looked up first, unknown ones refused with INPUT_INVALID. */
function campaignFilters({ models, signal, today, viewer }: RequestScope<Models>, units: UnitCodes) {
  const known = byKey<CampaignRecord>({
    model: models.campaigns,
    field: 'code',
    projection: { code: 1, phases: 1 },
    scope: campaignScope(viewer),
    signal,
  });
  const parentsOf = async (codes: readonly string[]): Promise<Map<string, string>> => {
    const rows = await Promise.all(codes.map((code) => known.load(code)));
    return new Map(rows.map((row, index) => [codes[index] ?? '', row?._id ?? unknown(codes[index] ?? '')]));
  };
  const phasesOf = async (codes: readonly string[]): Promise<CampaignPhaseRecord[]> => {
    const rows = await Promise.all(codes.map((code) => known.load(code.split(':')[0] ?? '')));
    return rows.flatMap((row) => row?.phases ?? []);
  };
  return async (filter: CampaignFilter | null | undefined): Promise<Filter> => {
    const [ids, parents, phases] = await Promise.all([
      units.idsOf(codesIn(filter, 'owner', 'under')),
      parentsOf(codesIn(filter, 'parent')),
      phasesOf(phasesIn(filter, 'during')),
    ]);
    const phase = (code: string) => phases.find((one) => one.code === code) ?? null;
    return toFilter(filter, {
      code: isIn('code'),
      kind: isIn('kind'),
      status: isIn('status'),
      owner: (codes) => isIn('ownerId')(codes.map((code) => ids.get(code))),
      under: (codes) => isIn('line')(codes.map((code) => ids.get(code))),
      parent: (codes) => isIn('parentId')(codes.map((code) => parents.get(code))),
      during: (input) => runsIn(periodOf(input, { today, phase })),
      text: (text) => holdsText(campaignPlaces, wanted(text)),
      updatedSince: (since) => ({ updatedAt: { $gte: since } }),
    });
  };
}

const unknown = (code: string): never => {
  throw inputInvalid(`There is no campaign with the code ${code}.`, { code });
};

const runsIn = ({ from, before }: { readonly from: string; readonly before: string }): Filter => ({
  issuedOn: { $lt: before },
  $or: [{ endsOn: null }, { endsOn: { $gte: from } }],
});
