import { entityNotFound, inputInvalid } from '../../../server/errors.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import { inRange } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import type { NamedPeriod, PeriodInput } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import { codesOf, isWithin, under } from '../../records/subtree.ts';
import { MIN_CELL } from '../../records/suppress.ts';
import type { RequestScope } from '../../subgraph.ts';
import { spanOf } from '../filter/parts.ts';
import type { Models } from '../model/models.ts';
import type { SupportSummaryRecord } from '../model/summary.ts';
import { accumulators, counted, wholeActivities } from '../rollup/measures.ts';
import type { SupportMetric } from '../types.generated.ts';
import type { Copies } from './copies.ts';

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

const summed = [
  'ACTIVITIES',
  'DELIVERIES',
  'AMOUNT',
  'PLANNED_AMOUNT',
  'PEOPLE_TARGETED',
  'PEOPLE_REACHED',
  'HOUSEHOLDS',
  'HOUSES',
  'HOUSES_COMPLETED',
  'HOUSES_HANDED_OVER',
  'HOUSES_OVERDUE',
] as const satisfies readonly SupportMetric[];

type SumRow = Readonly<Record<(typeof summed)[number], number>> & {
  readonly latestOn: string | null;
  readonly synthetic: boolean;
};

/** Makes the loaders of summaries: those of many units, or of many campaigns, by one command each. */
export function summaryLoaders(scope: RequestScope<Models>, copies: Copies): SummaryLoaders {
  const { viewer, today } = scope;
  return {
    ofUnit: perArguments((args: UnitSummaryArgs) => async (ids) => {
      const [units, campaign] = await Promise.all([
        Promise.all(ids.map((id) => copies.unitById.load(id))),
        campaignOf(args.campaign, copies),
      ]);
      const period = args.period ? spanOf(args.period, campaign, today) : null;
      const found = await sumsOfUnits(scope, units, args.includeSubtree, matchOf(period, campaign));
      return ids.map((id, index) => {
        const unit = units[index];
        if (!unit) return entityNotFound('Unit', id) as never;
        const inside = isWithin(lastPath(unit), viewer.unitPath);
        return summaryOf(found.get(id)?.[0], { period, inside, now: scope.now });
      });
    }),
    ofCampaign: perArguments((args: CampaignSummaryArgs) => async (codes) => {
      const campaigns = await copies.campaignsByCode(args.period ? codes : []);
      const inside = viewer.unitPath !== null && codesOf(viewer.unitPath).length === 1;
      const periods = codes.map((_, index) =>
        args.period ? spanOf(args.period, campaigns[index], today) : null,
      );
      const found = await sumsOfCampaigns(scope, codes, periods);
      return codes.map((code, index) =>
        summaryOf(found.get(code)?.[0], { period: periods[index] ?? null, inside, now: scope.now }),
      );
    }),
  };
}

const lastPath = (unit: UnitCopyRow): string => unit.versions.at(-1)?.path ?? '/';

async function campaignOf(code: string | null | undefined, copies: Copies): Promise<CampaignCopyRow | null> {
  if (code == null) return null;
  const campaign = await copies.campaignByCode.load(code);
  if (!campaign) throw inputInvalid(`There is no campaign with the code ${code}.`, { codes: [code] });
  return campaign;
}

const matchOf = (period: NamedPeriod | null, campaign: CampaignCopyRow | null): Filter => ({
  ...counted,
  ...(campaign ? { campaignCode: campaign.code } : {}),
  ...(period ? inRange('startsOn', period.from, period.before) : {}),
});

const groupOf = (today: string): Filter => ({
  $group: {
    _id: null,
    ...accumulators(summed, wholeActivities, today),
    latestOn: { $max: '$startsOn' },
    synthetic: { $max: '$synthetic' },
  },
});

/** Sums by the last path of each fact: a range of paths for each unit, or the unit alone. */
function sumsOfUnits(
  { models, signal, today }: RequestScope<Models>,
  units: readonly (UnitCopyRow | null)[],
  subtree: boolean,
  match: Filter,
): Promise<Map<string, SumRow[]>> {
  const keys = units.flatMap((unit) => {
    if (!unit) return [];
    const { $gte, $lt } = under(lastPath(unit));
    return [{ key: unit._id, from: $gte, before: $lt }];
  });
  const inSubtree = {
    $expr: { $and: [{ $gte: ['$unitPath', '$$from'] }, { $lt: ['$unitPath', '$$before'] }] },
  };
  return perKey<SumRow>({
    model: models.activities,
    keys,
    signal,
    ...(subtree ? { variables: { from: 'from', before: 'before' } } : { foreignField: 'unitId' }),
    pipeline: [{ $match: subtree ? { ...match, ...inSubtree } : match }, groupOf(today)],
  });
}

/** Each campaign has a span of its own when the period is the whole campaign or a phase. */
function sumsOfCampaigns(
  { models, signal, today }: RequestScope<Models>,
  codes: readonly string[],
  periods: readonly (NamedPeriod | null)[],
): Promise<Map<string, SumRow[]>> {
  const inPeriod = {
    $expr: { $and: [{ $gte: ['$startsOn', '$$from'] }, { $lt: ['$startsOn', '$$before'] }] },
  };
  const dated = periods.some((period) => period !== null);
  return perKey<SumRow>({
    model: models.activities,
    keys: codes.map((key, index) => ({
      key,
      from: periods[index]?.from ?? '',
      before: periods[index]?.before ?? '',
    })),
    foreignField: 'campaignCode',
    signal,
    variables: { from: 'from', before: 'before' },
    pipeline: [{ $match: dated ? { ...counted, ...inPeriod } : counted }, groupOf(today)],
  });
}

function summaryOf(
  sums: SumRow | undefined,
  { period, inside, now }: { period: NamedPeriod | null; inside: boolean; now: Date },
): SupportSummaryRecord {
  const at = (metric: (typeof summed)[number]): number => sums?.[metric] ?? 0;
  const people = (metric: (typeof summed)[number]): number | null =>
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
