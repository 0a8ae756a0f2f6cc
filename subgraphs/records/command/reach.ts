import { GraphError } from '../../../server/errors.ts';
import type { Role, Viewer } from '../../../server/viewer.ts';
import { isWithin } from '../subtree.ts';

/** Who may write at all and where (DOMAIN §5.9): the role first, then the place in the tree of units. */

/** Throws FORBIDDEN unless the viewer has one of the roles. */
export function requireRole(viewer: Viewer, ...roles: readonly Role[]): void {
  if (roles.includes(viewer.role)) return;
  throw new GraphError('FORBIDDEN', `This takes the role ${roles.join(' or ')}; you are ${viewer.role}.`, {
    params: { roles, role: viewer.role },
  });
}

/** Throws OUT_OF_SUBTREE unless the path is the viewer's own unit. */
export function requireOwnUnit(viewer: Viewer, scopePath: string): void {
  if (viewer.unitPath === scopePath) return;
  throw outOfSubtree('This is written by the unit itself; it is not yours.');
}

/** Throws OUT_OF_SUBTREE unless the path is the viewer's own unit or lies under it. */
export function requireSubtree(viewer: Viewer, scopePath: string): void {
  if (isWithin(scopePath, viewer.unitPath)) return;
  throw outOfSubtree('The unit lies outside your part of the unit tree.');
}

/** Officers write for their own unit; commanders reach everything under it. Throws OUT_OF_SUBTREE. */
export function requireReach(viewer: Viewer, scopePath: string): void {
  if (viewer.role === 'OFFICER') requireOwnUnit(viewer, scopePath);
  else requireSubtree(viewer, scopePath);
}

const outOfSubtree = (message: string): GraphError => new GraphError('OUT_OF_SUBTREE', message);
