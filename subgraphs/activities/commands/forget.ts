import { advance } from '../../records/command/machine.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { CatalogueRow } from '../model/catalogue.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { beneficiaryMachine, stateOf } from '../rules/beneficiaryMachine.ts';
import { beneficiaries } from './aggregates.ts';
import { type OnBeneficiary, onBeneficiaryInput } from './deliveryInputs.ts';

type Forgetting = Command<Models, OnBeneficiary, { readonly id: string; readonly activityId: string }>;

/**
 * Records that a household took its consent back. What stood on it goes: the name, the number's hash and tail, the group
 * where it is sensitive. The row stays, and every count with it.
 */
export const withdrawConsent: Forgetting = {
  name: 'withdrawConsent',
  input: onBeneficiaryInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const row = await takeRow(tx, input);
    advance(tx.faults, beneficiaryMachine, 'withdrawConsent', stateOf(row));
    return forget(tx, row, { consent: 'WITHDRAWN' });
  },
};

/** Takes out of a row all that names the household, whatever it consented to. The row stays, and every count with it. */
export const eraseBeneficiary: Forgetting = {
  name: 'eraseBeneficiary',
  input: onBeneficiaryInput,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const row = await takeRow(tx, input);
    advance(tx.faults, beneficiaryMachine, 'eraseBeneficiary', stateOf(row));
    return forget(tx, row, { erasedAt: tx.now });
  },
};

/** Reads the row of a household, at the version that the client has seen, for its own unit. Throws OUT_OF_SUBTREE. */
async function takeRow(tx: Tx<Models>, { id, expectedVersion }: OnBeneficiary): Promise<DeliveryRow> {
  const { activityId } = await tx.get(beneficiaries, id);
  const activity = await tx.models.activities
    .findOne({ _id: activityId }, { scopePath: 1 }, tx.options)
    .lean<Pick<ActivityRow, 'scopePath'>>();
  return tx.take(beneficiaries, { id, expectedVersion }, () =>
    requireOwnUnit(tx.viewer, activity?.scopePath ?? ''),
  );
}

async function forget(
  tx: Tx<Models>,
  row: DeliveryRow,
  change: Partial<Pick<DeliveryRow, 'consent' | 'erasedAt'>>,
): Promise<{ readonly id: string; readonly activityId: string }> {
  const sensitive = await isSensitive(tx, row.group);
  await forgetNumber(tx, row);
  await tx.update(beneficiaries, row, {
    ...change,
    displayName: null,
    idTail: null,
    idHash: null,
    group: sensitive ? null : row.group,
  });
  return { id: row._id, activityId: row.activityId };
}

async function isSensitive(tx: Tx<Models>, group: string | null): Promise<boolean> {
  if (group === null) return false;
  const entry = await tx.models.catalogue
    .findOne({ _id: `GROUP:${group}` }, { sensitive: 1 }, tx.options)
    .lean<Pick<CatalogueRow, 'sensitive'>>();
  return entry?.sensitive ?? true;
}

/** The campaign knows the household for as long as another row carries its hash. */
async function forgetNumber(tx: Tx<Models>, { _id, idHash }: DeliveryRow): Promise<void> {
  if (!idHash) return;
  const { knownHouseholds } = tx.models;
  await knownHouseholds.updateOne({ _id: idHash, house: _id }, { $set: { house: null } }, tx.options);
  await knownHouseholds.updateOne({ _id: idHash }, { $inc: { helped: -1 } }, tx.options);
  await knownHouseholds.deleteOne({ _id: idHash, helped: { $lte: 0 } }, tx.options);
}
