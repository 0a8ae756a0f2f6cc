import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Suppressed } from '../../parts/Figure.tsx';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import { useParams } from '../../url/useParams.ts';
import { classesOf, classOf, type ValueClass } from './classes.ts';
import { everyone, supportFilters } from './filters.ts';
import { type Layout, layoutFor, type Place } from './layout.ts';
import { supportMessages } from './messages.ts';
import { codeOf, type Measured, measured, type ProvinceRow } from './provinces.ts';
import { writeShortWith } from './write.ts';

interface TileMapProps {
  readonly rows: readonly ProvinceRow[];
  readonly label: string;
}

/** The provinces as tiles about where they lie, each with its number; choosing one chooses whose trend is shown. */
export function TileMap({ rows, label }: TileMapProps) {
  const m = useMessages(supportMessages);
  const [{ metric, compareWith }] = useParams(supportFilters);
  const layout = layoutFor(rows.map(codeOf));
  const all = rows.map((row) => ({ row, measure: measured(row.values, metric, compareWith !== null) }));
  const classes = classesOf(
    all.flatMap(({ measure: { value } }) => (typeof value === 'number' ? value : [])),
  );
  return (
    <>
      <ul className="tile-map" aria-label={label}>
        {northFirst(all, layout).map(({ row, measure }) => (
          <li key={codeOf(row)} style={positionOf(layout, codeOf(row))}>
            <Tile row={row} measure={measure} classes={classes} />
          </li>
        ))}
        {Object.entries(m.islands).map(([code, name]) => (
          <li key={code} className="islands" style={positionOf(layout, code)}>
            {name}
          </li>
        ))}
      </ul>
      <Legend classes={classes} />
    </>
  );
}

/** A province that the layout does not know stands below all others. */
function positionOf(layout: Layout, code: string) {
  const last = Math.max(...[...layout.values()].map(({ row }) => row));
  const { row, column, columns }: Place = layout.get(code) ?? { row: last + 1, column: 1, columns: 1 };
  return { gridRow: row, gridColumn: layout.has(code) ? `${column} / span ${columns}` : 'auto' };
}

function northFirst<Each extends { readonly row: ProvinceRow }>(
  all: readonly Each[],
  layout: Layout,
): Each[] {
  const order = [...layout.keys()];
  return all.toSorted((a, b) => order.indexOf(codeOf(a.row)) - order.indexOf(codeOf(b.row)));
}

interface TileProps {
  readonly row: ProvinceRow;
  readonly measure: Measured;
  readonly classes: readonly ValueClass[];
}

function Tile({ row, measure, classes }: TileProps) {
  const text = useText();
  const [{ under }, set] = useParams(supportFilters);
  const key = row.keys[0];
  const { value } = measure;
  const shade = typeof value === 'number' ? classOf(classes, value) : undefined;
  const content = (
    <TileContent
      name={key?.unit?.shortName ?? (key?.label && text(key.label)) ?? codeOf(row)}
      unit={key?.unit ? text(key.unit.name) : null}
      measure={measure}
    />
  );
  // Without a unit there is no trend of its own: the ministry and its departments, or while units cannot be read.
  const unit = key?.unit;
  if (!unit)
    return (
      <div className="tile" data-shade={shade}>
        {content}
      </div>
    );
  const chosen = under === unit.code;
  return (
    <button
      type="button"
      className="tile"
      data-shade={shade}
      title={text(unit.name)}
      aria-pressed={chosen}
      onClick={() => set({ under: chosen ? everyone : unit.code })}
    >
      {content}
    </button>
  );
}

interface TileContentProps {
  /** What fits on a tile: the name of the province, which is Vietnamese in either language. */
  readonly name: string;
  /** The whole name of the unit in the language of the page; null where there is none. */
  readonly unit: string | null;
  readonly measure: Measured;
}

function TileContent({ name, unit, measure }: TileContentProps) {
  const format = useFormat();
  const [{ metric }] = useParams(supportFilters);
  const short = writeShortWith(format, metric);
  const { value, change } = measure;
  return (
    <>
      <span className="name" lang={unit ? 'vi' : undefined}>
        {name}
      </span>{' '}
      <strong>{value === SUPPRESSED ? <Suppressed /> : value !== null && short(value)}</strong>
      {change !== null && <span className="change"> {format.change(change)}</span>}
      {unit && <span className="hidden"> ({unit})</span>}
    </>
  );
}

function Legend({ classes }: { readonly classes: readonly ValueClass[] }) {
  const m = useMessages(supportMessages);
  const format = useFormat();
  const [{ metric }] = useParams(supportFilters);
  const short = writeShortWith(format, metric);
  return (
    <ul className="legend" aria-label={m.legend}>
      <li data-shade={0}>{m.none}</li>
      {classes.map(({ from, to }, index) => (
        <li key={from} data-shade={index + 1}>
          {from === to ? short(from) : `${short(from)} – ${short(to)}`}
        </li>
      ))}
      {metric === 'AMOUNT' && <li>{m.millions}</li>}
    </ul>
  );
}
