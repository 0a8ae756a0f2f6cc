import type { ClusterRankingQuery } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { unitColumn } from '../../parts/table/unitColumn.tsx';
import { Link } from '../../url/Link.tsx';
import { Change } from './Change.tsx';
import { clusterMessages } from './messages.ts';

type Cluster = NonNullable<ClusterRankingQuery['emulationClusters']>['nodes'][number];
type Place = Cluster['ranking']['nodes'][number];

/** The ranking of one cluster. */
export function ClusterTable({ cluster }: { readonly cluster: Cluster }) {
  const m = useMessages(clusterMessages);
  const text = useText();
  const columns = useColumns();
  const { code, name, leader, ranking } = cluster;
  return (
    <section>
      <h2>{text(name)}</h2>
      {leader && (
        <p>
          {m.leader}:{' '}
          <Link to="unit" values={{ code: leader.code }}>
            {text(leader.name)}
          </Link>
        </p>
      )}
      <Table
        id={code}
        caption={m.ranking(text(name))}
        columns={columns}
        rows={ranking.nodes}
        rowKey={(place) => place.unit?.code ?? JSON.stringify(place)}
      />
    </section>
  );
}

/** By how many places a unit stands better than a year before; null where it was not ranked. */
const changeOf = ({ rank, previousRank }: Place): number | null =>
  previousRank === null ? null : previousRank - rank;

function useColumns(): Column<Place>[] {
  const m = useMessages(clusterMessages);
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'rank',
      header: m.rank,
      value: ({ rank }) => rank,
      draw: ({ rank, tied }) => (
        <>
          {tied && <span className="quiet">{m.tied} </span>}
          {format.number(rank)}
        </>
      ),
    },
    unitColumn(m.unit, text),
    { key: 'score', header: m.score, value: ({ score }) => score },
    { key: 'before', header: m.before, value: ({ previousRank }) => previousRank },
    {
      key: 'change',
      header: m.change,
      value: changeOf,
      draw: (place) => <Change places={changeOf(place)} />,
    },
  ];
}
