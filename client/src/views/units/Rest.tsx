import { useContext } from 'react';
import type { Asked } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Missing } from '../../parts/Missing.tsx';
import { partMessages } from '../../parts/messages.ts';
import { treeMessages } from './messages.ts';
import { TreeContext } from './treeContext.ts';

interface MoreProps {
  /** The unit that they are under, and how many units are above them. */
  readonly parent: string;
  readonly depth: number;
  /** How many pages are shown when it is chosen. */
  readonly pages: number;
  /** How many units are left. */
  readonly count: number;
}

/** Stands for the units that are not shown yet. */
export function More({ parent, depth, pages, count }: MoreProps) {
  const m = useMessages(treeMessages);
  const format = useFormat();
  const code = `${parent}-more`;
  const reached = useContext(TreeContext);
  return (
    <div
      role="treeitem"
      className="row more"
      tabIndex={reached === code ? 0 : -1}
      data-code={code}
      data-depth={depth}
      data-pages={pages}
    >
      {m.more(format.number(count))}
    </div>
  );
}

/** Stands for units that are not there: they are being asked, or cannot be shown. */
export function Waiting({ asked: { data, faults, again } }: { readonly asked: Asked<unknown> }) {
  const m = useMessages(partMessages);
  return (
    <div role="treeitem" tabIndex={-1} aria-busy={data === undefined}>
      {data === undefined ? (
        <span className="quiet">{m.loading}</span>
      ) : (
        <Missing faults={faults} again={again} />
      )}
    </div>
  );
}
