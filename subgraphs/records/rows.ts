import { type Reach, reachOf, type Scope } from '../../server/access/grants.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Filter } from './keyset.ts';
import { isWithin, under } from './subtree.ts';

/**
 * Rows: how far a viewer reaches in a scope (`server/access/grants.ts`, the table of DOMAIN §5.9), as a filter that is
 * pushed into MongoDB and as a question about one record. Both go by where a record stands today (HOUSE, Paths of a fact).
 */

type Asker = Pick<Viewer, 'role' | 'scopes' | 'unitPath'>;

/** How far the viewer reaches; nowhere is where a part of the tree is granted to a viewer outside of it. */
export function rowsReach(viewer: Asker, scope: Scope): Reach {
  const reach = reachOf(viewer, scope);
  return reach === 'ALL' || viewer.unitPath !== null ? reach : 'NONE';
}

/** Whether every record is open to the viewer, so that what is known of all of them may be told. */
export const seesAllRows = (viewer: Asker, scope: Scope): boolean => rowsReach(viewer, scope) === 'ALL';

/** Whether any record may be open to the viewer. */
export const seesAnyRow = (viewer: Asker, scope: Scope): boolean => rowsReach(viewer, scope) !== 'NONE';

/** Gives the filter of the records that are open to the viewer: `{}` for all. `path` is the field of the path. */
export function rowFilter(viewer: Asker, scope: Scope, path = 'scopePath'): Filter {
  const reach = rowsReach(viewer, scope);
  if (reach === 'ALL') return {};
  const { unitPath } = viewer;
  if (reach === 'NONE' || unitPath === null) return { [path]: { $in: [] } };
  return { [path]: reach === 'OWN' ? unitPath : under(unitPath) };
}

/** Whether a record that stands at the path is open to the viewer: the same rule as {@link rowFilter}. */
export function seesRow(viewer: Asker, scope: Scope, path: string): boolean {
  const reach = rowsReach(viewer, scope);
  if (reach === 'OWN') return path === viewer.unitPath;
  return reach === 'ALL' || (reach === 'SUBTREE' && isWithin(path, viewer.unitPath));
}
