import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Filter } from '../../records/keyset.ts';
import { rowFilter, seesAllRows, seesAnyRow } from '../../records/rows.ts';

/**
 * Which activities and houses a viewer may read one by one: the rows of `activities:read` (server/access/grants.ts).
 * What is counted of them is everybody's (DOMAIN §5.9).
 */

/** Gives the filter of the activities and houses that the viewer may read; `{}` for all. */
export const activityScope = (viewer: Viewer): Filter => rowFilter(viewer, 'activities:read');

/** Whether every activity may be read, so that what is counted of all of them may be told as the length of a list. */
export const seesEveryActivity = (viewer: Viewer): boolean => seesAllRows(viewer, 'activities:read');

/** Throws FORBIDDEN for viewers who may read no single activity at all. */
export function checkActivities(viewer: Viewer): void {
  if (seesAnyRow(viewer, 'activities:read')) return;
  throw new GraphError(
    'FORBIDDEN',
    'Single activities and houses are read by officers and commanders of a unit and by the ministry; ask supportRollup or supportExport for their counts.',
  );
}
