import DataLoader from 'dataloader';
import { sortSpec, withId } from '../../records/keyset.ts';
import { withSortFields } from '../../records/page.ts';
import type { ListOf } from '../../records/pagesOf.ts';
import { perKey } from '../../records/perKey.ts';

/** The most rows of a list that a plan bounds by itself: content items, indicators. */
const MOST = 100;

/** Makes the loader of short lists under a parent: all rows of all parents of a tick by one command. */
export const shortLists = <Row>(list: ListOf<Row>): DataLoader<string, Row[]> =>
  new DataLoader(async (keys) => {
    const sort = withId(list.sort);
    const found = await perKey<Row>({
      ...list,
      keys: keys.map((key) => ({ key })),
      pipeline: [
        { $match: list.filter },
        { $sort: sortSpec(sort) },
        { $limit: MOST },
        { $project: withSortFields(list.projection, sort) },
      ],
    });
    return keys.map((key) => found.get(key) ?? []);
  });
