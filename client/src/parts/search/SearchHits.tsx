import { type SearchQuery, search } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Link } from '../../url/Link.tsx';
import { useParams } from '../../url/useParams.ts';
import { Loading } from '../Loading.tsx';
import { Missing } from '../Missing.tsx';
import { Part } from '../Part.tsx';
import { unitLevelMessages } from '../unitLevel.ts';
import { CampaignHits } from './CampaignHits.tsx';
import { searchMessages } from './messages.ts';
import { searchParam } from './searched.ts';

const MOST = 20;

/** A unit that was found. */
export type UnitHit = NonNullable<SearchQuery['searchUnits']>[number];

/** Which view shows a unit that was found, and with which values in its address. */
type LinkTo = (hit: UnitHit) => { readonly to: string; readonly values: Readonly<Record<string, string>> };

interface SearchHitsProps {
  /** Only units that existed on this day; today's and former ones when left out. */
  readonly on?: string;
  readonly linkTo: LinkTo;
}

/** D11: the units, campaigns and articles that are named by what stands in the search field. */
export function SearchHits({ on, linkTo }: SearchHitsProps) {
  const m = useMessages(searchMessages);
  const [{ text }] = useParams(searchParam);
  const asked = useOperation(search, { text, first: MOST, on });
  const { data, faults, again, loading } = asked;
  if (data === undefined) return <Loading />;
  if (data === null) return <Missing faults={faults} again={again} />;
  return (
    <section className="hits" aria-label={m.hits(text)} aria-busy={loading}>
      <h2>{m.units}</h2>
      <Part asked={asked} at="searchUnits" value={data.searchUnits} name={m.units}>
        {(hits) => <UnitHits hits={hits} linkTo={linkTo} />}
      </Part>
      <Part asked={asked} at="searchCampaigns" value={data.searchCampaigns} name={m.campaigns}>
        {(hits) => <CampaignHits hits={hits} />}
      </Part>
    </section>
  );
}

function UnitHits({ hits, linkTo }: { readonly hits: readonly UnitHit[]; readonly linkTo: LinkTo }) {
  const m = useMessages(searchMessages);
  const format = useFormat();
  const count = format.number(hits.length);
  return (
    <>
      <p role="status" className="quiet">
        {hits.length === 0 ? m.none : hits.length < MOST ? m.found(count) : m.foundFirst(count)}
      </p>
      <ul>
        {hits.map((hit) => (
          <Hit key={hit.unit.code} hit={hit} linkTo={linkTo} />
        ))}
      </ul>
    </>
  );
}

function Hit({ hit, linkTo }: { readonly hit: UnitHit; readonly linkTo: LinkTo }) {
  const m = useMessages(searchMessages);
  const levels = useMessages(unitLevelMessages);
  const text = useText();
  const format = useFormat();
  const { unit, matchedName } = hit;
  const facts = [
    levels[unit.level],
    unit.ancestors.map(({ name }) => text(name)).join(' › '),
    matchedName !== unit.name.vi && matchedName !== text(unit.name) && m.formerly(matchedName),
    unit.existsBefore && m.until(format.day(unit.existsBefore)),
  ];
  return (
    <li>
      <Link {...linkTo(hit)}>{text(unit.name)}</Link>{' '}
      <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>
    </li>
  );
}
