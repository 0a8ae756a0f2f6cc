import { z } from 'zod';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import { carryOut } from './carryOut.ts';
import { checkDay, checkDistinct, checkLevel } from './checks.ts';
import { newUnit, treeInput, unitsAtVersion } from './inputs.ts';
import { checkChanges, takeUnits } from './namedUnits.ts';
import { beginningOf } from './newUnit.ts';
import { TreeDraft } from './treeDraft.ts';

const input = z.object({ ...treeInput, from: unitsAtVersion, unit: newUnit });

/** Forms a new unit out of parts of others of its level, which live on; what they reported stays theirs. */
export const splitUnit: Command<Models, z.infer<typeof input>, TreeResult> = {
  name: 'splitUnit',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { from, unit: asked, effectiveOn: on, ...carrying }) => {
    const path = ['input', 'unit'];
    const [parent, ...sources] = await takeUnits(tx, [
      { at: asked.parent, path: [...path, 'parent'] },
      ...from.map((at, index) => ({ at, path: ['input', 'from', index] })),
    ]);
    checkDay(tx, on);
    checkDistinct(tx, from, ['input', 'from']);
    for (const [index, source] of sources.entries()) {
      checkChanges(tx, source, on, ['input', 'from', index]);
      checkLevel(tx, source.unit, [asked.level], ['input', 'from', index]);
    }
    const { unit, shape } = await beginningOf(tx, asked, parent, { on, path });
    tx.faults.check();
    const draft = new TreeDraft(on);
    draft.name(parent, ...sources);
    draft.open(unit, shape);
    const successions = sources.map((source) => ({
      from: source.unit,
      to: unit,
      share: 'PARTIAL' as const,
      ends: false,
    }));
    const units = [unit, ...sources.map((source) => source.unit)];
    return carryOut(
      tx,
      { draft, happenings: [{ kind: 'SPLIT', units, successions }], unitId: unit._id },
      carrying,
    );
  },
};
