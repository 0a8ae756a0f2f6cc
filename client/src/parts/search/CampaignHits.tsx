import type { SearchQuery } from '../../graph/operations.generated.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Link } from '../../url/Link.tsx';
import { searchMessages } from './messages.ts';

type CampaignHit = NonNullable<SearchQuery['searchCampaigns']>[number];

/** Campaigns and articles that hold what is searched for, each with the place in its text; nothing when there are none. */
export function CampaignHits({ hits }: { readonly hits: readonly CampaignHit[] }) {
  const m = useMessages(searchMessages);
  const text = useText();
  if (hits.length === 0) return null;
  return (
    <>
      <h2>{m.campaigns}</h2>
      <ul>
        {hits.map(({ campaign, article, excerpt }) => {
          const title = article ? text(article.title) : campaign && text(campaign.title);
          return (
            <li key={`${campaign?.code} ${title} ${excerpt}`}>
              {campaign ? (
                <Link to="" values={{ campaign: campaign.code }}>
                  {title}
                </Link>
              ) : (
                title
              )}{' '}
              <span className="quiet">{excerpt !== title && excerpt}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
