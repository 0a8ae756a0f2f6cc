import { type HousesQuery, houses } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { Funnel } from './Funnel.tsx';
import { houseFilters } from './filters.ts';
import { houseMessages } from './messages.ts';
import { Overdue } from './Overdue.tsx';

export type Stages = NonNullable<NonNullable<HousesQuery['campaign']>['houseFunnel']>;
export type OverdueHouses = NonNullable<HousesQuery['houseProjects']>;

/** D8: how many houses are in which stage, and which were overdue on a day. */
export function Houses() {
  const m = useMessages(houseMessages);
  const format = useFormat();
  const [filters] = useParams(houseFilters);
  const asked = useOperation(houses, filters);
  return (
    <View title={m.title} asked={asked} filters={<DayChoice />}>
      {({ campaign, houseProjects }) => (
        <>
          <section>
            <h2>{m.funnel}</h2>
            <Part
              asked={asked}
              at="campaign"
              value={campaign}
              name={m.funnel}
              none={m.unknown(filters.campaign)}
              hasParts
            >
              {({ houseFunnel }) => (
                <Part asked={asked} at="campaign.houseFunnel" value={houseFunnel} name={m.funnel}>
                  {(stages) => <Funnel stages={stages} />}
                </Part>
              )}
            </Part>
          </section>
          <Part
            asked={asked}
            at="houseProjects"
            value={houseProjects}
            name={m.overdue(format.day(filters.on))}
          >
            {(overdue) => <Overdue houses={overdue} />}
          </Part>
        </>
      )}
    </View>
  );
}

/** A day that is not written to its end is not asked for. */
function DayChoice() {
  const m = useMessages(houseMessages);
  const [{ on }, set] = useParams(houseFilters);
  return (
    <label>
      {m.on}
      <input
        type="date"
        value={on}
        onChange={(event) => event.target.value && set({ on: event.target.value, after: null }, 'replace')}
      />
    </label>
  );
}
