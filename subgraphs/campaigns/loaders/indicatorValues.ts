import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import type { Filter } from '../../records/keyset.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ValueCell, valuesUnder } from '../cube/reportValues.ts';
import { type IndicatorTargetRecord, indicatorTargetFields, targetOrder } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import type { Days } from '../model/report.ts';
import { reportScope, seesEveryReport } from './access.ts';
import { endsIn } from './periods.ts';
import { type TargetsAsked, targetCounts, targetFilter } from './targets.ts';

export interface Sums {
  readonly value: number;
  readonly reports: number;
}

/** The roads to what units aim at and what they reported; the latter by the cube where it stands. */
export function indicatorValueReads(
  { models, signal, selection, viewer }: RequestScope<Models>,
  cube: () => Promise<ReadableCube | null>,
) {
  const targets = {
    model: models.targets,
    signal,
    projection: selection.projection('IndicatorTarget', indicatorTargetFields),
  };

  return {
    targetById: byKey<IndicatorTargetRecord>({ ...targets, field: '_id' }),
    targetsOf: perArguments(({ first, after, ...which }: PageArgs & TargetsAsked) => (ids) => {
      const filter = targetFilter(which);
      return findPagesOf<IndicatorTargetRecord>(
        { ...targets, foreignField: 'indicatorId', filter, sort: targetOrder },
        ids,
        { first, after },
      );
    }),
    targetCountsOf: targetCounts(models.targets, signal),
    /** What was reported of each indicator of a campaign: all its indicators by one command. */
    sumsOf: perArguments((asked: SumArgs) => async (campaignIds) => {
      const open = seesEveryReport(viewer) ? await cube() : null;
      return open
        ? sumsOfCells({ cells: open.cells, signal }, asked, campaignIds)
        : sumsOfReports({ models, signal }, { ...asked, scope: reportScope(viewer) }, campaignIds);
    }),
  };
}

export type IndicatorValueReads = ReturnType<typeof indicatorValueReads>;

interface SumArgs {
  readonly underId: string | null;
  readonly days: Days;
}

async function sumsOfReports(
  { models, signal }: Pick<RequestScope<Models>, 'models' | 'signal'>,
  { underId, days, scope }: SumArgs & { readonly scope: Filter },
  campaignIds: readonly string[],
): Promise<Map<string, Sums>[]> {
  const handedIn = { handedIn: true, ...(underId ? { line: underId } : {}), ...endsIn(days) };
  const found = await perKey<Sums & { _id: string }>({
    model: models.reports,
    foreignField: 'campaignId',
    keys: campaignIds.map((key) => ({ key })),
    pipeline: [
      { $match: { $and: [scope, handedIn] } },
      { $unwind: '$values' },
      { $group: { _id: '$values.indicatorId', value: { $sum: '$values.value' }, reports: { $sum: 1 } } },
    ],
    signal,
  });
  return campaignIds.map((id) => new Map((found.get(id) ?? []).map((row) => [row._id, row])));
}

async function sumsOfCells(
  { cells, signal }: Pick<ReadableCube, 'cells'> & { readonly signal: AbortSignal | undefined },
  { underId, days }: SumArgs,
  campaignIds: readonly string[],
): Promise<Map<string, Sums>[]> {
  const lists = campaignIds.map((id) => valuesUnder(id, underId));
  const found = await perKey<Pick<ValueCell, 'values'>>({
    model: cells,
    foreignField: 'list',
    keys: lists.map((key) => ({ key })),
    pipeline: [{ $match: endsIn(days) }, { $project: { values: 1 } }],
    signal,
  });
  return lists.map((list) => added(found.get(list) ?? []));
}

function added(cells: readonly Pick<ValueCell, 'values'>[]): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const [id, more] of cells.flatMap(({ values = {} }) => Object.entries(values))) {
    const { value, reports } = sums.get(id) ?? { value: 0, reports: 0 };
    sums.set(id, { value: value + (more.value ?? 0), reports: reports + (more.reports ?? 0) });
  }
  return sums;
}
