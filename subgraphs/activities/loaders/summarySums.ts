import type { Filter } from '../../records/keyset.ts';
import type { Selection } from '../../records/selection.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import { accumulators, type Counting, wholeActivities } from '../rollup/measures.ts';
import type { SupportMetric, SupportSummary } from '../types.generated.ts';

/** The sums that stand behind the fields of a summary. */
const behind = {
  activities: ['ACTIVITIES'],
  deliveries: ['DELIVERIES'],
  amount: ['AMOUNT'],
  plannedAmount: ['PLANNED_AMOUNT'],
  peopleTargeted: ['PEOPLE_TARGETED'],
  peopleReached: ['PEOPLE_REACHED'],
  households: ['HOUSEHOLDS'],
  suppressed: ['DELIVERIES', 'PEOPLE_TARGETED', 'PEOPLE_REACHED', 'HOUSEHOLDS'],
  houses: ['HOUSES'],
  housesCompleted: ['HOUSES_COMPLETED', 'HOUSES_HANDED_OVER'],
  housesOverdue: ['HOUSES_OVERDUE'],
} as const satisfies Partial<Record<keyof SupportSummary, readonly SupportMetric[]>>;

export type SummedMetric = (typeof behind)[keyof typeof behind][number];

/** The sums of one unit or one campaign, as far as they are asked for. */
export type SumRow = Readonly<Partial<Record<SummedMetric, number>>> & {
  readonly latestOn?: string | null;
  readonly synthetic?: boolean;
};

interface WantedSums {
  readonly metrics: readonly SummedMetric[];
  readonly latestOn: boolean;
  readonly synthetic: boolean;
}

/** Gives the sums that the selected fields of summaries stand on. */
function wantedSums(selection: Selection): WantedSums {
  const wanted = new Set<SummedMetric>();
  for (const [field, metrics] of Object.entries(behind)) {
    if (selection.has('SupportSummary', field)) for (const metric of metrics) wanted.add(metric);
  }
  return {
    metrics: [...wanted],
    latestOn: selection.has('SupportSummary', 'latestOn'),
    synthetic: selection.has('SupportSummary', 'synthetic'),
  };
}

/** Where what is added up has its last day, and says whether it is made up. */
const places: Readonly<Record<Counting, { readonly latestOn: string; readonly synthetic: string }>> = {
  ACTIVITIES: { latestOn: '$startsOn', synthetic: '$synthetic' },
  CELLS: { latestOn: '$derived.lastDay', synthetic: '$derived.synthetic' },
};

/** Makes the `$group` by `_id` of the sums that are asked for: the accumulators of the others are neither compiled nor run. */
export function groupOf(
  { selection, today }: Pick<RequestScope<Models>, 'selection' | 'today'>,
  counting: Counting,
  _id: string | null,
): Filter {
  const { latestOn, synthetic } = places[counting];
  const wanted = wantedSums(selection);
  return {
    $group: {
      _id,
      ...accumulators(wanted.metrics, { unwound: wholeActivities, counting, today }),
      ...(wanted.latestOn ? { latestOn: { $max: latestOn } } : {}),
      ...(wanted.synthetic ? { synthetic: { $max: synthetic } } : {}),
    },
  };
}
