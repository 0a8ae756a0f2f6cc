import { type UnitCardQuery, unitCard } from '../../graph/operations.generated.ts';
import { type Asked, useOperation } from '../../graph/useOperation.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { AwardFigures, ReportFigures, SupportFigures } from '../../parts/figures/Figures.tsx';
import { Part } from '../../parts/Part.tsx';
import { SearchField } from '../../parts/search/SearchField.tsx';
import { SearchHits } from '../../parts/search/SearchHits.tsx';
import { canSearch } from '../../parts/search/searched.ts';
import { Trail } from '../../parts/Trail.tsx';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { Awards } from './Awards.tsx';
import { Facts } from './Facts.tsx';
import { cardMessages } from './messages.ts';
import { cardParams } from './place.ts';

export type CardUnit = NonNullable<UnitCardQuery['unit']>;

const cardOf = (code: string) => ({ to: 'unit', values: { code } });

/** D10: one unit: where it stands, what it did, how it reports, what it was awarded. */
export function UnitCard() {
  const m = useMessages(cardMessages);
  const [{ code, campaign, text, awards }] = useParams(cardParams);
  const isAll = awards === 'all';
  const asked = useOperation(unitCard, {
    code,
    campaign,
    awardsOf: isAll ? null : [campaign],
    allCampaigns: isAll,
  });
  return (
    <View title={m.title} asked={asked} filters={<SearchField />}>
      {({ unit }) => {
        if (canSearch(text)) return <SearchHits linkTo={(hit) => cardOf(hit.unit.code)} />;
        return (
          <Part asked={asked} at="unit" value={unit} name={m.title} none={m.unknown(code)} hasParts>
            {(found) => <Card unit={found} asked={asked} />}
          </Part>
        );
      }}
    </View>
  );
}

function Card({ unit, asked }: { readonly unit: CardUnit; readonly asked: Asked<UnitCardQuery> }) {
  const m = useMessages(cardMessages);
  const text = useText();
  const [{ campaign }] = useParams(cardParams);
  const title = asked.data?.campaign?.title;
  const name = title ? text(title) : campaign;
  return (
    <>
      <Trail unit={unit} linkTo={cardOf} />
      <h2>{text(unit.name)}</h2>
      <Facts unit={unit} />
      <p className="quiet">
        {m.ofCampaign(name)} {unit.childCount > 0 && m.together}
      </p>
      <section>
        <h2>{m.support}</h2>
        <Part asked={asked} at="unit.supportSummary" value={unit.supportSummary} name={m.support}>
          {(summary) => <SupportFigures summary={summary} />}
        </Part>
      </section>
      <section>
        <h2>{m.reports}</h2>
        <Part asked={asked} at="unit.reportStats" value={unit.reportStats} name={m.reports}>
          {(counts) => <ReportFigures counts={counts} />}
        </Part>
      </section>
      <section>
        <h2>{m.awards}</h2>
        <Part asked={asked} at="unit.awardSummary" value={unit.awardSummary} name={m.awards}>
          {(summary) => <AwardFigures summary={summary} />}
        </Part>
        <Part asked={asked} at="unit.awards" value={unit.awards} name={m.latest}>
          {({ nodes }) => <Awards awards={nodes} campaign={name} />}
        </Part>
      </section>
    </>
  );
}
