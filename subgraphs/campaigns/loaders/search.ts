import { checkPageSize } from '../../records/connection.ts';
import { alternativesOf, nearest, phrasesOf } from '../../records/spelling/alternatives.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { CampaignHitRecord } from '../model/search.ts';
import { waysAsTyped, waysMistyped } from '../rules/searchWays.ts';
import { findMeant, findText, type Wanted, wanted } from '../rules/textMatch.ts';
import type { CampaignReads } from './campaigns.ts';
import { byWorth, type Hit, hitsIn } from './searchPlaces.ts';
import { type SearchRead, searchReads } from './searchReads.ts';

const MOST_HITS = 50;
/** Of what may have been meant, so many phrases are looked for, those with the fewest slips. */
const MOST_PHRASES = 60;

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
  const hits = hitsIn(await read(waysAsTyped(want)), (place) => findText(place, want));
  if (hits.length < first) {
    const known = new Set(hits.map(({ _id }) => _id));
    hits.push(...(await mistyped(scope, read, want)).filter(({ _id }) => !known.has(_id)));
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

/** Gives what holds a phrase that may have been meant. */
async function mistyped(
  { models, signal }: RequestScope<Models>,
  read: SearchRead,
  { folded }: Wanted,
): Promise<Hit[]> {
  const words = await alternativesOf(models.words, folded, signal);
  const typed = folded.join(' ');
  const phrases = phrasesOf(folded, words).filter(({ text }) => text !== typed);
  const meant = phrases.slice(0, MOST_PHRASES);
  const ways = waysMistyped(
    folded.map((word) => words.get(word) ?? []),
    meant,
  );
  if (ways.length === 0) return [];
  const hits = hitsIn(await read(ways), (place) => findMeant(place, meant));
  return nearest(hits, ({ slips }) => slips);
}
