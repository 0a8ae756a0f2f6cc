import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { treeMessages } from './messages.ts';
import { TOP, type TreeUnit, useDay } from './place.ts';
import { TreeContext, type TreeState } from './treeContext.ts';
import { itemAt, pressKey } from './treeItems.ts';
import { UnitItem } from './UnitItem.tsx';
import { useOpening } from './useOpening.ts';

interface TreeProps {
  readonly top: TreeUnit;
  readonly levels: TreeState['levels'];
}

/** The tree of a day from its top: one item of it can be reached with Tab, the others from there with the arrow keys. */
export function Tree({ top, levels }: TreeProps) {
  const m = useMessages(treeMessages);
  const format = useFormat();
  const day = useDay();
  const tree = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(TOP);
  const activate = useOpening();
  const state = useMemo(() => ({ levels, reached }), [levels, reached]);
  // What was reached may be closed, or not be there on another day.
  useLayoutEffect(() => {
    if (!tree.current?.querySelector('[role=treeitem][tabindex="0"]')) setReached(TOP);
  });
  return (
    <TreeContext.Provider value={state}>
      <div
        ref={tree}
        role="tree"
        className="tree"
        aria-label={m.on(format.day(day))}
        onFocus={({ target }) => setReached(itemAt(target)?.dataset.code ?? TOP)}
        onClick={({ target }) => {
          const item = itemAt(target);
          if (item && !(target as Element).closest('a, button')) activate(item);
        }}
        onKeyDown={(event) => {
          const item = itemAt(event.target);
          // What stands in an item, such as a button to ask again, has keys of its own.
          if (item !== event.target) return;
          const plain = !(event.ctrlKey || event.metaKey || event.altKey);
          if (item && plain && pressKey(event.currentTarget, item, event.key)) event.preventDefault();
        }}
      >
        <UnitItem unit={top} depth={0} />
      </div>
    </TreeContext.Provider>
  );
}
