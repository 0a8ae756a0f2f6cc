import type { Model } from 'mongoose';
import { checkPageSize } from '../../records/connection.ts';
import type { Filter } from '../../records/keyset.ts';
import { driverOptions } from '../../records/page.ts';
import type { Projection } from '../../records/selection.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ArticleRecord, articleFields } from '../model/article.ts';
import { type CampaignRecord, campaignFields } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import type { CampaignHitRecord } from '../model/search.ts';
import { findText, holdsText, type Wanted, wanted } from '../rules/textMatch.ts';
import { campaignScope } from './access.ts';
import type { CampaignReads } from './campaigns.ts';

/** Ranked are at most so many records of a kind, the latest first; a search that finds more wants more words. */
const CANDIDATES = 300;
const MOST_HITS = 50;

type Places<Row> = readonly (readonly [
  CampaignHitRecord['matched'],
  (row: Row) => readonly (string | null)[],
])[];

const campaignPlaces: Places<CampaignRecord> = [
  ['CODE', ({ code }) => [code]],
  ['TITLE', ({ title }) => [title.vi, title.en]],
  ['THEME', ({ theme }) => [theme.vi, theme.en]],
  ['MOTTO', ({ mottos }) => mottos.flatMap(({ text }) => [text.vi, text.en])],
];
const articlePlaces: Places<ArticleRecord> = [
  ['ARTICLE_TITLE', ({ title }) => [title.vi, title.en]],
  ['ARTICLE_BODY', ({ body }) => [body.vi, body.en]],
];
const order = [...campaignPlaces, ...articlePlaces].map(([place]) => place);

/**
 * Looks for a text in campaigns and articles, by three commands. Exact-diacritic hits come first, then by where it was
 * found, then the latest. Throws INPUT_INVALID for a text without words, PAGE_SIZE.
 */
export async function searchCampaigns(
  { models, viewer, selection, signal }: RequestScope<Models>,
  reads: CampaignReads,
  { text, first }: { readonly text: string; readonly first: number },
): Promise<CampaignHitRecord[]> {
  checkPageSize(first, MOST_HITS);
  const want = wanted(text);
  const campaignRead = {
    code: 1,
    title: 1,
    theme: 1,
    mottos: 1,
    issuedOn: 1,
    ...selection.projection('Campaign', campaignFields),
  } as const;
  const articleRead = {
    title: 1,
    body: 1,
    campaignId: 1,
    publishedOn: 1,
    ...selection.projection('Article', articleFields),
  } as const;
  const [campaigns, articles] = await Promise.all([
    candidates(
      models.campaigns,
      { $and: [campaignScope(viewer), holdsText(want)] },
      'issuedOn',
      campaignRead,
      signal,
    ),
    candidates(
      models.articles,
      { $and: [{ withdrawnOn: null }, holdsText(want)] },
      'publishedOn',
      articleRead,
      signal,
    ),
  ]);
  const about = await Promise.all(articles.map(({ campaignId }) => reads.byId.load(campaignId)));
  const hits = [
    ...campaigns.flatMap((campaign) =>
      hitIn(campaign, campaignPlaces, want, { campaign, article: null, date: campaign.issuedOn }),
    ),
    ...articles.flatMap((article, index) => {
      const campaign = about[index];
      if (!campaign) return [];
      return hitIn(article, articlePlaces, want, { campaign, article, date: article.publishedOn ?? '' });
    }),
  ];
  return hits.sort(byWorth).slice(0, first);
}

const candidates = <Row>(
  model: Model<Row>,
  filter: Filter,
  newest: string,
  projection: Projection,
  signal: AbortSignal | undefined,
): Promise<Row[]> =>
  model
    .find(filter, projection, driverOptions(signal))
    .sort({ [newest]: -1, _id: -1 })
    .limit(CANDIDATES)
    .batchSize(CANDIDATES + 1)
    .lean<Row[]>();

/** The best place of a record that holds the text: an exact one before any other, then in the order of the places. */
function hitIn<Row>(
  row: Row,
  places: Places<Row>,
  want: Wanted,
  hit: Pick<CampaignHitRecord, 'campaign' | 'article' | 'date'>,
): CampaignHitRecord[] {
  const found = places.flatMap(([matched, textsOf]) =>
    textsOf(row).flatMap((text) => {
      const there = text === null ? null : findText(text, want);
      return there ? [{ ...hit, ...there, matched }] : [];
    }),
  );
  const best = found.find(({ exact }) => exact) ?? found[0];
  return best ? [best] : [];
}

const byWorth = (a: CampaignHitRecord, b: CampaignHitRecord): number =>
  Number(b.exact) - Number(a.exact) ||
  order.indexOf(a.matched) - order.indexOf(b.matched) ||
  (a.date < b.date ? 1 : a.date > b.date ? -1 : 0);
