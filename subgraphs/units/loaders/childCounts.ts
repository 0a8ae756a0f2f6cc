import { byKey } from '../../records/byKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { ChildCountsRow } from '../model/childCounts.ts';
import type { Models } from '../model/models.ts';
import { childrenOn } from '../rules/childDays.ts';

/** Makes the road to how many children units had on days: one command for all units and all days of a tick. */
export function childCountLoader({
  models,
  signal,
}: RequestScope<Models>): (date: string, id: string) => Promise<number> {
  const rows = byKey<ChildCountsRow>({
    model: models.childCounts,
    field: '_id',
    projection: { days: 1 },
    signal,
  });
  return async (date, id) => childrenOn((await rows.load(id))?.days ?? [], date);
}
