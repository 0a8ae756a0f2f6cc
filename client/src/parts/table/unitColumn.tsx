import type { Localized } from '../../language/language.ts';
import { Link } from '../../url/Link.tsx';
import type { Column } from './columns.ts';

interface OfUnit {
  /** Null where the part of the graph that knows units is missing. */
  readonly unit: { readonly code: string; readonly name: Localized } | null;
}

/** Gives the column of the units that rows are of, each with the way to its card. */
export const unitColumn = <Row extends OfUnit>(
  header: string,
  text: (localized: Localized) => string,
): Column<Row> => ({
  key: 'unit',
  header,
  value: ({ unit }) => unit && text(unit.name),
  draw: ({ unit }) =>
    unit && (
      <Link to="unit" values={{ code: unit.code }}>
        {text(unit.name)}
      </Link>
    ),
});
