import { pathsOf, type UnitCopyRow } from '../../copies/units.ts';
import { pathsTo } from '../../records/subtree.ts';

/**
 * How the tree as it was reported is read for another day's: by the largest subtrees whose facts all stand in one row on
 * that day, of which the cells above hold the sums already; and by single units where subtrees were taken apart.
 */
export interface Cover<Key> {
  /** The keys of whole subtrees, by their paths as reported. */
  readonly subtrees: ReadonlyMap<string, Key>;
  /** The units whose own facts are read alone, at these paths only: elsewhere a subtree holds them. */
  readonly units: ReadonlySet<string>;
  readonly apart: ReadonlySet<string>;
}

interface Node<Key> {
  readonly children: Set<string>;
  readonly units: Map<string, Key>;
  /** The key of all facts at or below; `mixed` when there are several. */
  key: Key;
  mixed: boolean;
}

/**
 * Finds the cover of all units by `keyOf`, which gives the row of a unit's facts (null: in no row that is asked for). Keys
 * are compared by identity: a row must have one. A unit counts at every path that it ever had, for a fact may have been
 * reported at any of them.
 */
export function coverOf<Key>(
  units: Iterable<UnitCopyRow>,
  keyOf: (unit: UnitCopyRow) => Key | null,
): Cover<Key> {
  const nodes = new Map<string, Node<Key | null>>();
  const roots = new Set<string>();
  for (const unit of units) {
    const key = keyOf(unit);
    for (const path of pathsOf(unit)) roots.add(addPath(nodes, path, unit._id, key));
  }
  const subtrees = new Map<string, Key>();
  const alone = new Set<string>();
  const apart = new Set<string>();
  const visit = (path: string): void => {
    const node = nodes.get(path);
    if (!node) return;
    if (!node.mixed) {
      if (node.key !== null) subtrees.set(path, node.key);
      return;
    }
    for (const [unit, key] of node.units) {
      if (key === null) continue;
      alone.add(unit);
      apart.add(path);
    }
    for (const child of node.children) visit(child);
  };
  for (const root of roots) visit(root);
  return { subtrees, units: alone, apart };
}

/** Notes a unit's key along its path, and gives the path's root. */
function addPath<Key>(nodes: Map<string, Node<Key>>, path: string, unit: string, key: Key): string {
  const line = pathsTo(path);
  line.forEach((at, index) => {
    const node = nodes.get(at) ?? { children: new Set(), units: new Map(), key, mixed: false };
    nodes.set(at, node);
    if (node.key !== key) node.mixed = true;
    const below = line[index + 1];
    if (below === undefined) node.units.set(unit, key);
    else node.children.add(below);
  });
  return line[0] ?? path;
}
