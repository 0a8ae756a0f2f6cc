import { fail } from '../errors.ts';
import type { UpdatePath } from './path.ts';

/** The paths of one update as a tree; two that cannot both be applied are refused with 40. */
interface Node {
  kind: 'leaf' | 'fields' | 'array';
  readonly children: Map<string, Node>;
}

const node = (kind: Node['kind']): Node => ({ kind, children: new Map() });

/** The form of the node that must stand before the part at `i`. */
function kindBefore(path: UpdatePath, i: number): Node['kind'] {
  const part = path.parts[i];
  if (part === undefined) return 'leaf';
  return part.kind === 'filtered' ? 'array' : 'fields';
}

export class PathTree {
  readonly #root = node('fields');

  /** Takes a path in; throws 40 when it meets another one. */
  add(path: UpdatePath): void {
    let here = this.#root;
    for (let i = 0; i < path.parts.length; i++) {
      const { name } = path.parts[i] as { name: string };
      const kind = kindBefore(path, i + 1);
      const child = here.children.get(name);
      if (child !== undefined && (kind === 'leaf' || child.kind !== kind)) conflict(path, i + 1);
      const next = child ?? node(kind);
      here.children.set(name, next);
      here = next;
    }
  }
}

function conflict(path: UpdatePath, length: number): never {
  const at = path.parts.slice(0, length).map((part) => part.name);
  return fail(
    40,
    'ConflictingUpdateOperators',
    `Updating the path '${path.text}' would create a conflict at '${at.join('.')}'`,
  );
}
