import { targetBoard } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Part } from '../../parts/Part.tsx';
import { periodsOf } from '../../parts/period/periods.ts';
import { View } from '../../parts/View.tsx';
import { Link } from '../../url/Link.tsx';
import { useParams } from '../../url/useParams.ts';
import { Board } from './Board.tsx';
import { Filters } from './Filters.tsx';
import { targetMessages } from './messages.ts';
import { type Indicator, targetParams } from './place.ts';

/** One for each province, and the ministry: the most that the limits of the graph allow for all indicators at once is a little above. */
const MOST = 70;

/** D5: what units aim at and what they reached, indicator by indicator. */
export function Targets() {
  const m = useMessages(targetMessages);
  const [{ campaign: code, indicator, under, period, status, after }] = useParams(targetParams);
  const asked = useOperation(targetBoard, {
    campaign: code,
    indicator: indicator ? [indicator] : null,
    under,
    period: period ? { code: period } : null,
    status: status ? [status] : null,
    first: MOST,
    after,
  });
  return (
    <View title={m.title} asked={asked} filters={<Filters years={periodsOf(asked.data?.campaign).years} />}>
      {({ campaign }) => (
        <Part asked={asked} at="campaign" value={campaign} name={m.title} none={m.unknown(code)}>
          {({ indicators }) => <Indicators indicators={indicators} />}
        </Part>
      )}
    </View>
  );
}

/** Whether an indicator has targets, however they came out. */
const hasTargets = ({ targetCounts }: Indicator): boolean => targetCounts.some(({ targets }) => targets > 0);

function Indicators({ indicators }: { readonly indicators: readonly Indicator[] }) {
  const m = useMessages(targetMessages);
  const text = useText();
  const [{ indicator, under }] = useParams(targetParams);
  const withTargets = indicators.filter(hasTargets);
  const without = indicators.filter((each) => !hasTargets(each));
  return (
    <>
      <p className="quiet">
        {m.own} {under && <Link to="targets">{m.everybody}</Link>}{' '}
        {indicator && <Link to="targets">{m.allIndicators}</Link>}
      </p>
      {withTargets.length === 0 && <Empty />}
      {withTargets.map((each) => (
        <Board key={each.code} indicator={each} />
      ))}
      {without.length > 0 && (
        <details>
          <summary>{m.without}</summary>
          <ul>
            {without.map(({ code, name }) => (
              <li key={code}>
                {text(name)} <span className="quiet">{code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
