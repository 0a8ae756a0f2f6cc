import type DataLoader from 'dataloader';
import { byKey } from '../../records/byKey.ts';
import type { Connection, PageArgs } from '../../records/connection.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { findPage } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import { houseFilter } from '../filter/houseFilter.ts';
import { type HouseRow, houseProjection } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import type { HouseFilter, HouseSort, HouseSortField } from '../types.generated.ts';
import { sortOf } from './activities.ts';
import type { Copies } from './copies.ts';
import { overdueTotal } from './overdueTotal.ts';

interface HouseList extends PageArgs {
  readonly filter?: HouseFilter | null | undefined;
  readonly sort?: readonly HouseSort[] | null | undefined;
}

export interface HouseLoaders {
  readonly byId: DataLoader<string, HouseRow | null>;
  readonly byCode: DataLoader<string, HouseRow | null>;
  readonly list: (args: HouseList) => Promise<Connection<HouseRow>>;
}

const sortFields: Readonly<Record<HouseSortField, string>> = {
  DUE_ON: 'dueOn',
  SURVEYED_ON: 'surveyedOn',
  COST: 'cost',
  CODE: 'code',
};

/** Makes the roads to houses, for one request. */
export function houseLoaders(
  { models, selection, signal, today }: RequestScope<Models>,
  copies: Copies,
  openCube: () => Promise<ReadableCube | null>,
): HouseLoaders {
  const projection = selection.projection('HouseProject', houseProjection);
  const model = models.houses;
  return {
    byId: byKey({ model, field: '_id', projection, signal }),
    byCode: byKey({ model, field: 'code', projection, signal }),
    list: async (args) =>
      findPage(
        {
          model,
          filter: await houseFilter(args.filter, copies, today),
          sort: sortOf(args.sort, sortFields, [{ field: 'dueOn', direction: 1 }]),
          projection,
          signal,
          total: () => overdueTotal(args.filter, { copies, openCube, signal, today }),
        },
        args,
      ),
  };
}
