import { GraphError } from '../../../server/errors.ts';
import type { Role, Viewer } from '../../../server/viewer.ts';
import type { Filter } from '../../records/keyset.ts';
import { isWithin, under } from '../../records/subtree.ts';
import type { PersonRecipientRecord, UnitRecipientRecord } from '../model/answers.ts';
import type { StoredRecipient } from '../model/facts.ts';

/**
 * Who sees what of awards and dossiers (DOMAIN §5.9): rows of dossiers by the viewer's subtree, persons in awards
 * by the subtree, or by their consent once the award is decided.
 */

/** Roles that read dossiers and persons in their subtree. Nobody has both user administration and person rows. */
const inside: ReadonlySet<Role> = new Set(['OFFICER', 'COMMANDER', 'MINISTRY']);

const isInside = (viewer: Viewer): boolean => inside.has(viewer.role);

/** Whether the viewer may see who the persons of a unit at that path are. */
const seesPersonsAt = (viewer: Viewer, scopePath: string): boolean =>
  isInside(viewer) && isWithin(scopePath, viewer.unitPath);

/** Throws FORBIDDEN for viewers who see no dossiers at all. */
function requireDossierReader(viewer: Viewer): void {
  if (isInside(viewer)) return;
  throw new GraphError(
    'FORBIDDEN',
    'Dossiers are open to the units of the force only; ask for awards instead.',
  );
}

/** Gives the filter of the dossiers that a viewer may see. Throws FORBIDDEN like {@link requireDossierReader}. */
export function dossierScope(viewer: Viewer): Filter {
  requireDossierReader(viewer);
  return viewer.unitPath === null ? { _id: { $in: [] } } : { scopePath: under(viewer.unitPath) };
}

/** Gives a recipient as the viewer may see it; `decidedAndStanding` lets the consent count. */
export function seenRecipient(
  viewer: Viewer,
  { recipient, scopePath }: { readonly recipient: StoredRecipient; readonly scopePath: string },
  decidedAndStanding: boolean,
): UnitRecipientRecord | PersonRecipientRecord {
  const { unitId, nameAtDecision } = recipient;
  if (recipient.kind === 'COLLECTIVE') return { __typename: 'UnitRecipient', unitId, nameAtDecision };
  const named = seesPersonsAt(viewer, scopePath) || (decidedAndStanding && recipient.consented);
  return {
    __typename: 'PersonRecipient',
    unitId,
    unitNameAtDecision: nameAtDecision,
    ref: named ? recipient.ref : null,
    displayName: named ? recipient.displayName : null,
    rank: named ? recipient.rank : null,
  };
}
