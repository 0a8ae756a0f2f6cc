import type { Evaluable } from '../env.ts';
import { fail } from '../errors.ts';
import type { Matcher } from '../match/matcher.ts';

/** A projection as a tree of field names; inner nodes keep the order of the specification. */
export type ProjectionNode =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly matcher: Matcher }
  | { readonly kind: 'expression'; readonly expression: Evaluable }
  | Branch;

export interface Branch {
  readonly kind: 'branch';
  readonly children: Map<string, ProjectionNode>;
}

export const branch = (): Branch => ({ kind: 'branch', children: new Map() });

function collision(path: string, parts: readonly string[]): never {
  const rest = parts.slice(1).join('.');
  return fail(31249, 'Location31249', `Path collision at ${path} remaining portion ${rest}`);
}

/** The branch at a dotted path below another, made when it is not there. Throws 31249 or 31250 when paths collide. */
export function openBranch(root: Branch, path: string): Branch {
  let here: ProjectionNode | undefined = root;
  for (const part of path.split('.')) here = here?.kind === 'branch' ? here.children.get(part) : undefined;
  if (here?.kind === 'branch') return here;
  const made = branch();
  addNode(root, path, made);
  return made;
}

/** Puts a node at a dotted path below a branch. Throws 31249 or 31250 when paths collide. */
export function addNode(root: Branch, path: string, node: ProjectionNode): void {
  const parts = path.split('.');
  let here = root;
  for (const part of parts.slice(0, -1)) {
    const next = here.children.get(part) ?? branch();
    here.children.set(part, next);
    here = next.kind === 'branch' ? next : collision(path, parts);
  }
  const last = parts.at(-1) as string;
  if (here.children.has(last)) fail(31250, 'Location31250', `Path collision at ${path}`);
  here.children.set(last, node);
}
