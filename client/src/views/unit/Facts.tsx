import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { dayBefore } from '../../parts/days.ts';
import { FactList } from '../../parts/FactList.tsx';
import { unitLevelMessages } from '../../parts/unitLevel.ts';
import { Link } from '../../url/Link.tsx';
import { treePlace } from '../../url/treePlace.ts';
import { cardMessages } from './messages.ts';
import type { CardUnit } from './UnitCard.tsx';

/** What a unit is, and the ways to its place in the tree and to the units it came from. */
export function Facts({ unit }: { readonly unit: CardUnit }) {
  const m = useMessages(cardMessages);
  const levels = useMessages(unitLevelMessages);
  const format = useFormat();
  const { code, level, ancestors, existsFrom, existsBefore, childCount } = unit;
  const facts = [
    [m.code, code],
    [m.level, levels[level]],
    [m.from, format.day(existsFrom)],
    [m.until, existsBefore && format.day(existsBefore)],
    [m.under, format.number(childCount)],
  ] as const;
  const path = ancestors.slice(1).map((each) => each.code);
  return (
    <>
      <FactList facts={facts} />
      <ul className="ways">
        <li>
          {/* On the last day of a unit the tree still has it. */}
          <Link to="units" values={treePlace(existsBefore && dayBefore(existsBefore), path, code)}>
            {m.inTree}
          </Link>
        </li>
        <li>
          <Link to="targets" values={{ under: code }}>
            {m.targets}
          </Link>
        </li>
        <li>
          <Link to="merger" values={{ code }}>
            {m.origin}
          </Link>
        </li>
      </ul>
    </>
  );
}
