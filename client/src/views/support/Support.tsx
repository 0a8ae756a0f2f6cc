import { supportByProvince } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import type { Periods } from '../../parts/period/periods.ts';
import { periodsOf } from '../../parts/period/periods.ts';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { Filters } from './Filters.tsx';
import { duringOf, everyone, hierarchyOf, supportFilters } from './filters.ts';
import { supportMessages } from './messages.ts';
import { ProvinceTable } from './ProvinceTable.tsx';
import type { ProvinceRollup } from './provinces.ts';
import { TileMap } from './TileMap.tsx';
import { Totals } from './Totals.tsx';
import { Trend } from './Trend.tsx';
import { writeWith } from './write.ts';

/** D3 and D4: what was done for people, by province on a map and in a table, and month by month. */
export function Support() {
  const m = useMessages(supportMessages);
  const [{ campaign: code, period, compareWith, asOf }] = useParams(supportFilters);
  const asked = useOperation(supportByProvince, {
    campaign: code,
    during: duringOf(period),
    compareWith: compareWith ? { code: compareWith } : null,
    hierarchy: hierarchyOf(asOf),
  });
  const periods = periodsOf(asked.data?.campaign);
  return (
    <View title={m.title} asked={asked} filters={<Filters periods={periods} />}>
      {({ campaign, supportRollup }) => (
        <>
          <Part asked={asked} at="campaign" value={campaign} name={m.choices} none={m.unknown(code)}>
            {() => null}
          </Part>
          <Part asked={asked} at="supportRollup" value={supportRollup} name={m.byProvince}>
            {(rollup) => <Answer rollup={rollup} periods={periods} />}
          </Part>
        </>
      )}
    </View>
  );
}

interface AnswerProps {
  readonly rollup: ProvinceRollup;
  readonly periods: Periods;
}

function Answer({ rollup, periods }: AnswerProps) {
  const m = useMessages(supportMessages);
  const text = useText();
  const [{ metric, period, compareWith, under }] = useParams(supportFilters);
  const { rows } = rollup;
  const when = period ? text(rollup.period.label) : m.wholeCampaign;
  const chosen = rows.map(({ keys: [key] }) => key?.unit).find((unit) => unit?.code === under);
  const name = chosen ? text(chosen.name) : under === everyone ? m.everyone : under;
  const label = m.mapOf(m.metrics[metric], when);
  return (
    <>
      <section>
        <h2>{m.total(when)}</h2>
        <Totals rollup={rollup} isCompared={compareWith !== null} />
        <Notes rollup={rollup} />
      </section>
      <div className="beside">
        <section>
          <h2>{m.byProvince}</h2>
          <p>{label}</p>
          <p className="quiet">{m.mapHelp}</p>
          <a className="skip-over" href="#by-province">
            {m.skipMap}
          </a>
          <TileMap rows={rows} label={label} />
        </section>
        <Trend name={name} periods={periods} />
      </div>
      <section id="by-province" tabIndex={-1}>
        <ProvinceTable rows={rows} caption={m.table(when)} />
      </section>
    </>
  );
}

/** What must be known to read the numbers: what no province has, and how old they are. */
function Notes({ rollup }: { readonly rollup: ProvinceRollup }) {
  const m = useMessages(supportMessages);
  const format = useFormat();
  const [{ metric }] = useParams(supportFilters);
  const unplaced = rollup.unallocated.find((each) => each.metric === metric)?.value ?? 0;
  return (
    <p className="quiet">
      {unplaced > 0 && `${m.unallocated(writeWith(format, metric)(unplaced))} `}
      {m.computed(format.instant(rollup.computedAt))}
    </p>
  );
}
