import { clusterRanking } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import { CursorPages } from '../../parts/table/Pages.tsx';
import { View } from '../../parts/View.tsx';
import { count, optionalText } from '../../url/params.ts';
import { useParams } from '../../url/useParams.ts';
import { ClusterTable } from './ClusterTable.tsx';
import { clusterMessages } from './messages.ts';

/** What the address of this view says. */
const clusterParams = { year: count(2022), after: optionalText };

/** D7: how the units of each emulation cluster stand, and stood a year before. */
export function Clusters() {
  const m = useMessages(clusterMessages);
  const [{ year, after }, set] = useParams(clusterParams);
  const asked = useOperation(clusterRanking, { year, after });
  return (
    <View title={m.title} asked={asked} filters={<YearChoice />}>
      {({ emulationClusters }) => (
        <Part asked={asked} at="emulationClusters" value={emulationClusters} name={m.title}>
          {({ nodes, pageInfo }) => (
            <>
              <p className="quiet">{nodes.length > 0 ? m.ties : m.none(year)}</p>
              <div className="sides">
                {nodes.map((cluster) => (
                  <ClusterTable key={cluster.code} cluster={cluster} />
                ))}
              </div>
              <CursorPages after={after} pageInfo={pageInfo} goAfter={(cursor) => set({ after: cursor })} />
            </>
          )}
        </Part>
      )}
    </View>
  );
}

/** Years that clusters were ranked in; another one that the address names is offered too. */
const years = [2021, 2022];

function YearChoice() {
  const m = useMessages(clusterMessages);
  const [{ year }, set] = useParams(clusterParams);
  const offered = years.includes(year) ? years : [year, ...years];
  return (
    <label>
      {m.year}
      <select value={year} onChange={({ target }) => set({ year: Number(target.value), after: null })}>
        {offered.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
