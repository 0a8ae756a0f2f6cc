import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { unitLevelMessages } from '../../parts/unitLevel.ts';
import { Link } from '../../url/Link.tsx';
import { treeMessages } from './messages.ts';
import type { TreeUnit } from './place.ts';

interface UnitRowProps {
  readonly id: string;
  readonly unit: TreeUnit;
}

/** What is written of a unit in the tree, and the link to its card. */
export function UnitRow({ id, unit }: UnitRowProps) {
  const m = useMessages(treeMessages);
  const levels = useMessages(unitLevelMessages);
  const text = useText();
  const format = useFormat();
  const facts = [
    levels[unit.level],
    unit.childCount > 0 && m.under(format.number(unit.childCount)),
    unit.existsBefore && m.until(format.day(unit.existsBefore)),
  ];
  return (
    <div id={id}>
      <span className="name">{text(unit.name)}</span>{' '}
      <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>{' '}
      <Link to="unit" values={{ code: unit.code }} tabIndex={-1}>
        {m.card}
      </Link>
    </div>
  );
}
