import { useMemo } from 'react';
import { type UnitTreeQuery, unitTree } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { DayChoice } from '../../parts/DayChoice.tsx';
import { Part } from '../../parts/Part.tsx';
import { SearchField } from '../../parts/search/SearchField.tsx';
import { SearchHits, type UnitHit } from '../../parts/search/SearchHits.tsx';
import { canSearch } from '../../parts/search/searched.ts';
import { View } from '../../parts/View.tsx';
import { treePlace } from '../../url/treePlace.ts';
import { useParams } from '../../url/useParams.ts';
import { Crumbs } from './Crumbs.tsx';
import { treeMessages } from './messages.ts';
import { codesAbove, openIn, TOP, treeParams, useDay } from './place.ts';
import { Tree } from './Tree.tsx';

type Levels = NonNullable<UnitTreeQuery['now']>;

/** D2: the unit tree on a day, all that is open by one question; and D11, which finds a unit in it by its name. */
export function UnitTree() {
  const m = useMessages(treeMessages);
  const day = useDay();
  const [{ on, path }, set] = useParams(treeParams);
  const asked = useOperation(unitTree, { open: openIn(path), now: day, both: false });
  const filters = (
    <>
      <SearchField />
      <DayChoice day={on} days={daysIn(asked.data?.now ?? [])} choose={(chosen) => set({ on: chosen })} />
    </>
  );
  return (
    <View title={m.title} asked={asked} filters={filters}>
      {({ now }) => (
        <Part asked={asked} at="now" value={now} name={m.title}>
          {(levels) => <Content levels={levels} loading={asked.loading} />}
        </Part>
      )}
    </View>
  );
}

/** The days on which units of these levels began or ended. */
const daysIn = (levels: Levels): string[] =>
  levels
    .flatMap((level) => (level ? [level.parent, ...level.units] : []))
    .flatMap(({ existsFrom, existsBefore }) => [existsFrom, ...(existsBefore ? [existsBefore] : [])]);

interface ContentProps {
  readonly levels: Levels;
  readonly loading: boolean;
}

function Content({ levels, loading }: ContentProps) {
  const m = useMessages(treeMessages);
  const format = useFormat();
  const day = useDay();
  const [{ on, text }] = useParams(treeParams);
  const byCode = useMemo(
    () => new Map(levels.flatMap((level) => (level ? [[level.parent.code, level]] : []))),
    [levels],
  );
  if (canSearch(text)) {
    return <SearchHits on={day} linkTo={(hit) => ({ to: 'units', values: placeOfHit(on, hit) })} />;
  }
  const top = byCode.get(TOP)?.parent;
  if (!top) return <p>{m.none(format.day(day))}</p>;
  return (
    <>
      <Crumbs levels={byCode} loading={loading} />
      <Tree key={day} top={top} levels={byCode} />
      <p className="quiet keys">{m.keys}</p>
    </>
  );
}

/** The place of a unit that was found: everything above it is open. */
const placeOfHit = (on: string | null, { unit, onDate }: UnitHit) =>
  treePlace(on, onDate ? codesAbove(onDate.path) : [], unit.code);
