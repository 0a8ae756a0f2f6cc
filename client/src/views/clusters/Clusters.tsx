import { clusterRanking } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import { CursorPages } from '../../parts/table/Pages.tsx';
import { View } from '../../parts/View.tsx';
import { optionalCount, optionalText } from '../../url/params.ts';
import { useParams } from '../../url/useParams.ts';
import { ClusterTable } from './ClusterTable.tsx';
import { clusterMessages } from './messages.ts';

/** What the address of this view says. */
const clusterParams = {
  /** The latest that there are clusters of when left out. */
  year: optionalCount,
  after: optionalText,
};

/** D7: how the units of each emulation cluster stand, and stood a year before. */
export function Clusters() {
  const m = useMessages(clusterMessages);
  const [{ year, after }, set] = useParams(clusterParams);
  const asked = useOperation(clusterRanking, { year, after });
  return (
    <View
      title={m.title}
      asked={asked}
      filters={<YearChoice years={asked.data?.emulationClusterYears ?? []} />}
    >
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

/** Chooses among the years that there are clusters of; another one that the address names is offered too. */
function YearChoice({ years }: { readonly years: readonly number[] }) {
  const m = useMessages(clusterMessages);
  const [{ year }, set] = useParams(clusterParams);
  const offered = year === null || years.includes(year) ? years : [year, ...years];
  return (
    <label>
      {m.year}
      <select
        value={year ?? years[0]}
        onChange={({ target }) => set({ year: Number(target.value), after: null })}
      >
        {offered.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
