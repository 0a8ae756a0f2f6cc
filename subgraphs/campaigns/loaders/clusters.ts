import DataLoader from 'dataloader';
import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { once } from '../../records/once.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { readPipeline, readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type ClusterMemberConnectionRecord,
  type ClusterScoreRow,
  clusterFields,
  type EmulationClusterRecord,
  type RankConnectionRecord,
} from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import { previousPeriod, ranking } from '../rules/ranking.ts';
import { memoryPage } from './memoryPage.ts';
import { calendarCode } from './periods.ts';
import type { UnitCodes } from './unitCodes.ts';

/** Makes the loader of the scores of clusters in periods; keys are `<cluster code>/<period>`. */
const scoresOf = (
  { scores }: Models,
  signal: AbortSignal | undefined,
): DataLoader<string, ClusterScoreRow[]> =>
  new DataLoader(async (keys) => {
    const asked = keys.map((key) => key.split('/'));
    const codes = asked.flatMap(([code]) => code ?? []);
    const periods = asked.flatMap(([, period]) => period ?? []);
    const filter = { clusterCode: { $in: codes }, period: { $in: periods } };
    const rows = await readRows<ClusterScoreRow>({ model: scores, filter, signal });
    return keys.map((key) => rows.filter((row) => `${row.clusterCode}/${row.period}` === key));
  });

/** Gives the years that there are clusters of, the latest first. */
async function yearsOf({ clusters }: Models, signal: AbortSignal | undefined): Promise<number[]> {
  const pipeline = [{ $sort: { year: -1 } }, { $group: { _id: '$year' } }];
  const found = await readPipeline<{ _id: number }>({ model: clusters, pipeline, signal });
  return found.map(({ _id }) => _id).toSorted((a, b) => b - a);
}

/** The roads to emulation clusters and their rankings. */
export function clusterReads({ models, signal, selection }: RequestScope<Models>, units: UnitCodes) {
  const projection = selection.projection('EmulationCluster', clusterFields);
  const list = { model: models.clusters, signal, projection };
  const scores = scoresOf(models, signal);
  const years = once(() => yearsOf(models, signal));

  return {
    years,
    byId: byKey<EmulationClusterRecord>({ ...list, field: '_id' }),
    page: async ({
      year,
      member,
      ...args
    }: PageArgs & { readonly year?: number | null; readonly member?: string | null }) => {
      const filter = {
        year: year ?? (await years())[0] ?? null,
        ...(member ? { memberIds: await units.idOf(member) } : {}),
      };
      return findPage({ ...list, filter, sort: [{ field: 'code', direction: 1 }] }, args);
    },
    ofMember: perArguments(({ year, ...args }: PageArgs & { readonly year: number | null }) => (unitIds) => {
      const sort = [
        { field: 'year', direction: -1 },
        { field: 'code', direction: 1 },
      ] as const;
      const filter = year === null ? {} : { year };
      return findPagesOf({ ...list, foreignField: 'memberIds', filter, sort }, unitIds, args);
    }),
    members: (cluster: EmulationClusterRecord, args: PageArgs): ClusterMemberConnectionRecord => {
      const rows = cluster.memberIds.map((_id, order) => ({ _id, order }));
      return memoryPage(rows, { list: ['members', cluster._id], sort: ['order'], args });
    },
    ranking: async (
      { _id, code, year }: EmulationClusterRecord,
      { period, ...args }: PageArgs & { readonly period?: string | null },
    ): Promise<RankConnectionRecord> => {
      const asked = calendarCode(period ?? String(year));
      const before = previousPeriod(asked);
      const [now, then] = await Promise.all([
        scores.load(`${code}/${asked}`),
        before ? scores.load(`${code}/${before}`) : [],
      ]);
      const options = { list: ['ranking', _id, asked], sort: ['rank', 'pathAtEvent', 'unitId'], args };
      return memoryPage(ranking(now, then), options);
    },
  };
}

export type ClusterReads = ReturnType<typeof clusterReads>;
