import { z } from 'zod';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import { parentsOf } from '../rules/levels.ts';
import { lastVersion } from '../rules/timeline.ts';
import { carryOut } from './carryOut.ts';
import { checkDay, checkDistinct, checkEnds, checkLevel, invalid } from './checks.ts';
import { childrenMove, childrenOf, type Ending, endingOf } from './children.ts';
import { children, treeInput, unitAtVersion } from './inputs.ts';
import { checkNeeded, takeUnits } from './namedUnits.ts';
import type { Life } from './readLives.ts';
import { placeUnder, TreeDraft } from './treeDraft.ts';

const successor = z.object({ ...unitAtVersion.shape, share: z.enum(['FULL', 'PARTIAL']) });
const input = z.object({
  ...treeInput,
  unit: unitAtVersion,
  successors: z.array(successor).max(20),
  noSuccessor: z.boolean(),
  children,
});
type Input = z.infer<typeof input>;

/**
 * Ends a unit. Who takes it over is named, or it is said that nobody does and why; a FULL successor is the only one, and takes
 * the units below too when they are to move.
 */
export const closeUnit: Command<Models, Input, TreeResult> = {
  name: 'closeUnit',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, asked) => {
    const { effectiveOn: on, successors } = asked;
    const path = ['input', 'unit'];
    const [life, ...heirs] = await takeUnits(tx, [
      { at: asked.unit, path },
      ...successors.map((at, index) => ({ at, path: ['input', 'successors', index] })),
    ]);
    const { unit } = life;
    const full = heirs[successors.findIndex(({ share }) => share === 'FULL')];
    checkDay(tx, on);
    checkSuccessors(tx, asked);
    if (unit.level === 'MINISTRY') checkLevel(tx, unit, [], path);
    await checkEnds(tx, life, on, path);
    for (const [index, heir] of heirs.entries()) checkHeir(tx, life, heir, on, index);
    const move = asked.children === 'MOVE' && full !== undefined;
    const ending = await endingOf(tx, life, on, { move, path });
    if (move) checkChildren(tx, ending, full);
    tx.faults.check();
    const draft = new TreeDraft(on);
    draft.name(...heirs);
    draft.close(life);
    const from = lastVersion(life.versions).path;
    if (move) draft.regraft(ending.below, { from, parentId: unit._id }, placeUnder(full.versions));
    const successions = heirs.map((heir, index) => ({
      from: unit,
      to: heir.unit,
      share: successors[index]?.share ?? 'PARTIAL',
      ends: true,
    }));
    const happenings = [{ kind: 'CLOSE' as const, units: [unit], successions }, ...childrenMove([ending])];
    return carryOut(tx, { draft, happenings, unitId: unit._id }, asked);
  },
};

/** Notes SUCCESSOR_REQUIRED, and answers that contradict themselves. */
function checkSuccessors(tx: Tx<Models>, { unit, successors, noSuccessor, note }: Input): void {
  const path = ['input', 'successors'];
  checkDistinct(tx, successors, path);
  if (successors.length === 0 && !(noSuccessor && note))
    tx.faults.add('SUCCESSOR_REQUIRED', { path, params: { code: unit.code } });
  if (successors.length > 0 && noSuccessor) {
    invalid(tx, ['input', 'noSuccessor'], {
      vi: 'Đã nêu đơn vị kế tục thì noSuccessor phải là false.',
      en: 'Where successors are named, noSuccessor is false.',
    });
  }
  if (successors.length > 1 && successors.some(({ share }) => share === 'FULL')) {
    invalid(tx, path, {
      vi: 'Đơn vị kế tục toàn bộ (FULL) phải là đơn vị kế tục duy nhất.',
      en: 'A FULL successor takes everything: it is the only one.',
    });
  }
}

function checkHeir(tx: Tx<Models>, { unit }: Life, heir: Life, on: string, index: number): void {
  const path = ['input', 'successors', index, 'code'];
  if (heir.unit._id !== unit._id) checkNeeded(tx, heir, on, { path, by: unit.code });
  else tx.faults.add('UNIT_CYCLE', { path, params: { code: unit.code, other: heir.unit.code } });
}

/** Notes a successor that stands below the unit itself, and children that cannot stand under it. */
function checkChildren(tx: Tx<Models>, ending: Ending, to: Life): void {
  const { unit, versions } = ending.life;
  const path = ['input', 'children'];
  const isBelow = lastVersion(to.versions).path.startsWith(lastVersion(versions).path);
  if (isBelow && to.unit._id !== unit._id)
    tx.faults.add('UNIT_CYCLE', { path, params: { code: unit.code, other: to.unit.code } });
  for (const child of childrenOf(ending)) {
    if (!parentsOf[child.unit.level].includes(to.unit.level))
      checkLevel(tx, to.unit, parentsOf[child.unit.level], path);
  }
}
