import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import { requireSubtree } from '../../records/command/reach.ts';

/** Throws OUT_OF_SUBTREE unless the path lies under the viewer's unit: nobody decides on a report of the own unit. */
export function requireAbove(viewer: Viewer, scopePath: string): void {
  requireSubtree(viewer, scopePath);
  if (scopePath === viewer.unitPath)
    throw new GraphError('OUT_OF_SUBTREE', 'This is decided by a unit above; the report is of your own.');
}
