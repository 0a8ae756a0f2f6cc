import { checkPageSize } from '../../records/connection.ts';
import { type Alternative, alternativesOf, nearest, phrasesOf } from '../../records/spelling/alternatives.ts';
import { lexiconOf } from '../../records/spelling/vocabulary.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { CampaignHitRecord } from '../model/search.ts';
import { waysAsTyped, waysMistyped, waysToWords } from '../rules/searchWays.ts';
import { findMeant, findText, type Wanted, wanted } from '../rules/textMatch.ts';
import type { CampaignReads } from './campaigns.ts';
import { byWorth, hitsIn } from './searchPlaces.ts';
import { searchReads } from './searchReads.ts';

const MOST_HITS = 50;
/** Of what may have been meant, so many phrases are looked for, those with the fewest slips. */
const MOST_PHRASES = 40;
/** Some hold what was typed with other marks, and not everybody may see the campaign of each article. */
const RANKED_FOR_ONE = 2;

/**
 * Looks for a text in campaigns and articles, by two MongoDB commands whatever is found: the words that this process does not
 * know yet, and what holds the text or what may have been meant; and by one more for the campaigns of the articles found. The
 * best match comes first, then by where it was found, then the latest. Throws INPUT_INVALID for a text without words, PAGE_SIZE.
 */
export async function searchCampaigns(
  scope: RequestScope<Models>,
  reads: CampaignReads,
  { text, first }: { readonly text: string; readonly first: number },
): Promise<CampaignHitRecord[]> {
  checkPageSize(first, MOST_HITS);
  const want = wanted(text);
  const meant = await meantBy(scope, want);
  const ranked = first * RANKED_FOR_ONE;
  const ways = [...waysAsTyped(want, ranked), ...waysToWords(want), ...waysMistyped(meant, first)];
  const found = hitsIn(
    await searchReads(scope)(ways, ranked),
    (place) => findText(place, want) ?? findMeant(place, meant),
  );
  const hits = nearest(found, (hit) => hit)
    .toSorted(byWorth)
    .slice(0, ranked);
  const campaigns = await Promise.all(
    hits.map(({ campaign, campaignId }) => campaign ?? reads.byId.load(campaignId)),
  );
  return hits
    .flatMap((hit, index) => {
      const campaign = campaigns[index];
      return campaign ? [{ ...hit, campaign, exact: hit.match === 'EXACT' }] : [];
    })
    .slice(0, first);
}

/** Gives the phrases that may have been meant by what was typed, itself left out. */
async function meantBy({ models, signal }: RequestScope<Models>, { folded }: Wanted): Promise<Alternative[]> {
  const lexicon = await lexiconOf(models.vocabulary, signal);
  return phrasesOf(folded, alternativesOf(lexicon, folded))
    .filter(({ text }) => text !== folded.join(' '))
    .slice(0, MOST_PHRASES);
}
