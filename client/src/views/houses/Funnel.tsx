import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Bars } from '../../parts/Bars.tsx';
import type { Stages } from './Houses.tsx';
import { houseMessages } from './messages.ts';

/** The houses by stage in the order of the work, with what they cost and how many of them were overdue. */
export function Funnel({ stages }: { readonly stages: Stages }) {
  const m = useMessages(houseMessages);
  const format = useFormat();
  const standing = stages.filter(({ status }) => status !== 'CANCELLED');
  const sum = (value: (stage: Stages[number]) => number) =>
    standing.reduce((total, stage) => total + value(stage), 0);
  return (
    <>
      <p>{m.all(format.number(sum(({ houses }) => houses)), format.money(sum(({ cost }) => cost)))}</p>
      <Bars
        label={m.funnel}
        bars={stages.map(({ status, houses, overdue, cost }) => ({
          key: status,
          name: m.statuses[status],
          value: houses,
          note: m.note(format.money(cost), overdue > 0 ? format.number(overdue) : ''),
        }))}
      />
    </>
  );
}
