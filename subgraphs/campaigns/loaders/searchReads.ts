import type { Filter } from '../../records/keyset.ts';
import { driverOptions } from '../../records/page.ts';
import type { Projection } from '../../records/selection.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ArticleRecord, articleFields } from '../model/article.ts';
import { type CampaignRecord, campaignFields } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import type { Way } from '../rules/searchWays.ts';
import { campaignScope } from './access.ts';

/** By each way at most so many records are read, the latest first, and of those that hold the text so many are ranked. */
const MOST_READ = 1_000;
const MOST_RANKED = 100;

/** What may hold a text, and where a search comes by it. */
interface Searched {
  readonly collection: string;
  readonly newest: string;
  readonly visible: Filter;
  readonly read: Projection;
}

/** What may hold a text. */
export interface Candidates {
  readonly campaigns: readonly CampaignRecord[];
  readonly articles: readonly ArticleRecord[];
}

export type SearchRead = (ways: readonly Way[]) => Promise<Candidates>;

type Stage = Readonly<Record<string, unknown>>;

/** Makes the function that reads what may hold a text, campaigns and articles by one MongoDB command. */
export function searchReads({ models, viewer, selection, signal }: RequestScope<Models>): SearchRead {
  const campaigns: Searched = {
    collection: models.campaigns.collection.name,
    newest: 'issuedOn',
    visible: campaignScope(viewer),
    read: {
      ...{ code: 1, title: 1, theme: 1, mottos: 1, issuedOn: 1 },
      ...selection.projection('Campaign', campaignFields),
    },
  };
  const articles: Searched = {
    collection: models.articles.collection.name,
    newest: 'publishedOn',
    visible: { withdrawnOn: null },
    read: {
      ...{ title: 1, body: 1, campaignId: 1, publishedOn: 1 },
      ...selection.projection('Article', articleFields),
    },
  };
  return async (ways) => {
    const reads = [campaigns, articles].flatMap((searched) => ways.map((way) => ({ searched, way })));
    const [first = [], ...others] = reads.map(({ searched, way }) => pipelineOf(searched, way));
    const more = others.map((pipeline, index) => ({
      $unionWith: { coll: reads[index + 1]?.searched.collection, pipeline },
    }));
    const rows = await models.campaigns.collection
      .aggregate<(CampaignRecord | ArticleRecord) & { from: string }>([...first, ...more], {
        batchSize: reads.length * MOST_RANKED + 1,
        ...driverOptions(signal),
      })
      .toArray();
    // By several ways one record is found several times.
    const found = [...new Map(rows.map((row) => [row._id, row])).values()];
    const of = <Row>({ collection }: Searched) =>
      found.filter(({ from }) => from === collection) as unknown as Row[];
    return { campaigns: of<CampaignRecord>(campaigns), articles: of<ArticleRecord>(articles) };
  };
}

/** A whole word's records stand in the index from the latest; those of a beginning are put in order once they are read. */
function pipelineOf({ collection, newest, visible, read }: Searched, { word, begins, test }: Way): Stage[] {
  const latest = { $sort: { [newest]: -1, _id: -1 } };
  const most = { $limit: MOST_READ };
  return [
    { $match: { searchWords: begins ? { $regex: `^${word}` } : word } },
    ...(begins ? [most, latest] : [latest, most]),
    { $match: { $and: [visible, test] } },
    { $limit: MOST_RANKED },
    { $project: read },
    { $set: { from: collection } },
  ];
}
