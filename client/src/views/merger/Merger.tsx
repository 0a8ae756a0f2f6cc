import { type MergerOf2025Query, mergerOf2025 } from '../../graph/operations.generated.ts';
import { type Asked, useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { today } from '../../language/today.ts';
import { DayChoice } from '../../parts/DayChoice.tsx';
import { Part } from '../../parts/Part.tsx';
import { SearchField } from '../../parts/search/SearchField.tsx';
import { SearchHits } from '../../parts/search/SearchHits.tsx';
import { canSearch } from '../../parts/search/searched.ts';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { Links } from './Links.tsx';
import { mergerMessages } from './messages.ts';
import { mergerParams } from './place.ts';
import { Readings } from './Readings.tsx';

/** D12: which units came before and after one, and the same support by the units of then and of now. */
export function Merger() {
  const m = useMessages(mergerMessages);
  const [{ campaign, code, under, asOf, text }, set] = useParams(mergerParams);
  const asked = useOperation(mergerOf2025, { campaign, code, under, asOf: asOf ?? today() });
  const filters = (
    <>
      <SearchField />
      <DayChoice day={asOf} days={daysOf(asked.data?.unit)} choose={(day) => set({ asOf: day })} />
    </>
  );
  const linkTo = (found: string) => ({
    to: 'merger',
    values: { code: found, under, ...(asOf && { asOf }) },
  });
  return (
    <View title={m.title} asked={asked} filters={filters}>
      {(data) =>
        canSearch(text) ? (
          <SearchHits linkTo={({ unit }) => linkTo(unit.code)} />
        ) : (
          <Content data={data} asked={asked} />
        )
      }
    </View>
  );
}

/** The days on which a unit and those before and after it began or ended. */
function daysOf(unit: MergerOf2025Query['unit'] | undefined): string[] {
  if (!unit) return [];
  const { existsFrom, existsBefore, predecessors, successors } = unit;
  const days = [
    ...[existsFrom, existsBefore],
    ...predecessors.map(({ from }) => from.existsBefore),
    ...successors.map(({ to }) => to.existsFrom),
  ];
  return days.filter((day) => day !== null);
}

interface ContentProps {
  readonly data: MergerOf2025Query;
  readonly asked: Asked<MergerOf2025Query>;
}

function Content({ data, asked }: ContentProps) {
  const m = useMessages(mergerMessages);
  const [{ code, under }] = useParams(mergerParams);
  return (
    <>
      <Part asked={asked} at="unit" value={data.unit} name={m.links} none={m.unknown(code)}>
        {(unit) => <Links unit={unit} />}
      </Part>
      <Part asked={asked} at="scope" value={data.scope} name={under} none={m.unknown(under)}>
        {() => null}
      </Part>
      {(data.asReported || data.asOf || data.scope) && <Readings data={data} asked={asked} />}
    </>
  );
}
