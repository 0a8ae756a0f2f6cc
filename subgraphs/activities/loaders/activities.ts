import type DataLoader from 'dataloader';
import { inputInvalid } from '../../../server/errors.ts';
import { byKey, perArguments } from '../../records/byKey.ts';
import type { Connection, PageArgs } from '../../records/connection.ts';
import { allOf } from '../../records/filter.ts';
import type { SortField } from '../../records/keyset.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import type { RequestScope } from '../../subgraph.ts';
import { activityFilter } from '../filter/activityFilter.ts';
import { type ActivityRow, activityProjection } from '../model/activity.ts';
import type { Models } from '../model/models.ts';
import type {
  SupportActivityFilter,
  SupportActivitySort,
  SupportActivitySortField,
} from '../types.generated.ts';
import type { Copies } from './copies.ts';
import { activityScope, checkActivities } from './rows.ts';

interface ActivityList extends PageArgs {
  readonly filter?: SupportActivityFilter | null | undefined;
  readonly sort?: readonly SupportActivitySort[] | null | undefined;
}

type Page = Connection<ActivityRow>;

export interface ActivityLoaders {
  readonly byId: DataLoader<string, ActivityRow | null>;
  readonly byCode: DataLoader<string, ActivityRow | null>;
  /** Throws FORBIDDEN for viewers who may read no activity, as the lists below do. */
  readonly list: (args: ActivityList) => Promise<Page>;
  /** The same list under each of many parents, by one command for all of them. */
  readonly ofUnit: (args: ActivityList, unitId: string) => Promise<Page>;
  readonly ofCampaign: (args: ActivityList, campaignCode: string) => Promise<Page>;
  readonly ofContentItem: (args: ActivityList, contentItemId: string) => Promise<Page>;
}

const sortFields: Readonly<Record<SupportActivitySortField, string>> = {
  STARTS_ON: 'startsOn',
  AMOUNT: 'amount',
  CODE: 'code',
  UPDATED_AT: 'updatedAt',
};

const latestFirst: readonly SortField[] = [{ field: 'startsOn', direction: -1 }];

/** Gives the fields of a sort, the default when none was asked. Throws INPUT_INVALID for an empty one. */
export function sortOf<Field extends string>(
  sort: readonly { readonly field: Field; readonly direction?: 'ASC' | 'DESC' }[] | null | undefined,
  fields: Readonly<Record<Field, string>>,
  usual: readonly SortField[],
): readonly SortField[] {
  if (!sort) return usual;
  if (sort.length === 0) throw inputInvalid('sort is empty; leave it out for the usual order.');
  return sort.map(({ field, direction }) => ({
    field: fields[field],
    direction: direction === 'DESC' ? -1 : 1,
  }));
}

/** Makes the roads to activities, for one request: those outside the viewer's rows are nowhere on them. */
export function activityLoaders(
  { models, selection, signal, today, viewer }: RequestScope<Models>,
  copies: Copies,
): ActivityLoaders {
  const projection = selection.projection('SupportActivity', activityProjection);
  const model = models.activities;
  const scope = activityScope(viewer);
  const listOf = async ({ filter, sort }: ActivityList) => {
    checkActivities(viewer);
    return {
      model,
      filter: allOf([scope, await activityFilter(filter, copies, today)]),
      sort: sortOf(sort, sortFields, latestFirst),
      projection,
      signal,
    };
  };
  const under = (foreignField: string) =>
    perArguments(
      (args: ActivityList) => async (keys: readonly string[]) =>
        findPagesOf({ ...(await listOf(args)), foreignField }, keys, args),
    );
  return {
    byId: byKey({ model, field: '_id', projection, scope, signal }),
    byCode: byKey({ model, field: 'code', projection, scope, signal }),
    list: async (args) => findPage(await listOf(args), args),
    ofUnit: under('unitId'),
    ofCampaign: under('campaignCode'),
    ofContentItem: under('contentItemId'),
  };
}
