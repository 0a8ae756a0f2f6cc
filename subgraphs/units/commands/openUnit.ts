import { z } from 'zod';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import { carryOut } from './carryOut.ts';
import { checkDay } from './checks.ts';
import { newUnit, treeInput } from './inputs.ts';
import { takeUnits } from './namedUnits.ts';
import { beginningOf } from './newUnit.ts';
import { TreeDraft } from './treeDraft.ts';

const input = z.object({ ...treeInput, unit: newUnit });

/** Opens a unit under a parent that lives on that day and after it. */
export const openUnit: Command<Models, z.infer<typeof input>, TreeResult> = {
  name: 'openUnit',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, { unit: asked, effectiveOn: on, ...carrying }) => {
    const path = ['input', 'unit'];
    const [parent] = await takeUnits(tx, [{ at: asked.parent, path: [...path, 'parent'] }]);
    checkDay(tx, on);
    const { unit, shape } = await beginningOf(tx, asked, parent, { on, path });
    tx.faults.check();
    const draft = new TreeDraft(on);
    draft.name(parent);
    draft.open(unit, shape);
    const happenings = [{ kind: 'OPEN' as const, units: [unit] }];
    return carryOut(tx, { draft, happenings, unitId: unit._id }, carrying);
  },
};
