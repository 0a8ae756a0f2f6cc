import { useContext, useEffect, useRef } from 'react';
import { unitTree } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useParams } from '../../url/useParams.ts';
import { levelOf, type TreeUnit, treeParams, useDay } from './place.ts';
import { More, Waiting } from './Rest.tsx';
import { TreeContext } from './treeContext.ts';
import { UnitRow } from './UnitRow.tsx';

interface UnitItemProps {
  readonly unit: TreeUnit;
  /** How many units are above it. */
  readonly depth: number;
}

/** A unit of the tree: when it is open, with the units under it. */
export function UnitItem({ unit, depth }: UnitItemProps) {
  const { code } = unit.unit;
  const [{ path, unit: marked }] = useParams(treeParams);
  const reached = useContext(TreeContext);
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
  readonly page?: number;
  readonly after?: string | null;
  /** How many units stand on the pages before, the parent among them. */
  readonly before?: number;
}

/** The units right under one, asked when it is opened, page after page as far as the address says. */
function Branch({ parent, depth, page = 1, after = null, before = 0 }: BranchProps) {
  const asked = useOperation(unitTree, levelOf(parent, useDay(), after));
  const wanted = useWanted(parent, depth);
  const level = asked.data?.now;
  if (!level) return <Waiting asked={asked} />;
  const { nodes, pageInfo, totalCount } = level;
  const shown = before + nodes.length;
  const next = { parent, depth, page: page + 1, after: pageInfo.endCursor, before: shown };
  return (
    <>
      {nodes.filter(isUnder(parent)).map((unit) => (
        <UnitItem key={unit.unit.code} unit={unit} depth={depth} />
      ))}
      {pageInfo.hasNextPage &&
        (wanted(page, nodes) ? (
          <Branch {...next} />
        ) : (
          <More parent={parent} depth={depth} pages={page + 1} count={(totalCount ?? shown) - shown} />
        ))}
    </>
  );
}

const isUnder =
  (parent: string) =>
  ({ unit }: TreeUnit): boolean =>
    unit.code !== parent;

/** Gives whether the page after one is to be shown: the address asks for it, or a unit that it names was not on this one. */
function useWanted(parent: string, depth: number) {
  const [{ path, pages, unit }] = useParams(treeParams);
  const isLast = depth - 1 === path.length;
  const named = isLast ? unit : path[depth - 1];
  return (page: number, nodes: readonly TreeUnit[]): boolean =>
    (isLast && page < pages) ||
    Boolean(named && named !== parent && !nodes.some(({ unit: { code } }) => code === named));
}
