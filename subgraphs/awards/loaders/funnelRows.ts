import type { Filter } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { DossierState } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import type { Tally } from '../rules/median.ts';

/** Dossiers of one form in one state, with how many took how many days to come to it. */
export interface FunnelGroup {
  readonly form: string;
  readonly state: DossierState;
  readonly count: number;
  readonly days: readonly Tally[];
  readonly synthetic: boolean;
}

const grouped = [
  {
    $group: {
      _id: { form: '$form', state: '$state', days: '$daysToState' },
      count: { $sum: 1 },
      synthetic: { $max: '$synthetic' },
    },
  },
  {
    $group: {
      _id: { form: '$_id.form', state: '$_id.state' },
      count: { $sum: '$count' },
      days: { $push: { value: '$_id.days', count: '$count' } },
      synthetic: { $max: '$synthetic' },
    },
  },
];

interface Group extends Omit<FunnelGroup, 'form' | 'state' | 'days'> {
  readonly _id: Pick<FunnelGroup, 'form' | 'state'>;
  readonly days: readonly { readonly value: number | null; readonly count: number }[];
}

/** Counts the dossiers of many campaigns themselves, by one command. */
export async function rowsOfFunnels(
  { models, signal }: RequestScope<Models>,
  ids: readonly string[],
  match: Filter,
): Promise<Map<string, FunnelGroup[]>> {
  const found = await perKey<Group>({
    model: models.dossiers,
    foreignField: 'campaignId',
    keys: ids.map((key) => ({ key })),
    pipeline: [{ $match: match }, ...grouped],
    signal,
  });
  return new Map(
    [...found].map(([id, groups]) => [
      id,
      groups.map(({ _id, days, ...rest }) => ({
        ..._id,
        ...rest,
        days: days.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }])),
      })),
    ]),
  );
}
