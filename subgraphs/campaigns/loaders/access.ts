import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Filter } from '../../records/keyset.ts';
import { isWithin, under } from '../../records/subtree.ts';
import { publishedStatuses } from '../model/campaign.ts';

/** Who may see which campaigns and reports: DOMAIN §5.9, the table of roles. */

const seesAll = ({ role }: Viewer): boolean => role === 'MINISTRY' || role === 'ADMIN';

/** The part of the tree that the viewer's role reaches: an officer's own unit, a commander's subtree; null is none. */
function reach({ role, unitPath }: Viewer): Filter | null {
  if (unitPath === null) return null;
  if (role === 'OFFICER') return { scopePath: unitPath };
  return role === 'COMMANDER' ? { scopePath: under(unitPath) } : null;
}

/** Published campaigns are everybody's; drafts and archived ones are seen inside the owner's part of the tree. */
export function campaignScope(viewer: Viewer): Filter {
  if (seesAll(viewer)) return {};
  const published = { status: { $in: publishedStatuses } };
  const own = reach(viewer);
  return own ? { $or: [published, own] } : published;
}

/** Whether every campaign may be seen, so that what belongs to one needs no look at it. */
export const seesEveryCampaign = seesAll;

/** Whether every report may be read, so that what is counted of all of them may be told. */
export const seesEveryReport = seesAll;

/** Articles that were withdrawn are in no list; by its id one is still read inside the force, not by the public. */
export const articleScope = (viewer: Viewer): Filter =>
  seesAll(viewer) || reach(viewer) ? {} : { withdrawnOn: null };

/** The reports that a viewer may read; none for the public, partners, and viewers without a unit. */
export const reportScope = (viewer: Viewer): Filter =>
  seesAll(viewer) ? {} : (reach(viewer) ?? { scopePath: { $in: [] } });

/** Throws FORBIDDEN for viewers who may read no reports at all. */
export function checkReports(viewer: Viewer): void {
  if (seesAll(viewer) || reach(viewer)) return;
  throw new GraphError(
    'FORBIDDEN',
    'Reports can be read by officers and commanders of a unit and by the ministry.',
  );
}

/**
 * Checks that the reports under a unit may be counted for the viewer. Throws FORBIDDEN as {@link checkReports} does,
 * OUT_OF_SUBTREE for a unit outside the viewer's own. `pathOf` is asked only of those who do not see everything.
 */
export async function checkCount(viewer: Viewer, pathOf: () => Promise<string | null>): Promise<void> {
  checkReports(viewer);
  if (seesAll(viewer)) return;
  const path = await pathOf();
  if (path !== null && isWithin(path, viewer.unitPath)) return;
  throw new GraphError(
    'OUT_OF_SUBTREE',
    'The unit lies outside the part of the tree whose reports you may read.',
  );
}
