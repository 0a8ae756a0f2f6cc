import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { clusterMessages } from './messages.ts';

/** How a unit moved in its cluster within a year: said in words, with a sign and a colour besides. */
export function Change({ places }: { readonly places: number | null }) {
  const m = useMessages(clusterMessages);
  const format = useFormat();
  if (places === null) return <span className="quiet">{m.fresh}</span>;
  if (places === 0) return <span className="quiet">{m.same}</span>;
  const [sign, name, text] = places > 0 ? ['▲', 'up', m.up] : ['▼', 'down', m.down];
  return (
    <span className={`change ${name}`}>
      <span aria-hidden="true">{sign}</span> {text(format.number(Math.abs(places)))}
    </span>
  );
}
