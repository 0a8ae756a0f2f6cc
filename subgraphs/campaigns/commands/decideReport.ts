import { z } from 'zod';
import { onExisting, reason } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import { checkReason } from '../../records/command/reason.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { isHandedIn } from '../model/report.ts';
import { reportMachine } from '../rules/reportMachine.ts';
import { reports } from './reportAggregates.ts';
import { requireAbove } from './requireAbove.ts';

const accepting = z.object(onExisting);

/** Accepts a report; for commanders of a unit above. */
export const acceptReport: Command<Models, z.infer<typeof accepting>, { id: string }> = {
  name: 'acceptReport',
  input: accepting,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await tx.take(reports, input, ({ scopePath }) => requireAbove(tx.viewer, scopePath));
    const status = advance(tx.faults, reportMachine, 'acceptReport', row.status);
    await tx.update(reports, row, { status, handedIn: isHandedIn(status) });
    return { id: row._id };
  },
};

const sending = z.object({ ...onExisting, reason });

/** Sends a report back before it is accepted. Refuses with RETURN_REASON_TOO_SHORT. */
export const returnReport: Command<Models, z.infer<typeof sending>, { id: string }> = {
  name: 'returnReport',
  input: sending,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: (tx, input) => sendBack(tx, input, 'returnReport'),
};

/** Opens an accepted report again, for its unit to mend. Refuses with RETURN_REASON_TOO_SHORT. */
export const reopenReport: Command<Models, z.infer<typeof sending>, { id: string }> = {
  name: 'reopenReport',
  input: sending,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: (tx, input) => sendBack(tx, input, 'reopenReport'),
};

async function sendBack(
  tx: Tx<Models>,
  input: z.infer<typeof sending>,
  step: 'returnReport' | 'reopenReport',
): Promise<{ id: string }> {
  const row = await tx.take(reports, input, ({ scopePath }) => requireAbove(tx.viewer, scopePath));
  const status = advance(tx.faults, reportMachine, step, row.status);
  checkReason(tx.faults, input.reason);
  tx.faults.check();
  tx.because(input.reason);
  await tx.update(reports, row, { status, handedIn: isHandedIn(status), returnReason: input.reason });
  return { id: row._id };
}
