import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type IndicatorTargetRecord, indicatorTargetFields, targetOrder } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import type { Days } from '../model/report.ts';
import { reportScope } from './access.ts';
import { endsIn } from './periods.ts';

type TargetArgs = PageArgs & { readonly underId: string | null; readonly days: Days | null };

export interface Sums {
  readonly value: number;
  readonly reports: number;
}

/** The roads to what units aim at and what they reported. */
export function indicatorValueReads({ models, signal, selection, viewer }: RequestScope<Models>) {
  const targets = {
    model: models.targets,
    signal,
    projection: selection.projection('IndicatorTarget', indicatorTargetFields),
  };

  return {
    targetById: byKey<IndicatorTargetRecord>({ ...targets, field: '_id' }),
    targetsOf: perArguments(({ underId, days, ...args }: TargetArgs) => (ids) => {
      const filter = { ...(underId ? { line: underId } : {}), ...(days ? endsIn(days) : {}) };
      return findPagesOf<IndicatorTargetRecord>(
        { ...targets, foreignField: 'indicatorId', filter, sort: targetOrder },
        ids,
        args,
      );
    }),
    /** What was reported of each indicator of a campaign: all its indicators by one command. */
    sumsOf: perArguments(
      ({ underId, days }: Pick<TargetArgs, 'underId'> & { readonly days: Days }) =>
        (campaignIds) =>
          sumsOf({ models, signal, filter: sumFilter(underId, days, reportScope(viewer)) }, campaignIds),
    ),
  };
}

export type IndicatorValueReads = ReturnType<typeof indicatorValueReads>;

const sumFilter = (underId: string | null, days: Days, scope: object) => ({
  $and: [scope, { handedIn: true, ...(underId ? { line: underId } : {}), ...endsIn(days) }],
});

async function sumsOf(
  { models, signal, filter }: { models: Models; signal: AbortSignal | undefined; filter: object },
  campaignIds: readonly string[],
): Promise<Map<string, Sums>[]> {
  const found = await perKey<Sums & { _id: string }>({
    model: models.reports,
    foreignField: 'campaignId',
    keys: campaignIds.map((key) => ({ key })),
    pipeline: [
      { $match: filter },
      { $unwind: '$values' },
      { $group: { _id: '$values.indicatorId', value: { $sum: '$values.value' }, reports: { $sum: 1 } } },
    ],
    signal,
  });
  return campaignIds.map((id) => new Map((found.get(id) ?? []).map((row) => [row._id, row])));
}
