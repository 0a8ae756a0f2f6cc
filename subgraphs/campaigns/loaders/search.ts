import { checkPageSize } from '../../records/connection.ts';
import { alternativesOf, nearest, phrasesOf } from '../../records/spelling/alternatives.ts';
import { lexiconOf } from '../../records/spelling/vocabulary.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { CampaignHitRecord } from '../model/search.ts';
import { waysAsTyped, waysMistyped, waysToWords } from '../rules/searchWays.ts';
import { findMeant, findText, type Wanted, wanted } from '../rules/textMatch.ts';
import type { CampaignReads } from './campaigns.ts';
import { byWorth, type Hit, hitsIn } from './searchPlaces.ts';
import { type SearchRead, searchReads } from './searchReads.ts';

const MOST_HITS = 50;
/** Of what may have been meant, so many phrases are looked for, those with the fewest slips. */
const MOST_PHRASES = 60;
/** A record may be found twice, and some hold what was typed with other marks: so many are ranked for each asked for. */
const RANKED_FOR_ONE = 2;

/**
 * Looks for a text in campaigns and articles: by one command, and one for the campaigns of the articles found; when it finds
 * fewer than were asked for, by two more: the words that may have been meant, and what holds them. The best match comes
 * first, then by where it was found, then the latest. Throws INPUT_INVALID for a text without words, PAGE_SIZE.
 */
export async function searchCampaigns(
  scope: RequestScope<Models>,
  reads: CampaignReads,
  { text, first }: { readonly text: string; readonly first: number },
): Promise<CampaignHitRecord[]> {
  checkPageSize(first, MOST_HITS);
  const want = wanted(text);
  const read = searchReads(scope);
  const ranked = first * RANKED_FOR_ONE;
  const hits = hitsIn(await read(waysAsTyped(want, ranked), ranked), (place) => findText(place, want));
  if (hits.length < first) {
    const known = new Set(hits.map(({ _id }) => _id));
    hits.push(...(await apartOrMistyped(scope, want, read, ranked)).filter(({ _id }) => !known.has(_id)));
  }
  const campaigns = await Promise.all(
    hits.map(({ campaign, campaignId }) => campaign ?? reads.byId.load(campaignId)),
  );
  return hits
    .flatMap((hit, index) => {
      const campaign = campaigns[index];
      return campaign ? [{ ...hit, campaign, exact: hit.match === 'EXACT' }] : [];
    })
    .toSorted(byWorth)
    .slice(0, first);
}

/** Gives what holds all words apart, then what holds a phrase that may have been meant. */
async function apartOrMistyped(
  { models, signal }: RequestScope<Models>,
  want: Wanted,
  read: SearchRead,
  ranked: number,
): Promise<Hit[]> {
  const { folded } = want;
  const typed = folded.join(' ');
  const words = alternativesOf(await lexiconOf(models.vocabulary, signal), folded);
  const meant = phrasesOf(folded, words)
    .filter(({ text }) => text !== typed)
    .slice(0, MOST_PHRASES);
  const ways = [...waysToWords(want), ...waysMistyped(meant, ranked)];
  if (ways.length === 0) return [];
  const find = (place: string) => findText(place, want) ?? findMeant(place, meant);
  const hits = hitsIn(await read(ways, ranked), find);
  const mistyped = hits.filter(({ match }) => match === 'TYPO');
  return [...hits.filter(({ match }) => match !== 'TYPO'), ...nearest(mistyped, ({ slips }) => slips)];
}
