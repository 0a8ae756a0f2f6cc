import { byKey } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { findPage } from '../../records/page.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type AdminAreaRecord,
  adminAreaFields,
  areaId,
  type RegionRecord,
  regionFields,
} from '../model/area.ts';
import type { Models } from '../model/models.ts';
import { holdsOn } from '../model/version.ts';

export interface AreaListArgs extends PageArgs {
  readonly listDate: string;
  readonly parent?: string | null | undefined;
}

/** Makes the roads to places and regions. */
export function areaLoaders({ models, selection, signal }: RequestScope<Models>) {
  const road = {
    model: models.areas,
    projection: selection.projection('AdminArea', adminAreaFields),
    signal,
  };
  const areas = byKey<AdminAreaRecord>({ ...road, field: '_id' });
  const regionProjection = selection.projection('Region', regionFields);
  const regions = byKey<RegionRecord>({
    model: models.regions,
    field: '_id',
    projection: regionProjection,
    signal,
  });
  return {
    area: (listDate: string, code: string) => areas.load(areaId(listDate, code)),
    list: ({ listDate, parent, ...page }: AreaListArgs) =>
      findPage<AdminAreaRecord>(
        {
          ...road,
          filter: { listDate, parentCode: parent ?? null },
          sort: [{ field: 'code', direction: 1 }],
        },
        page,
      ),
    region: (code: string) => regions.load(code),
    regions: (on: string) =>
      readRows<RegionRecord>({
        model: models.regions,
        filter: holdsOn(on),
        projection: { ...regionProjection, order: 1 },
        sort: { order: 1 },
        signal,
      }),
  };
}
