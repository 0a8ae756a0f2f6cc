import { targetBoard } from '../../graph/operations.generated.ts';
import { useReading } from '../../graph/useReading.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../../parts/Figure.tsx';
import { EXPORT_PAGE } from '../../parts/table/everyRow.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { useTargetColumns } from './columns.tsx';
import { targetMessages } from './messages.ts';
import { type Indicator, targetParams } from './place.ts';

/** The targets of one indicator: how many are met, and each as its unit published it. */
export function Board({ indicator }: { readonly indicator: Indicator }) {
  const m = useMessages(targetMessages);
  const text = useText();
  const format = useFormat();
  const [{ campaign, under, period, status: only, after }, set] = useParams(targetParams);
  const ask = useReading(targetBoard);
  const read = async (from: string | null) => {
    const which = { under, period: period ? { code: period } : null, status: only };
    const found = await ask({
      campaign,
      indicator: indicator.code,
      ...which,
      first: EXPORT_PAGE,
      after: from,
    });
    return found?.campaign?.indicators[0]?.targets;
  };
  const columns = useTargetColumns(indicator);
  const { nodes, totalCount, pageInfo } = indicator.targets;
  const isPaged = pageInfo.hasNextPage || after !== null;
  return (
    <section>
      <h2>
        {text(indicator.name)} <span className="quiet">{indicator.code}</span>
      </h2>
      <dl className="figures">
        {indicator.targetCounts.map(({ status, targets }) => (
          <Figure key={status} name={m.statuses[status]} value={format.number(targets)} />
        ))}
      </dl>
      {isPaged && totalCount !== null && (
        <p>{m.shown(format.number(nodes.length), format.number(totalCount))}</p>
      )}
      <Table
        id={indicator.code}
        caption={m.all}
        columns={columns}
        rows={nodes}
        rowKey={({ unit, period }) => `${unit?.code} ${period}`}
        list={{
          after,
          pageInfo,
          goAfter: (cursor) => set({ indicator: indicator.code, after: cursor }),
          read,
        }}
      />
    </section>
  );
}
