import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Filter } from '../../records/keyset.ts';
import { rowFilter, rowsReach, seesAnyRow, seesRow } from '../../records/rows.ts';
import type { PersonRecipientRecord, UnitRecipientRecord } from '../model/answers.ts';
import type { StoredRecipient } from '../model/facts.ts';

/**
 * Who sees what of awards and dossiers (DOMAIN §5.9): dossiers by the rows of `dossiers:read`, persons by those of
 * `honoured:read`, or by their consent once the award is decided.
 */

/** Throws FORBIDDEN for viewers who see no dossiers at all. */
function requireDossierReader(viewer: Viewer): void {
  if (seesAnyRow(viewer, 'dossiers:read')) return;
  throw new GraphError(
    'FORBIDDEN',
    'Dossiers are open to the units of the force only; ask for awards instead.',
  );
}

/**
 * Gives the filter of the dossiers that a viewer may see: those about the viewer's rows, and those that a unit of them
 * puts forward, for a unit may propose what lies under it. Throws FORBIDDEN like {@link requireDossierReader}.
 */
export function dossierScope(viewer: Viewer): Filter {
  requireDossierReader(viewer);
  if (rowsReach(viewer, 'dossiers:read') !== 'OWN') return rowFilter(viewer, 'dossiers:read');
  return {
    $or: [rowFilter(viewer, 'dossiers:read'), rowFilter(viewer, 'dossiers:read', 'proposerPath')],
  };
}

/** Gives the place by which the viewer sees a dossier: its own, or that of the unit that puts it forward. */
export const placeSeen = (
  viewer: Viewer,
  { scopePath, proposerPath }: { readonly scopePath: string; readonly proposerPath: string },
): string => (seesRow(viewer, 'dossiers:read', scopePath) ? scopePath : proposerPath);

/** Gives a recipient as the viewer may see it; `decidedAndStanding` lets the consent count. */
export function seenRecipient(
  viewer: Viewer,
  { recipient, scopePath }: { readonly recipient: StoredRecipient; readonly scopePath: string },
  decidedAndStanding: boolean,
): UnitRecipientRecord | PersonRecipientRecord {
  const { unitId, nameAtDecision } = recipient;
  if (recipient.kind === 'COLLECTIVE') return { __typename: 'UnitRecipient', unitId, nameAtDecision };
  const named = seesRow(viewer, 'honoured:read', scopePath) || (decidedAndStanding && recipient.consented);
  return {
    __typename: 'PersonRecipient',
    unitId,
    unitNameAtDecision: nameAtDecision,
    ref: named ? recipient.ref : null,
    displayName: named ? recipient.displayName : null,
    rank: named ? recipient.rank : null,
  };
}
