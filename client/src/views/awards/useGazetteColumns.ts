import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import type { GazetteRow } from './Gazette.tsx';
import { awardMessages } from './messages.ts';

/** Gives the columns of the gazette. A person whose name the asker may not read is said to be one. */
export function useGazetteColumns(): Column<GazetteRow>[] {
  const m = useMessages(awardMessages);
  const text = useText();
  const { day } = useFormat();
  const recipient = ({ recipient: to }: GazetteRow) => {
    if ('nameAtDecision' in to) return to.nameAtDecision;
    return [to.displayName ?? m.unnamed, to.unitNameAtDecision].filter(Boolean).join(', ');
  };
  return [
    { key: 'form', header: m.form, value: ({ form }) => text(form.name) },
    { key: 'recipient', header: m.recipient, value: recipient },
    { key: 'decision', header: m.decision, value: ({ decision }) => decision?.number ?? null },
    {
      key: 'decidedOn',
      header: m.decidedOn,
      value: ({ decision }) => decision?.date ?? null,
      draw: ({ decision }) => decision?.date && day(decision.date),
    },
    { key: 'issuer', header: m.issuer, value: ({ decision }) => decision?.issuer ?? null },
    { key: 'status', header: m.state, value: ({ status }) => m.statuses[status] },
    {
      key: 'conferredOn',
      header: m.conferredOn,
      value: ({ conferredOn }) => conferredOn,
      draw: ({ conferredOn }) => conferredOn && day(conferredOn),
    },
  ];
}
