import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { inRange, isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { readPipeline } from '../../records/read.ts';
import { partsOf } from '../../records/wholeMonths.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Slot } from '../cube/grains.ts';
import type { Models } from '../model/models.ts';
import { type AskedOfUnits, lastPath } from './summaryRows.ts';
import { groupOf, type SumRow } from './summarySums.ts';

type Scope = RequestScope<Models>;
type Found = Promise<Map<string, SumRow[]>>;

/** The cells of a period as units stand today; null when it is not made of whole months, which days alone can tell. */
function cellsIn(period: DateSpan | null): Filter | null {
  const all: Slot = 'TODAY.ALL';
  if (period === null) return { slot: all };
  const { months, days } = partsOf(period);
  const monthly: Slot = 'TODAY.MONTH';
  return months && days.length === 0
    ? { slot: monthly, ...inRange('month', months.from, months.before) }
    : null;
}

/** Sums of many units by one command; null when cells do not know the period. */
export function cellsOfUnits(scope: Scope, cube: ReadableCube, asked: AskedOfUnits): Found | null {
  const { units, subtree, period, campaign } = asked;
  const slots = cellsIn(period);
  if (!slots) return null;
  const ids = new Map(units.flatMap((unit) => (unit ? [[lastPath(unit), unit._id] as const] : [])));
  const match = {
    ...slots,
    ...isIn('pathAtEvent')([...ids.keys()]),
    ...(subtree ? {} : { own: true }),
    ...(campaign ? { campaignCode: campaign.code } : {}),
  };
  return sumsBy(scope, cube, match, 'pathAtEvent', (path) => ids.get(path) ?? path);
}

/** Sums of many campaigns, each in a period of its own, by one command; null when cells do not know one of them. */
export function cellsOfCampaigns(
  scope: Scope,
  cube: ReadableCube,
  codes: readonly string[],
  periods: readonly (DateSpan | null)[],
): Found | null {
  const slots = periods.map(cellsIn);
  if (slots.includes(null)) return null;
  // Each alternative names the depth: the index by it holds the top only.
  const each = codes.map((campaignCode, index) => ({ ...slots[index], depth: 1, campaignCode }));
  return sumsBy(scope, cube, { $or: each }, 'campaignCode', (code) => code);
}

async function sumsBy(
  scope: Scope,
  cube: ReadableCube,
  match: Filter,
  field: 'pathAtEvent' | 'campaignCode',
  keyOf: (value: string) => string,
): Found {
  const rows = await readPipeline<SumRow & { readonly _id: string }>({
    model: cube.cells,
    pipeline: [{ $match: match }, groupOf(scope, 'CELLS', `$${field}`)],
    signal: scope.signal,
  });
  return new Map(rows.map((row) => [keyOf(row._id), [row]]));
}
