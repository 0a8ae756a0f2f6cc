import type DataLoader from 'dataloader';
import { byKey } from '../../records/byKey.ts';
import type { Connection, PageArgs } from '../../records/connection.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { allOf } from '../../records/filter.ts';
import { findPage } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import { houseFilter } from '../filter/houseFilter.ts';
import { type HouseRow, houseProjection } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import type { HouseFilter, HouseSort, HouseSortField } from '../types.generated.ts';
import { sortOf } from './activities.ts';
import type { Copies } from './copies.ts';
import { overdueTotal } from './overdueTotal.ts';
import { activityScope, checkActivities, seesEveryActivity } from './rows.ts';

interface HouseList extends PageArgs {
  readonly filter?: HouseFilter | null | undefined;
  readonly sort?: readonly HouseSort[] | null | undefined;
}

export interface HouseLoaders {
  readonly byId: DataLoader<string, HouseRow | null>;
  readonly byCode: DataLoader<string, HouseRow | null>;
  /** Throws FORBIDDEN for viewers who may read no house. */
  readonly list: (args: HouseList) => Promise<Connection<HouseRow>>;
}

const sortFields: Readonly<Record<HouseSortField, string>> = {
  DUE_ON: 'dueOn',
  SURVEYED_ON: 'surveyedOn',
  COST: 'cost',
  CODE: 'code',
};

/** Makes the roads to houses, for one request: those outside the viewer's rows are nowhere on them. */
export function houseLoaders(
  { models, selection, signal, today, viewer }: RequestScope<Models>,
  copies: Copies,
  openCube: () => Promise<ReadableCube | null>,
): HouseLoaders {
  const projection = selection.projection('HouseProject', houseProjection);
  const model = models.houses;
  const scope = activityScope(viewer);
  // The cube counts all houses, whoever asks.
  const totalOf = async ({ filter }: HouseList): Promise<number | null> =>
    seesEveryActivity(viewer) ? overdueTotal(filter, { copies, openCube, signal, today }) : null;
  return {
    byId: byKey({ model, field: '_id', projection, scope, signal }),
    byCode: byKey({ model, field: 'code', projection, scope, signal }),
    list: async (args) => {
      checkActivities(viewer);
      const list = {
        model,
        filter: allOf([scope, await houseFilter(args.filter, copies, today)]),
        sort: sortOf(args.sort, sortFields, [{ field: 'dueOn', direction: 1 }]),
        projection,
        signal,
        total: () => totalOf(args),
      };
      return findPage(list, args);
    },
  };
}
