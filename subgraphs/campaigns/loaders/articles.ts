import { byKey, perArguments } from '../../records/byKey.ts';
import type { PageArgs } from '../../records/connection.ts';
import { inRange, isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { periodOf } from '../../records/periodInput.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ArticleRecord, articleFields, articleOrder } from '../model/article.ts';
import type { Models } from '../model/models.ts';
import { articlePlaces } from '../rules/searchTerms.ts';
import { holdsText, wanted } from '../rules/textMatch.ts';
import type { ArticleFilter } from '../types.generated.ts';
import { articleScope } from './access.ts';
import { codesIn } from './filterValues.ts';
import type { UnitCodes } from './unitCodes.ts';

type Listed = PageArgs & { readonly filter: ArticleFilter | null };

/** The roads to articles. */
export function articleReads(
  { models, signal, selection, today, viewer }: RequestScope<Models>,
  units: UnitCodes,
) {
  const list = { model: models.articles, signal, projection: selection.projection('Article', articleFields) };
  const filterOf = async (filter: Listed['filter']): Promise<Filter> => {
    const ids = await units.idsOf(codesIn(filter, 'unit', 'under'));
    return toFilter(filter, {
      unit: (codes) => isIn('unitId')(codes.map((code) => ids.get(code))),
      under: (codes) => isIn('line')(codes.map((code) => ids.get(code))),
      during: (input) => {
        const { from, before } = periodOf(input, { today });
        return inRange('publishedOn', from, before);
      },
      text: (text) => holdsText(articlePlaces, wanted(text)),
      updatedSince: (since) => ({ updatedAt: { $gte: since } }),
    });
  };

  return {
    byId: byKey<ArticleRecord>({ ...list, field: '_id', scope: articleScope(viewer) }),
    ofCampaign: perArguments(({ filter, ...args }: Listed) => async (campaignIds) => {
      const inside = { $and: [{ withdrawnOn: null }, await filterOf(filter)] };
      return findPagesOf(
        { ...list, foreignField: 'campaignId', filter: inside, sort: articleOrder },
        campaignIds,
        args,
      );
    }),
  };
}

export type ArticleReads = ReturnType<typeof articleReads>;
