import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Filter } from '../../records/keyset.ts';
import { rowFilter, seesAllRows, seesAnyRow, seesRow } from '../../records/rows.ts';
import { isWithin } from '../../records/subtree.ts';
import { hiddenStatuses, publishedStatuses } from '../model/campaign.ts';

/** Who may see which campaigns and reports: the rows of `drafts:read` and `reports:read` (server/access/grants.ts). */

/** Published campaigns are everybody's; drafts and archived ones are seen by those in whose rows they stand. */
export function campaignScope(viewer: Viewer): Filter {
  if (seesEveryCampaign(viewer)) return {};
  const published = { status: { $in: publishedStatuses } };
  return seesAnyRow(viewer, 'drafts:read')
    ? { $or: [published, rowFilter(viewer, 'drafts:read')] }
    : published;
}

/** Gives the filter of the campaigns that the viewer may not see; null where there is none. */
export const hiddenCampaigns = (viewer: Viewer): Filter | null =>
  seesEveryCampaign(viewer)
    ? null
    : { status: { $in: hiddenStatuses }, $nor: [rowFilter(viewer, 'drafts:read')] };

/** Whether every campaign may be seen, so that what belongs to one needs no look at it. */
export const seesEveryCampaign = (viewer: Viewer): boolean => seesAllRows(viewer, 'drafts:read');

/** Whether every report may be read, so that what is counted of all of them may be told. */
export const seesEveryReport = (viewer: Viewer): boolean => seesAllRows(viewer, 'reports:read');

/** Articles that were withdrawn are in no list; by its id one is still read by those who read drafts, not by the public. */
export const articleScope = (viewer: Viewer): Filter =>
  seesAnyRow(viewer, 'drafts:read') ? {} : { withdrawnOn: null };

/** The reports that a viewer may read; none for the public, partners, and viewers without a unit. */
export const reportScope = (viewer: Viewer): Filter => rowFilter(viewer, 'reports:read');

/** Throws FORBIDDEN for viewers who may read no reports at all. */
export function checkReports(viewer: Viewer): void {
  if (seesAnyRow(viewer, 'reports:read')) return;
  throw new GraphError(
    'FORBIDDEN',
    'Reports can be read by officers and commanders of a unit and by the ministry.',
  );
}

/**
 * Checks that the reports under a unit may be counted for the viewer: counts are told of the viewer's own unit and all
 * under it, also to officers, who read the rows of their own unit only. Throws FORBIDDEN as {@link checkReports} does,
 * OUT_OF_SUBTREE for a unit outside. `pathOf` is asked only of those who do not see everything.
 */
export async function checkCount(viewer: Viewer, pathOf: () => Promise<string | null>): Promise<void> {
  checkReports(viewer);
  if (seesEveryReport(viewer)) return;
  const path = await pathOf();
  if (path === null || !isWithin(path, viewer.unitPath)) throw outside();
}

/** Checks that what a unit at the path wrote may be read by the viewer. Throws as {@link checkCount} does. */
export async function checkRow(viewer: Viewer, pathOf: () => Promise<string>): Promise<void> {
  checkReports(viewer);
  if (seesEveryReport(viewer)) return;
  if (!seesRow(viewer, 'reports:read', await pathOf())) throw outside();
}

const outside = (): GraphError =>
  new GraphError('OUT_OF_SUBTREE', 'The unit lies outside the part of the tree whose reports you may read.');
