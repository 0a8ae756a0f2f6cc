import type { DateSpan } from '../../../schema/scalars/period.ts';
import { inputInvalid } from '../../../server/errors.ts';
import { type FilterFields, inRange, isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { overdueFilter } from '../rules/overdue.ts';
import type { HouseFilter } from '../types.generated.ts';
import { type CopyRoads, type Known, knownOf } from './known.ts';
import { amountRange, spanOf, type UnitParts, unitParts } from './parts.ts';

interface Prepared
  extends Omit<HouseFilter, keyof UnitParts | 'hierarchy' | 'due' | 'overdue' | 'overdueOn' | 'any' | 'not'>,
    UnitParts {
  readonly due?: DateSpan | null;
  readonly overdue?: { readonly is: boolean; readonly on: string } | null;
  readonly any?: readonly Prepared[] | null;
  readonly not?: Prepared | null;
}

/** Reads what the codes mean and gives the MongoDB filter of houses. Throws INPUT_INVALID. */
export async function houseFilter(
  filter: HouseFilter | null | undefined,
  roads: CopyRoads,
  today: string,
): Promise<Filter> {
  const known = await knownOf(filter, roads, today);
  return toFilter<Prepared>(filter ? prepared(filter, known, []) : null, fields);
}

function prepared(node: HouseFilter, known: Known, around: readonly string[]): Prepared {
  const { hierarchy: _tree, unit: _unit, under: _under, due, overdue, overdueOn, any, not, ...rest } = node;
  if (overdueOn != null && overdue == null) throw inputInvalid('overdueOn goes with overdue only.');
  const campaigns = node.campaign ?? around;
  const [only, ...more] = campaigns;
  const campaign = only !== undefined && more.length === 0 ? known.campaign(only) : null;
  return {
    ...rest,
    ...unitParts(node, known),
    due: due ? spanOf(due, campaign, known.today) : null,
    overdue: overdue == null ? null : { is: overdue, on: overdueOn ?? known.today },
    any: any?.map((child) => prepared(child, known, campaigns)) ?? null,
    not: not ? prepared(not, known, campaigns) : null,
  };
}

const fields: FilterFields<Omit<Prepared, 'any' | 'not'>> = {
  id: isIn('_id'),
  campaign: isIn('campaignCode'),
  unit: isIn('unitId'),
  under: (made) => made as Filter,
  provinceCode: isIn('provinceAtEvent'),
  status: isIn('status'),
  due: ({ from, before }) => inRange('dueOn', from, before),
  overdue: ({ is, on }) => (is ? overdueFilter(on) : { $nor: [overdueFilter(on)] }),
  cost: (range) => amountRange('cost', range),
};
