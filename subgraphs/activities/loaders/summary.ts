import { entityNotFound, inputInvalid } from '../../../server/errors.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { perArguments } from '../../records/byKey.ts';
import type { DatedCube, ReadableCube } from '../../records/cube/cubes.ts';
import type { NamedPeriod, PeriodInput } from '../../records/periodInput.ts';
import { codesOf, isWithin } from '../../records/subtree.ts';
import { MIN_CELL } from '../../records/suppress.ts';
import type { RequestScope } from '../../subgraph.ts';
import { spanOf } from '../filter/parts.ts';
import type { Models } from '../model/models.ts';
import type { SupportSummaryRecord } from '../model/summary.ts';
import type { Copies } from './copies.ts';
import { cellsOfCampaigns, cellsOfUnits } from './summaryCells.ts';
import { lastPath, sumsOfCampaigns, sumsOfUnits } from './summaryRows.ts';
import type { SummedMetric, SumRow } from './summarySums.ts';

interface UnitSummaryArgs {
  readonly campaign?: string | null | undefined;
  readonly period?: PeriodInput | null | undefined;
  readonly includeSubtree: boolean;
}

interface CampaignSummaryArgs {
  readonly period?: PeriodInput | null | undefined;
}

export interface SummaryLoaders {
  readonly ofUnit: (args: UnitSummaryArgs, unitId: string) => Promise<SupportSummaryRecord>;
  readonly ofCampaign: (args: CampaignSummaryArgs, campaignCode: string) => Promise<SupportSummaryRecord>;
}

/** A cube that says of which instant it is true where somebody asks. */
type SummedCube = ReadableCube & Partial<Pick<DatedCube, 'trueAt'>>;

/** Makes the loaders of summaries: those of many units, or of many campaigns, by one command each. */
export function summaryLoaders(
  scope: RequestScope<Models>,
  copies: Copies,
  openCube: () => Promise<SummedCube | null>,
): SummaryLoaders {
  const { viewer, today } = scope;
  return {
    ofUnit: perArguments((args: UnitSummaryArgs) => async (ids) => {
      const [units, campaign, cube] = await Promise.all([
        Promise.all(ids.map((id) => copies.unitById.load(id))),
        campaignOf(args.campaign, copies),
        openCube(),
      ]);
      const period = args.period ? spanOf(args.period, campaign, today) : null;
      const asked = { units, subtree: args.includeSubtree, period, campaign };
      const found = await ((cube && cellsOfUnits(scope, cube, asked)) ?? sumsOfUnits(scope, asked));
      return ids.map((id, index) => {
        const unit = units[index];
        if (!unit) return entityNotFound('Unit', id) as never;
        const inside = isWithin(lastPath(unit), viewer.unitPath);
        return summaryOf(found.get(id)?.[0], { period, inside, now: cube?.trueAt ?? scope.now });
      });
    }),
    ofCampaign: perArguments((args: CampaignSummaryArgs) => async (codes) => {
      const [campaigns, cube] = await Promise.all([
        copies.campaignsByCode(args.period ? codes : []),
        openCube(),
      ]);
      const inside = viewer.unitPath !== null && codesOf(viewer.unitPath).length === 1;
      const periods = codes.map((_, index) =>
        args.period ? spanOf(args.period, campaigns[index], today) : null,
      );
      const found = await ((cube && cellsOfCampaigns(scope, cube, codes, periods)) ??
        sumsOfCampaigns(scope, codes, periods));
      return codes.map((code, index) =>
        summaryOf(found.get(code)?.[0], {
          period: periods[index] ?? null,
          inside,
          now: cube?.trueAt ?? scope.now,
        }),
      );
    }),
  };
}

async function campaignOf(code: string | null | undefined, copies: Copies): Promise<CampaignCopyRow | null> {
  if (code == null) return null;
  const campaign = await copies.campaignByCode.load(code);
  if (!campaign) throw inputInvalid(`There is no campaign with the code ${code}.`, { codes: [code] });
  return campaign;
}

function summaryOf(
  sums: SumRow | undefined,
  { period, inside, now }: { period: NamedPeriod | null; inside: boolean; now: Date },
): SupportSummaryRecord {
  const at = (metric: SummedMetric): number => sums?.[metric] ?? 0;
  const people = (metric: SummedMetric): number | null =>
    inside || at(metric) === 0 || at(metric) >= MIN_CELL ? at(metric) : null;
  const [deliveries, peopleTargeted, peopleReached, households] = [
    people('DELIVERIES'),
    people('PEOPLE_TARGETED'),
    people('PEOPLE_REACHED'),
    people('HOUSEHOLDS'),
  ];
  return {
    period,
    activities: at('ACTIVITIES'),
    deliveries,
    amount: at('AMOUNT'),
    plannedAmount: at('PLANNED_AMOUNT'),
    peopleTargeted,
    peopleReached,
    households,
    suppressed: [deliveries, peopleTargeted, peopleReached, households].includes(null),
    houses: at('HOUSES'),
    housesCompleted: at('HOUSES_COMPLETED') + at('HOUSES_HANDED_OVER'),
    housesOverdue: at('HOUSES_OVERDUE'),
    latestOn: sums?.latestOn ?? null,
    synthetic: sums?.synthetic ?? false,
    computedAt: now,
  };
}
