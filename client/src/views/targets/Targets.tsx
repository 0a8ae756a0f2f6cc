import { targetBoard } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Part } from '../../parts/Part.tsx';
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
  const [{ campaign: code, under, period }] = useParams(targetParams);
  const asked = useOperation(targetBoard, {
    campaign: code,
    under,
    period: period ? { code: period } : null,
    first: MOST,
  });
  return (
    <View title={m.title} asked={asked} filters={<Filters />}>
      {({ campaign }) => (
        <Part asked={asked} at="campaign" value={campaign} name={m.title} none={m.unknown(code)}>
          {({ indicators }) => <Indicators indicators={indicators} />}
        </Part>
      )}
    </View>
  );
}

function Indicators({ indicators }: { readonly indicators: readonly Indicator[] }) {
  const m = useMessages(targetMessages);
  const text = useText();
  const [{ under }] = useParams(targetParams);
  const withTargets = indicators.filter(({ targets }) => targets.nodes.length > 0);
  const without = indicators.filter(({ targets }) => targets.nodes.length === 0);
  return (
    <>
      <p className="quiet">
        {m.own} {under && <Link to="targets">{m.everybody}</Link>}
      </p>
      {withTargets.length === 0 && <Empty />}
      {withTargets.map((indicator) => (
        <Board key={indicator.code} indicator={indicator} />
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
