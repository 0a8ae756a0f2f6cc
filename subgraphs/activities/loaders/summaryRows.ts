import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { inRange } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import { under } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import { counted } from '../rollup/measures.ts';
import { groupOf, type SumRow } from './summarySums.ts';

/** What is asked of many units at once. */
export interface AskedOfUnits {
  readonly units: readonly (UnitCopyRow | null)[];
  readonly subtree: boolean;
  readonly period: NamedPeriod | null;
  readonly campaign: CampaignCopyRow | null;
}

/** Where a unit stands today, or stood last: its sums are those of all facts that stand there or below. */
export const lastPath = (unit: UnitCopyRow): string => unit.versions.at(-1)?.path ?? '/';

const matchOf = (period: NamedPeriod | null, campaign: CampaignCopyRow | null): Filter => ({
  ...counted,
  ...(campaign ? { campaignCode: campaign.code } : {}),
  ...(period ? inRange('startsOn', period.from, period.before) : {}),
});

/** Sums by the last path of each fact: a range of paths for each unit, or the unit alone. */
export function sumsOfUnits(
  scope: RequestScope<Models>,
  { units, subtree, period, campaign }: AskedOfUnits,
): Promise<Map<string, SumRow[]>> {
  const { models, signal } = scope;
  const match = matchOf(period, campaign);
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
    pipeline: [{ $match: subtree ? { ...match, ...inSubtree } : match }, groupOf(scope, 'ACTIVITIES', null)],
  });
}

/** Each campaign has a span of its own when the period is the whole campaign or a phase. */
export function sumsOfCampaigns(
  scope: RequestScope<Models>,
  codes: readonly string[],
  periods: readonly (NamedPeriod | null)[],
): Promise<Map<string, SumRow[]>> {
  const { models, signal } = scope;
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
    pipeline: [{ $match: dated ? { ...counted, ...inPeriod } : counted }, groupOf(scope, 'ACTIVITIES', null)],
  });
}
