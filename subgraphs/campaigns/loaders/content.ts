import { byKey } from '../../records/byKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type ContentItemRecord,
  contentItemFields,
  type IndicatorRecord,
  indicatorFields,
} from '../model/content.ts';
import type { Models } from '../model/models.ts';
import { shortLists } from './lists.ts';

/** The roads to content items, and indicators. */
export function contentReads({ models, signal, selection }: RequestScope<Models>) {
  const inOrder = [{ field: 'order', direction: 1 }] as const;
  const items = {
    model: models.contentItems,
    signal,
    projection: selection.projection('ContentItem', contentItemFields),
  };
  const indicators = {
    model: models.indicators,
    signal,
    projection: selection.projection('Indicator', indicatorFields),
  };
  return {
    itemById: byKey<ContentItemRecord>({ ...items, field: '_id' }),
    itemByAddress: byKey<ContentItemRecord>({ ...items, field: 'address' }),
    itemsOf: shortLists<ContentItemRecord>({
      ...items,
      foreignField: 'campaignId',
      filter: {},
      sort: inOrder,
    }),
    indicatorById: byKey<IndicatorRecord>({ ...indicators, field: '_id' }),
    indicatorByAddress: byKey<IndicatorRecord>({ ...indicators, field: 'address' }),
    indicatorsOf: shortLists<IndicatorRecord>({
      ...indicators,
      foreignField: 'campaignId',
      filter: {},
      sort: inOrder,
    }),
    indicatorsOfItem: shortLists<IndicatorRecord>({
      ...indicators,
      foreignField: 'contentItemId',
      filter: {},
      sort: inOrder,
    }),
  };
}

export type ContentReads = ReturnType<typeof contentReads>;
