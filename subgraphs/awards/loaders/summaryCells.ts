import type { ReadableCube } from '../../records/cube/cubes.ts';
import { addInto, type OpenSums, type Sums } from '../../records/cube/sums.ts';
import { isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { EVERY_CAMPAIGN, type SummaryCell, type SumsByForm } from '../cube/summary.ts';
import { type Times, timesOf } from '../cube/times.ts';
import type { RecipientKind } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import type { AskedOfUnits, FormSums } from './summaryRows.ts';

type Found = Promise<Map<string, FormSums[]>>;

/** Reads the cells of many units by one command: two of each time, of the unit and of those below it. */
export function cellsOfUnits(
  scope: RequestScope<Models>,
  cube: ReadableCube,
  { campaignId, span, units }: AskedOfUnits,
): Found {
  const campaign = { campaignId: campaignId ?? EVERY_CAMPAIGN };
  const times = timesOf(span);
  if (units instanceof Map) {
    const ids = new Map([...units].map(([id, path]) => [path, id]));
    const place = { ...isIn('path')([...ids.keys()]), ...campaign };
    return sumsBy(scope, cube, { place, times, keys: ids.size }, ({ path }) => ids.get(path));
  }
  const ids = units as readonly string[];
  const place = { own: true, ...isIn('unitId')(ids), ...campaign };
  return sumsBy(scope, cube, { place, times, keys: ids.length }, ({ unitId }) => unitId);
}

/** Reads the cells of many campaigns by one command: two of each, at the top of the tree. */
export const cellsOfCampaigns = (
  scope: RequestScope<Models>,
  cube: ReadableCube,
  ids: readonly string[],
): Found => {
  const place = { ...isIn('campaignId')(ids), depth: 1 };
  const asked = { place, times: timesOf(null), keys: ids.length };
  return sumsBy(scope, cube, asked, ({ campaignId }) => campaignId);
};

interface Asked {
  readonly place: Filter;
  readonly times: Times;
  /** How many places are asked for, of which each has two cells of a time. */
  readonly keys: number;
}

async function sumsBy(
  { signal }: RequestScope<Models>,
  { cells }: ReadableCube,
  { place, times, keys }: Asked,
  keyOf: (cell: SummaryCell) => string | undefined,
): Found {
  const sums = new Map<string, OpenSums>();
  if (times.filters.length === 0 || keys === 0) return new Map();
  const filter = { $or: times.filters.map((time) => ({ ...place, ...time })) };
  const found = await readRows<SummaryCell>({ model: cells, filter, signal });
  for (const cell of found) {
    const key = keyOf(cell);
    if (key === undefined) continue;
    const into = sums.get(key) ?? {};
    sums.set(key, into);
    for (const [part, more] of Object.entries(cell.parts)) {
      if (times.takes(cell, part)) addInto(into, more as unknown as Sums, 1);
    }
  }
  return new Map([...sums].map(([key, byForm]) => [key, listed(byForm as SumsByForm)]));
}

const listed = (byForm: SumsByForm): FormSums[] =>
  Object.entries(byForm).flatMap(([form, byKind]) =>
    Object.entries(byKind).map(([kind, sums]) => ({ form, kind: kind as RecipientKind, ...sums })),
  );
