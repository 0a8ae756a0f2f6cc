import { useContext, useEffect, useRef } from 'react';
import { useMessages } from '../../language/messages.ts';
import { partMessages } from '../../parts/messages.ts';
import { useParams } from '../../url/useParams.ts';
import { type TreeUnit, treeParams } from './place.ts';
import { TreeContext } from './treeContext.ts';
import { UnitRow } from './UnitRow.tsx';

interface UnitItemProps {
  readonly unit: TreeUnit;
  /** How many units are above it. */
  readonly depth: number;
}

/** A unit of the tree: when it is open, with the units under it. */
export function UnitItem({ unit, depth }: UnitItemProps) {
  const { code } = unit;
  const [{ path, unit: marked }] = useParams(treeParams);
  const { reached } = useContext(TreeContext);
  const isOpen = unit.childCount > 0 && (depth === 0 || path[depth - 1] === code);
  const isMarked = marked === code;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: 'center' });
  }, [isMarked]);
  return (
    <div role="none">
      <div
        ref={row}
        role="treeitem"
        className="row"
        aria-labelledby={`unit-${code}`}
        aria-owns={isOpen ? `under-${code}` : undefined}
        aria-expanded={unit.childCount > 0 ? isOpen : undefined}
        aria-current={isMarked || undefined}
        tabIndex={reached === code ? 0 : -1}
        data-code={code}
        data-depth={depth}
      >
        <UnitRow id={`unit-${code}`} unit={unit} />
      </div>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields, not the items of a tree.
        <div role="group" id={`under-${code}`}>
          <Branch parent={code} depth={depth + 1} />
        </div>
      )}
    </div>
  );
}

interface BranchProps {
  readonly parent: string;
  /** How many units are above those of this branch. */
  readonly depth: number;
}

/** The units right under one, as soon as they are there. */
function Branch({ parent, depth }: BranchProps) {
  const m = useMessages(partMessages);
  const level = useContext(TreeContext).levels.get(parent);
  if (!level) {
    return (
      <div role="treeitem" tabIndex={-1} aria-busy="true">
        <span className="quiet">{m.loading}</span>
      </div>
    );
  }
  return level.units.map((unit) => <UnitItem key={unit.code} unit={unit} depth={depth} />);
}
