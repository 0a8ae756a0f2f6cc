import { z } from 'zod';
import { day, onExisting } from '../../records/command/inputs.ts';
import { requireRole, requireSubtree } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { askedAbout } from '../rules/machine.ts';
import { dossiers } from './aggregates.ts';
import { checkDay } from './checks.ts';
import { refuseState } from './step.ts';

const input = z.object({ ...onExisting, checkedOn: day, clear: z.boolean() });

/**
 * Records the personnel office's answer: whether discipline stands in the way (rule UNDER_DISCIPLINE). Only that it does
 * or does not is ever kept, never why.
 */
export const recordConduct: Command<Models, z.infer<typeof input>, { readonly id: string }> = {
  name: 'recordConduct',
  input,
  may: (viewer) => requireRole(viewer, 'COMMANDER', 'MINISTRY'),
  run: async (tx, { checkedOn, clear, ...given }) => {
    const row = await tx.take(dossiers, given, ({ proposerPath }) => requireSubtree(tx.viewer, proposerPath));
    refuseState(tx.faults, 'recordConduct', row.state, askedAbout);
    checkDay(tx.faults, ['input', 'checkedOn'], checkedOn, { earliest: null, latest: tx.today });
    tx.faults.check();
    await tx.update(dossiers, row, { conduct: { checkedOn, clear } });
    return { id: row._id };
  },
};
