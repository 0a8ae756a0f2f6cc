import type { ReadableCube } from '../../records/cube/cubes.ts';
import { addInto, type OpenSums, type Sums } from '../../records/cube/sums.ts';
import { isIn } from '../../records/filter.ts';
import { readRows } from '../../records/read.ts';
import { codesOf } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { FunnelCell } from '../cube/funnel.ts';
import type { DossierState } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import type { FunnelGroup } from './funnelRows.ts';

interface Asked {
  readonly ids: readonly string[];
  /** The path of the viewer's unit. */
  readonly seenFrom: string;
  /** The paths that the unit asked for has ever had; null for the whole tree. */
  readonly paths: readonly string[] | null;
}

/** Reads the funnels of many campaigns by one command: a cell of each, or one for each path. */
export async function cellsOfFunnels(
  { signal }: RequestScope<Models>,
  { cells }: ReadableCube,
  { ids, seenFrom, paths }: Asked,
): Promise<Map<string, FunnelGroup[]>> {
  const depths = [...new Set(paths?.map((path) => codesOf(path).length) ?? [1])];
  const place = { ...isIn('depth')(depths), ...(paths ? isIn('path')(paths) : {}) };
  const filter = { ...isIn('campaignId')(ids), seenFrom, ...place };
  const found = await readRows<FunnelCell>({ model: cells, filter, signal });
  const sums = new Map<string, OpenSums>();
  for (const { campaignId, forms } of found) {
    const into = sums.get(campaignId) ?? {};
    sums.set(campaignId, into);
    addInto(into, forms as unknown as Sums, 1);
  }
  return new Map([...sums].map(([id, forms]) => [id, groupsOf(forms as unknown as FunnelCell['forms'])]));
}

const groupsOf = (forms: FunnelCell['forms']): FunnelGroup[] =>
  Object.entries(forms).flatMap(([form, states]) =>
    Object.entries(states).map(([state, { count, days = {}, synthetic = 0 }]) => ({
      form,
      state: state as DossierState,
      count,
      days: Object.entries(days).map(([value, times]) => ({ value: Number(value), count: times })),
      synthetic: synthetic > 0,
    })),
  );
