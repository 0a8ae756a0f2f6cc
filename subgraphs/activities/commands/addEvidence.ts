import { z } from 'zod';
import { day, onExisting, optional, text } from '../../records/command/inputs.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { evidenceProblems, MAX_EVIDENCE } from '../rules/evidence.ts';
import { evidenceStatuses } from '../rules/machines.ts';
import { activities } from './aggregates.ts';

const evidence = z.object({
  number: optional(text(100)),
  date: optional(day),
  title: optional(text(1_000)),
  url: optional(z.url({ protocol: /^https?$/u }).max(2_000)),
  sha256: z.string().regex(/^[\da-f]{64}$/u),
});

const addEvidenceInput = z.object({ ...onExisting, evidence: z.array(evidence).min(1).max(MAX_EVIDENCE) });

/** Adds evidence by reference and check sum; all pieces or none. */
export const addEvidence: Command<Models, z.infer<typeof addEvidenceInput>, { readonly id: string }> = {
  name: 'addEvidence',
  input: addEvidenceInput,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, { evidence: added, ...which }) => {
    const activity = await tx.take(activities, which, ({ scopePath }) =>
      requireOwnUnit(tx.viewer, scopePath),
    );
    if (!evidenceStatuses.includes(activity.status)) {
      const params = {
        action: 'addEvidence',
        state: activity.status,
        allowed: evidenceStatuses.join(', '),
      };
      tx.faults.refuse('INVALID_STATE', { params });
    }
    for (const problem of evidenceProblems(activity.evidence, added, tx.today)) tx.faults.add(...problem);
    tx.faults.check();
    await tx.update(activities, activity, { evidence: [...activity.evidence, ...added] });
    return { id: activity._id };
  },
};
