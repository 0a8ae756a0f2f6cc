import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../../parts/Figure.tsx';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { useTargetColumns } from './columns.tsx';
import { targetMessages } from './messages.ts';
import { type Indicator, statuses, targetParams } from './place.ts';

/** The targets of one indicator: how many are met, and each as its unit published it. */
export function Board({ indicator }: { readonly indicator: Indicator }) {
  const m = useMessages(targetMessages);
  const text = useText();
  const format = useFormat();
  const [{ status }] = useParams(targetParams);
  const columns = useTargetColumns(indicator);
  const { nodes, totalCount, pageInfo } = indicator.targets;
  const count = (wanted: string) => nodes.filter((target) => target.status === wanted).length;
  return (
    <section>
      <h2>
        {text(indicator.name)} <span className="quiet">{indicator.code}</span>
      </h2>
      <dl className="figures">
        {statuses.map((each) => (
          <Figure key={each} name={m.statuses[each]} value={format.number(count(each))} />
        ))}
      </dl>
      {pageInfo.hasNextPage && totalCount !== null && (
        <p>{m.shown(format.number(nodes.length), format.number(totalCount))}</p>
      )}
      <Table
        id={indicator.code}
        caption={m.all}
        columns={columns}
        rows={status ? nodes.filter((target) => target.status === status) : nodes}
        rowKey={({ unit, period }) => `${unit?.code} ${period}`}
      />
    </section>
  );
}
