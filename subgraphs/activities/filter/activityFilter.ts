import type { DateSpan } from '../../../schema/scalars/period.ts';
import { inputInvalid } from '../../../server/errors.ts';
import { type FilterFields, inRange, isIn, toFilter } from '../../records/filter.ts';
import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';
import type { SupportActivityFilter } from '../types.generated.ts';
import { type CopyRoads, type Known, knownOf } from './known.ts';
import { amountRange, spanOf, type UnitParts, unitParts } from './parts.ts';

/** The filter with its codes and periods turned into what records hold. */
interface Prepared
  extends Omit<SupportActivityFilter, keyof UnitParts | 'hierarchy' | 'during' | 'any' | 'not'>,
    UnitParts {
  readonly during?: DateSpan | null;
  readonly any?: readonly Prepared[] | null;
  readonly not?: Prepared | null;
}

/** Reads what the codes mean and gives the MongoDB filter of activities. Throws INPUT_INVALID. */
export async function activityFilter(
  filter: SupportActivityFilter | null | undefined,
  roads: CopyRoads,
  today: string,
): Promise<Filter> {
  return filterOf(filter, await knownOf(filter, roads, today));
}

/** Gives the MongoDB filter of activities when the copies are read already. Throws INPUT_INVALID. */
export const filterOf = (filter: SupportActivityFilter | null | undefined, known: Known): Filter =>
  toFilter<Prepared>(filter ? prepared(filter, known, []) : null, fields);

/** `campaigns` are those of the filters around this one: a period may mean theirs. */
function prepared(node: SupportActivityFilter, known: Known, around: readonly string[]): Prepared {
  const { hierarchy: _tree, unit: _unit, under: _under, during, any, not, ...rest } = node;
  const campaigns = node.campaign ?? around;
  const [only, ...more] = campaigns;
  const campaign = only !== undefined && more.length === 0 ? known.campaign(only) : null;
  return {
    ...rest,
    ...unitParts(node, known),
    during: during ? spanOf(during, campaign, known.today) : null,
    any: any?.map((child) => prepared(child, known, campaigns)) ?? null,
    not: not ? prepared(not, known, campaigns) : null,
  };
}

const fields: FilterFields<Omit<Prepared, 'any' | 'not'>> = {
  id: isIn('_id'),
  campaign: isIn('campaignCode'),
  contentItem: isIn('contentItemId'),
  unit: isIn('unitId'),
  under: (made) => made as Filter,
  provinceCode: isIn('provinceAtEvent'),
  level: isIn('levelAtEvent'),
  kind: isIn('kind'),
  group: isIn('groups.code'),
  funding: isIn('funding.code'),
  status: isIn('status'),
  during: ({ from, before }) => inRange('startsOn', from, before),
  amount: (range) => amountRange('amount', range),
  hasHouse: (has) => ({ 'house.id': has ? { $gt: '' } : null }),
  text: (text) => textFilter(text),
  updatedSince: (instant) => inRange('updatedAt', instant, null),
};

/** Every word asked must begin a word of the title or the code; a folded word is letters and digits only. */
function textFilter(text: string): Filter {
  const words = fold(text).split(' ').filter(Boolean);
  if (words.length === 0) throw inputInvalid('text holds no letter or digit to look for.');
  return { $and: words.map((word) => ({ words: { $regex: `^${word}` } })) };
}
