import type { MergerOf2025Query } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { Link } from '../../url/Link.tsx';
import { mergerMessages } from './messages.ts';

type LinkedUnit = NonNullable<MergerOf2025Query['unit']>;
type UnitLink = LinkedUnit['predecessors'][number] | LinkedUnit['successors'][number];

/** The units that one was formed from, and those that took it over. */
export function Links({ unit }: { readonly unit: LinkedUnit }) {
  const m = useMessages(mergerMessages);
  const text = useText();
  const format = useFormat();
  const columns = useColumns();
  const { predecessors, successors, existsFrom, existsBefore } = unit;
  const links: readonly UnitLink[] = [...predecessors, ...successors];
  const name = text(unit.name);
  return (
    <section>
      <h2>{m.originOf(name)}</h2>
      <p>
        <Link to="unit" values={{ code: unit.code }}>
          {name}
        </Link>
        {': '}
        {existsBefore
          ? m.existsUntil(format.day(existsFrom), format.day(existsBefore))
          : m.existsFrom(format.day(existsFrom))}
      </p>
      <p>
        <Link to="merger" values={{ code: unit.code, under: unit.code }}>
          {m.compareUnder}
        </Link>
      </p>
      {links.length === 0 ? (
        <p>{m.noLink}</p>
      ) : (
        <Table id="links" caption={m.links} columns={columns} rows={links} rowKey={keyOf} />
      )}
    </section>
  );
}

/** The unit at the other end of a link. */
const otherOf = (link: UnitLink) => ('from' in link ? link.from : link.to);

const keyOf = (link: UnitLink): string => `${'from' in link} ${otherOf(link).code}`;

/** The day on which one unit took over from the other. */
const sinceOf = (link: UnitLink): string | null =>
  'from' in link ? link.from.existsBefore : link.to.existsFrom;

function useColumns(): Column<UnitLink>[] {
  const m = useMessages(mergerMessages);
  const text = useText();
  const format = useFormat();
  return [
    { key: 'side', header: m.side, value: (link) => ('from' in link ? m.sides.before : m.sides.after) },
    {
      key: 'unit',
      header: m.unit,
      value: (link) => text(otherOf(link).name),
      draw: (link) => (
        <Link to="merger" values={{ code: otherOf(link).code }}>
          {text(otherOf(link).name)}
        </Link>
      ),
    },
    {
      key: 'since',
      header: m.since,
      value: sinceOf,
      draw: (link) => format.day(sinceOf(link) ?? ''),
    },
    { key: 'share', header: m.share, value: ({ share }) => m.shares[share] },
    { key: 'primary', header: m.primary, value: ({ primary }) => (primary ? m.yes : m.no) },
  ];
}
