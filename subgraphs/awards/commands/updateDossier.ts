import { z } from 'zod';
import { onExisting } from '../../records/command/inputs.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { brokenRules } from '../rules/actions.ts';
import { pendingKeyOf } from '../rules/keys.ts';
import { always, editable } from '../rules/machine.ts';
import { dossiers } from './aggregates.ts';
import { addInvalid, addObstacles } from './checks.ts';
import { draftOf } from './drafting.ts';
import { readGround } from './ground.ts';
import { content } from './inputs.ts';
import { factsOf } from './law.ts';
import { refuseState } from './step.ts';

const input = z.object({ ...onExisting, content });
const path = ['input', 'content'];

/**
 * Writes a draft, or a returned dossier, anew. One that was received keeps the day and the law it is judged by. Another
 * recipient makes the personnel office's answer void.
 */
export const updateDossier: Command<Models, z.infer<typeof input>, { readonly id: string }> = {
  name: 'updateDossier',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, given) => {
    const { faults, viewer } = tx;
    const row = await tx.take(dossiers, given, ({ proposerPath }) => requireOwnUnit(viewer, proposerPath));
    refuseState(faults, 'updateDossier', row.state, editable);
    const asked = given.content.judgedOn ?? row.judgedOn;
    if (row.receivedOn !== null && asked !== row.judgedOn) {
      addInvalid(
        faults,
        [...path, 'judgedOn'],
        `Hồ sơ đã được tiếp nhận; vẫn xét theo ngày ${row.judgedOn}.`,
        `The dossier was received; it stays judged by ${row.judgedOn}.`,
      );
    }
    const ground = await readGround(tx, [given.content]);
    const draft = draftOf(tx, ground, given.content, { day: asked, path });
    faults.check();
    if (!draft) throw new Error('A draft without a fault and without a content.');
    const conduct = draft.recipientKey === row.recipientKey ? row.conduct : null;
    const change = { ...draft, conduct, authors: [...new Set([...(row.authors ?? []), viewer.subject])] };
    const next = { ...row, ...change };
    addObstacles(faults, brokenRules(always, next, await factsOf(tx, ground.law, next)), path);
    faults.check();
    await tx.update(dossiers, row, { ...change, pendingKey: pendingKeyOf(next) });
    return { id: row._id };
  },
};
