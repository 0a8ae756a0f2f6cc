import DataLoader from 'dataloader';
import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { isIn, toFilter } from '../../records/filter.ts';
import { type Filter, sortSpec, withId } from '../../records/keyset.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { periodOf } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import {
  type CompletenessRowRecord,
  type Days,
  missingOrder,
  type ProgressReportConnectionRecord,
  type ProgressReportRecord,
  progressReportFields,
  reportOrder,
  underKey,
} from '../model/report.ts';
import type { ProgressReportFilter } from '../types.generated.ts';
import { reportScope, seesEveryReport } from './access.ts';
import { codesIn } from './filterValues.ts';
import { endsIn } from './periods.ts';
import type { UnitCodes } from './unitCodes.ts';

type Listed = PageArgs & { readonly filter: ProgressReportFilter | null };

/** The roads to progress reports; for viewers who may read none, nothing is on them. */
export function reportReads(request: RequestScope<Models>, units: UnitCodes) {
  const { models, signal, selection, viewer, today } = request;
  const projection = selection.projection('ProgressReport', progressReportFields);
  const list = { model: models.reports, signal, projection };
  const filterOf = async (filter: Listed['filter'], campaignIds: readonly string[]): Promise<Filter> => {
    const ids = await units.idsOf(codesIn(filter, 'unit', 'under'));
    const underOne = (code: string) => campaignIds.map((id) => underKey(id, ids.get(code) ?? ''));
    return toFilter(filter, {
      unit: (codes) => isIn('unitId')(codes.map((code) => ids.get(code))),
      // By the keys of an index, not by the line of units: few of a campaign's reports lie under one unit.
      under: (codes) => isIn('underKeys')(codes.flatMap(underOne)),
      level: isIn('levelAtEvent'),
      status: isIn('status'),
      period: (input) => endsIn(periodOf(input, { today })),
      handedIn: (handedIn) => ({ handedIn }),
      late: (late) => ({ late }),
      updatedSince: (since) => ({ updatedAt: { $gte: since } }),
    });
  };
  const scope = reportScope(viewer);
  const inScope = (filter: Filter): Filter => ({ $and: [scope, filter] });

  const missing = perArguments(({ days, ...args }: PageArgs & { readonly days: Days }) => (keys) => {
    const filter = inScope({ handedIn: false, dueOn: { $lt: today }, ...endsIn(days) });
    return findPagesOf({ ...list, foreignField: 'underKeys', filter, sort: missingOrder }, keys, args);
  });

  return {
    byId: byKey<ProgressReportRecord>({ ...list, field: '_id', scope }),
    ofCampaign: perArguments(({ filter, ...args }: Listed) => async (campaignIds) => {
      const inside = inScope(await filterOf(filter, campaignIds));
      return findPagesOf(
        { ...list, foreignField: 'campaignId', filter: inside, sort: reportOrder },
        campaignIds,
        args,
      );
    }),
    lastDayOf: lastDays(request),
    /** Reports not handed in whose last day is over, under the unit of a row; the row has counted them already. */
    missingUnder: async (
      { campaignId, _id, days, missing: all }: CompletenessRowRecord,
      args: PageArgs,
    ): Promise<ProgressReportConnectionRecord> => {
      const page = await missing({ ...args, days }, underKey(campaignId, _id));
      return seesEveryReport(viewer) ? { ...page, totalCount: async () => all } : page;
    },
  };
}

/** Makes the loader of the last day that any report of a campaign is on, whoever may read it; null where there is none. */
const lastDays = ({ models, signal }: RequestScope<Models>): DataLoader<string, string | null> =>
  new DataLoader(async (campaignIds) => {
    const found = await perKey<Pick<ProgressReportRecord, 'periodEnd'>>({
      model: models.reports,
      foreignField: 'campaignId',
      keys: campaignIds.map((key) => ({ key })),
      pipeline: [{ $sort: sortSpec(withId(reportOrder)) }, { $limit: 1 }, { $project: { periodEnd: 1 } }],
      signal,
    });
    return campaignIds.map((id) => found.get(id)?.[0]?.periodEnd ?? null);
  });

export type ReportReads = ReturnType<typeof reportReads>;
