import { z } from 'zod';
import { MIN_REASON, onExisting, optional, reason, text } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { mayTake } from './checks.ts';
import { takeStep } from './step.ts';

/** The ways out of the straight way: sent back, refused, taken back. */

const input = z.object({ ...onExisting, reason });
type Ending = Command<Models, z.infer<typeof input>, { readonly id: string }>;

/** Who waits for an answer is told what is wrong in a sentence, not in a word (DOMAIN §2.4). */
function checkReason({ faults }: Tx<Models>, given: string): void {
  if (given.length >= MIN_REASON) return;
  faults.add('RETURN_REASON_TOO_SHORT', {
    path: ['input', 'reason'],
    params: { least: MIN_REASON, length: given.length },
  });
}

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
        checkReason(tx, given.reason);
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
        checkReason(tx, given.reason);
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
