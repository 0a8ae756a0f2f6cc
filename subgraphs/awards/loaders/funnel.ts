import type { Viewer } from '../../../server/viewer.ts';
import { pathsOf } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { rowsReach } from '../../records/rows.ts';
import { pathsTo } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardFunnelRowRecord } from '../model/answers.ts';
import { dossierStates } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import { medianOf } from '../rules/median.ts';
import { dossierScope } from '../rules/visibility.ts';
import { readCodes } from './filterCodes.ts';
import type { FilterReads } from './filters.ts';
import { cellsOfFunnels } from './funnelCells.ts';
import { type FunnelGroup, rowsOfFunnels } from './funnelRows.ts';

interface FunnelArgs {
  readonly under?: string | null | undefined;
}

/**
 * Makes the read of a campaign's funnel for one request: the dossiers that the viewer may see, counted; from the cube, and
 * from the dossiers themselves until it is built, and for whoever sees no whole part of the tree.
 */
export function funnelReads(
  scope: RequestScope<Models>,
  { copies, catalogue, today }: FilterReads,
  openCube: () => Promise<ReadableCube | null>,
): (args: FunnelArgs, campaignId: string) => Promise<readonly AwardFunnelRowRecord[]> {
  const seenFrom = topSeen(scope.viewer);
  const read = async (ids: readonly string[], { under }: FunnelArgs) => {
    const seen = dossierScope(scope.viewer);
    const asked = under ? { under: { codes: [under], hierarchy: null } } : {};
    const [codes, cube] = await Promise.all([readCodes(asked, copies, today), openCube()]);
    if (!cube || seenFrom === null) {
      const place = asked.under ? codes.under(asked.under) : {};
      return rowsOfFunnels(scope, ids, { $and: [seen, place] });
    }
    const unit = under ? (await copies.unitsByCode([under])).get(under) : null;
    return cellsOfFunnels(scope, cube, { ids, seenFrom, paths: unit ? pathsOf(unit) : null });
  };
  return perArguments((args: FunnelArgs) => async (ids) => {
    const found = await read(ids, args);
    const codes = new Set([...found.values()].flat().map(({ form }) => form));
    const forms = await Promise.all([...codes].map((code) => catalogue.formOrNull(code)));
    const order = new Map(forms.flatMap((form) => (form ? [[form._id, form.order] as const] : [])));
    return ids.map((id) => rowsOf(found.get(id) ?? [], order));
  });
}

/** The path at and under which the viewer sees every dossier: the cube counts by those. Null where there is none. */
function topSeen(viewer: Viewer): string | null {
  const { unitPath } = viewer;
  const reach = rowsReach(viewer, 'dossiers:read');
  if (unitPath === null || (reach !== 'ALL' && reach !== 'SUBTREE')) return null;
  return reach === 'ALL' ? (pathsTo(unitPath)[0] ?? null) : unitPath;
}

const rowsOf = (groups: readonly FunnelGroup[], order: ReadonlyMap<string, number>): AwardFunnelRowRecord[] =>
  groups
    .map(({ days, ...group }) => ({ ...group, medianDays: medianOf(days) }))
    .sort(
      (a, b) =>
        (order.get(a.form) ?? 0) - (order.get(b.form) ?? 0) ||
        dossierStates.indexOf(a.state) - dossierStates.indexOf(b.state),
    );
