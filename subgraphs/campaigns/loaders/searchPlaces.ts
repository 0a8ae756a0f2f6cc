import type { ArticleRecord } from '../model/article.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { CampaignHitRecord } from '../model/search.ts';
import { searchPlaces } from '../rules/searchTerms.ts';
import { type Found, textMatches } from '../rules/textMatch.ts';
import type { Candidates } from './searchReads.ts';

type Places<Row> = readonly (readonly [
  CampaignHitRecord['matched'],
  (row: Row) => readonly (string | null)[],
])[];

const inCampaigns: Places<CampaignRecord> = [
  ['CODE', ({ code }) => [code]],
  ['TITLE', ({ title }) => [title.vi, title.en]],
  ['THEME', ({ theme }) => [theme.vi, theme.en]],
  ['MOTTO', ({ mottos }) => mottos.flatMap(({ text }) => [text.vi, text.en])],
];
const inArticles: Places<ArticleRecord> = [
  ['ARTICLE_TITLE', ({ title }) => [title.vi, title.en]],
  ['ARTICLE_BODY', ({ body }) => [body.vi, body.en]],
];

/** A hit whose campaign is still to be read where an article was found. */
export interface Hit extends Found {
  readonly _id: string;
  readonly matched: CampaignHitRecord['matched'];
  readonly campaignId: string;
  readonly campaign: CampaignRecord | null;
  readonly article: ArticleRecord | null;
  readonly date: string;
}

/** Gives the records that hold what is looked for, each at its best place. */
export function hitsIn({ campaigns, articles }: Candidates, find: (text: string) => Found | null): Hit[] {
  return [
    ...campaigns.flatMap((campaign) => {
      const { _id, issuedOn: date } = campaign;
      const hit = { _id, campaignId: _id, campaign, article: null, date };
      return bestOf(campaign, inCampaigns, find).map((found) => ({ ...found, ...hit }));
    }),
    ...articles.flatMap((article) => {
      const { _id, campaignId, publishedOn } = article;
      const hit = { _id, campaignId, campaign: null, article, date: publishedOn ?? '' };
      return bestOf(article, inArticles, find).map((found) => ({ ...found, ...hit }));
    }),
  ];
}

function bestOf<Row>(row: Row, places: Places<Row>, find: (text: string) => Found | null) {
  const found = places.flatMap(([matched, textsOf]) =>
    textsOf(row).flatMap((text) => {
      const there = text === null ? null : find(text);
      return there ? [{ ...there, matched }] : [];
    }),
  );
  return found.toSorted(byMatch).slice(0, 1);
}

const byMatch = (a: Pick<Hit, 'match' | 'slips'>, b: Pick<Hit, 'match' | 'slips'>): number =>
  textMatches.indexOf(a.match) - textMatches.indexOf(b.match) || a.slips - b.slips;

/** The best match first, then by where it was found, then the latest. */
export const byWorth = (a: Hit, b: Hit): number =>
  byMatch(a, b) ||
  searchPlaces.indexOf(a.matched) - searchPlaces.indexOf(b.matched) ||
  (a.date < b.date ? 1 : a.date > b.date ? -1 : 0);
