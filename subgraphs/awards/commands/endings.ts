import { z } from 'zod';
import { onExisting, optional, reason, text } from '../../records/command/inputs.ts';
import { checkReason } from '../../records/command/reason.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { mayTake } from './checks.ts';
import { takeStep } from './step.ts';

/** The ways out of the straight way: sent back, refused, taken back. */

const input = z.object({ ...onExisting, reason });
type Ending = Command<Models, z.infer<typeof input>, { readonly id: string }>;

/** Sends a dossier back to its proposer. The vote and the notice were about what is to be mended, and are undone. */
export const returnDossier: Ending = {
  name: 'returnDossier',
  input,
  may: mayTake('RETURN'),
  run: async (tx, given) => {
    const { after } = await takeStep(tx, given, {
      action: 'RETURN',
      reason: given.reason,
      change: () => {
        checkReason(tx.faults, given.reason);
        return { vote: null, notice: null };
      },
    });
    return { id: after._id };
  },
};

/** Refuses a dossier for good; the vote that it rests on stays. */
export const rejectDossier: Ending = {
  name: 'rejectDossier',
  input,
  may: mayTake('REJECT'),
  run: async (tx, given) => {
    const { after } = await takeStep(tx, given, {
      action: 'REJECT',
      reason: given.reason,
      change: () => {
        checkReason(tx.faults, given.reason);
        return {};
      },
    });
    return { id: after._id };
  },
};

const withdrawInput = z.object({ ...onExisting, reason: optional(text(2_000)) });

/** Takes a dossier back, by the unit that proposed it. */
export const withdrawDossier: Command<Models, z.infer<typeof withdrawInput>, { readonly id: string }> = {
  name: 'withdrawDossier',
  input: withdrawInput,
  may: mayTake('WITHDRAW'),
  run: async (tx, given) => {
    const { after } = await takeStep(tx, given, { action: 'WITHDRAW', reason: given.reason });
    return { id: after._id };
  },
};
