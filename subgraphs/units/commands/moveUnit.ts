import { z } from 'zod';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import { parentsOf } from '../rules/levels.ts';
import { lastVersion } from '../rules/timeline.ts';
import { carryOut, type Drawn } from './carryOut.ts';
import { checkDay, checkEnds, checkFollow, checkLevel, invalid } from './checks.ts';
import { treeInput, unitAtVersion } from './inputs.ts';
import { checkChanges, checkNeeded, takeUnits } from './namedUnits.ts';
import { type Life, readBelow } from './readLives.ts';
import { renew } from './renew.ts';
import { depthOf, placeUnder, TreeDraft } from './treeDraft.ts';

const input = z.object({ ...treeInput, unit: unitAtVersion, parent: unitAtVersion });

/**
 * Lets a unit stand under another parent; all that live below it follow. It keeps its code inside its province; in another
 * one the next generation goes on in its stead.
 */
export const moveUnit: Command<Models, z.infer<typeof input>, TreeResult> = {
  name: 'moveUnit',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, asked) => {
    const { effectiveOn: on } = asked;
    const [life, parent] = await takeUnits(tx, [
      { at: asked.unit, path: ['input', 'unit'] },
      { at: asked.parent, path: ['input', 'parent'] },
    ]);
    const last = lastVersion(life.versions);
    const leaves = lastVersion(parent.versions).provinceCode !== last.provinceCode;
    const below = await readBelow(tx, last.path, last.depth, on);
    checkDay(tx, on);
    checkTarget(tx, life, parent, on);
    if (leaves) await checkEnds(tx, life, on, ['input', 'unit']);
    else checkChanges(tx, life, on, ['input', 'unit']);
    checkFollow(tx, below, on, ['input', 'unit']);
    tx.faults.check();
    const draft = new TreeDraft(on);
    draft.name(parent);
    if (!leaves) return carryOut(tx, draw(draft, life, parent, below), asked);
    const renewal = {
      life,
      below,
      place: placeUnder(parent.versions),
      shortName: life.unit.shortName,
      part: {},
    };
    return carryOut(tx, await renew(tx, draft, 'MOVE', renewal), asked);
  },
};

function checkTarget(tx: Tx<Models>, { unit, versions }: Life, parent: Life, on: string): void {
  const { path, parentId } = lastVersion(versions);
  const at = ['input', 'parent', 'code'];
  const { code, level } = parent.unit;
  if (lastVersion(parent.versions).path.startsWith(path)) {
    tx.faults.add('UNIT_CYCLE', { path: at, params: { code: unit.code, other: code } });
  } else if (parentId === parent.unit._id) {
    invalid(tx, at, { vi: 'Đơn vị đã đứng dưới đơn vị này.', en: 'The unit stands under this one already.' });
  }
  checkLevel(tx, { code, level }, parentsOf[unit.level], at);
  checkNeeded(tx, parent, on, { path: at, by: unit.code });
}

function draw(draft: TreeDraft, life: Life, parent: Life, below: readonly Life[]): Drawn {
  const { unit, versions } = life;
  const place = placeUnder(parent.versions);
  const path = `${place.path}${unit.code}/`;
  draft.change(life, 'MOVED', { ...place, path, depth: depthOf(path) });
  const from = lastVersion(versions).path;
  draft.regraft(below, { from, parentId: unit._id }, { ...place, parentId: unit._id, path });
  return { draft, unitId: unit._id, happenings: [{ kind: 'MOVE', units: [unit] }] };
}
