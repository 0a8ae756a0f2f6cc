import type { Filter } from '../../records/keyset.ts';
import { readPipeline } from '../../records/read.ts';
import type { Projection } from '../../records/selection.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ArticleRecord, articleFields } from '../model/article.ts';
import { type CampaignRecord, campaignFields } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { articlePlaces, campaignPlaces, hasTerm, type SearchPlace } from '../rules/searchTerms.ts';
import type { Way } from '../rules/searchWays.ts';
import { campaignScope } from './access.ts';

/** What may hold a text, and where a search comes by it. */
interface Searched {
  readonly collection: string;
  readonly places: readonly SearchPlace[];
  readonly visible: Filter;
  readonly read: Projection;
}

/** What may hold a text. */
export interface Candidates {
  readonly campaigns: readonly CampaignRecord[];
  readonly articles: readonly ArticleRecord[];
}

/** Gives at most `ranked` records by each way. */
export type SearchRead = (ways: readonly Way[], ranked: number) => Promise<Candidates>;

type Stage = Readonly<Record<string, unknown>>;

/** Makes the function that reads what may hold a text, campaigns and articles by one MongoDB command. */
export function searchReads({ models, viewer, selection, signal }: RequestScope<Models>): SearchRead {
  const campaigns: Searched = {
    collection: models.campaigns.collection.name,
    places: campaignPlaces,
    visible: campaignScope(viewer),
    read: {
      ...{ code: 1, title: 1, theme: 1, mottos: 1, issuedOn: 1 },
      ...selection.projection('Campaign', campaignFields),
    },
  };
  const articles: Searched = {
    collection: models.articles.collection.name,
    places: articlePlaces,
    visible: { withdrawnOn: null },
    read: {
      ...{ title: 1, body: 1, campaignId: 1, publishedOn: 1 },
      ...selection.projection('Article', articleFields),
    },
  };
  return async (ways, ranked) => {
    const reads = [campaigns, articles].flatMap((searched) => ways.map((way) => ({ searched, way })));
    const [first = [], ...others] = reads.map(({ searched, way }) => pipelineOf(searched, way, ranked));
    const more = others.map((pipeline, index) => ({
      $unionWith: { coll: reads[index + 1]?.searched.collection, pipeline },
    }));
    const rows = await readPipeline<(CampaignRecord | ArticleRecord) & { from: string }>({
      model: models.campaigns,
      pipeline: [...first, ...more],
      signal,
    });
    // By several ways one record is found several times.
    const found = [...new Map(rows.map((row) => [row._id, row])).values()];
    const of = <Row>({ collection }: Searched) =>
      found.filter(({ from }) => from === collection) as unknown as Row[];
    return { campaigns: of<CampaignRecord>(campaigns), articles: of<ArticleRecord>(articles) };
  };
}

/**
 * An index holds the records of a term from the place that weighs most, and in each the latest first: those read are the best.
 * What one may not see is few, and is read over.
 */
function pipelineOf({ collection, places, visible, read }: Searched, way: Way, ranked: number): Stage[] {
  return [
    { $match: hasTerm(places, way.narrow) },
    { $limit: way.read },
    { $match: { $and: [visible, way.test] } },
    { $limit: ranked },
    { $project: read },
    { $set: { from: collection } },
  ];
}
