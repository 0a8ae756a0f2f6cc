import { currentVersion } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import type { NamedPeriod, PeriodInput } from '../../records/periodInput.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardSum } from '../cube/summary.ts';
import type { AwardFormCountRecord, AwardSummaryRecord } from '../model/answers.ts';
import type { RecipientKind } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import { readCodes } from './filterCodes.ts';
import type { FilterReads } from './filters.ts';
import { cellsOfCampaigns, cellsOfUnits } from './summaryCells.ts';
import { type FormSums, rowsOfCampaigns, rowsOfUnits } from './summaryRows.ts';

interface UnitSummaryArgs {
  readonly campaign?: string | null | undefined;
  readonly period?: PeriodInput | null | undefined;
  readonly includeSubtree: boolean;
}

/** The reads of awards in numbers. */
export interface SummaryReads {
  readonly ofUnit: (args: UnitSummaryArgs, unitId: string) => Promise<AwardSummaryRecord | null>;
  readonly ofCampaign: (campaignId: string) => Promise<AwardSummaryRecord>;
}

/** Makes the reads of summaries for one request: from the cube, and from the awards themselves until it is built. */
export function summaryReads(
  scope: RequestScope<Models>,
  reads: FilterReads,
  openCube: () => Promise<ReadableCube | null>,
): SummaryReads {
  const ofCampaign = perArguments<null, AwardSummaryRecord>(() => async (ids) => {
    const cube = await openCube();
    const found = await (cube ? cellsOfCampaigns(scope, cube, ids) : rowsOfCampaigns(scope, ids));
    return ids.map((id) => summaryOf(found.get(id) ?? [], null));
  });
  return {
    ofUnit: perArguments(
      (args: UnitSummaryArgs) => (ids) => unitSummaries(scope, reads, openCube, args, ids),
    ),
    ofCampaign: (id) => ofCampaign(null, id),
  };
}

async function unitSummaries(
  scope: RequestScope<Models>,
  reads: FilterReads,
  openCube: () => Promise<ReadableCube | null>,
  { campaign, period, includeSubtree }: UnitSummaryArgs,
  ids: readonly string[],
): Promise<(AwardSummaryRecord | null)[]> {
  const asked = {
    campaign: campaign ? [campaign] : null,
    during: period ? { period, campaigns: campaign ? [campaign] : [] } : null,
  };
  const [units, codes, cube] = await Promise.all([
    includeSubtree ? reads.copies.units(ids) : [],
    readCodes(asked, reads.copies, reads.today),
    openCube(),
  ]);
  const span = asked.during ? codes.period(asked.during) : null;
  const tops = new Map(
    units.flatMap((unit) => (unit ? [[unit._id, currentVersion(unit, reads.today).path] as const] : [])),
  );
  const question = {
    campaignId: asked.campaign ? (codes.campaignIds(asked.campaign)[0] ?? null) : null,
    span,
    units: includeSubtree ? tops : ids,
  };
  const found = await (cube ? cellsOfUnits(scope, cube, question) : rowsOfUnits(scope, question));
  return ids.map((id) => (!includeSubtree || tops.has(id) ? summaryOf(found.get(id) ?? [], span) : null));
}

function summaryOf(sums: readonly FormSums[], period: NamedPeriod | null): AwardSummaryRecord {
  const sum = (of: AwardSum, rows: readonly FormSums[] = sums) =>
    rows.reduce((total, row) => total + (row[of] ?? 0), 0);
  const standing = (kind: RecipientKind) =>
    sum(
      'standing',
      sums.filter((row) => row.kind === kind),
    );
  return {
    period,
    awards: sum('standing'),
    collective: standing('COLLECTIVE'),
    individual: standing('INDIVIDUAL'),
    stateLevel: sum('stateLevel'),
    revoked: sum('revoked'),
    bonus: sum('bonus'),
    byForm: countsByForm(sums),
    synthetic: sum('synthetic') > 0,
  };
}

function countsByForm(sums: readonly FormSums[]): AwardFormCountRecord[] {
  const counts = new Map<string, number>();
  for (const { form, standing } of sums) {
    if (standing) counts.set(form, (counts.get(form) ?? 0) + standing);
  }
  return [...counts].map(([form, count]) => ({ form, count }));
}
