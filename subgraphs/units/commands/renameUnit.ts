import { z } from 'zod';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import { partsOf } from '../rules/levels.ts';
import { lastVersion } from '../rules/timeline.ts';
import { isSameName, shortNameOf } from '../rules/unitName.ts';
import { carryOut } from './carryOut.ts';
import { checkDay, checkEnds, checkFollow, invalid } from './checks.ts';
import { optionalPlace, shortName, treeInput, unitAtVersion, unitName } from './inputs.ts';
import { checkChanges, takeUnits } from './namedUnits.ts';
import { type Life, readBelow } from './readLives.ts';
import { renew } from './renew.ts';
import { TreeDraft } from './treeDraft.ts';

const input = z.object({
  ...treeInput,
  unit: unitAtVersion,
  name: unitName,
  shortName,
  place: optionalPlace,
});
type Input = z.infer<typeof input>;

/**
 * Gives a unit another name. It keeps its code while only marks or the word for its kind change; else it ends, and the next
 * generation of its code goes on in its stead, with everything that stands below.
 */
export const renameUnit: Command<Models, Input, TreeResult> = {
  name: 'renameUnit',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx, asked) => {
    const { effectiveOn: on } = asked;
    const path = ['input', 'unit'];
    const [life] = await takeUnits(tx, [{ at: asked.unit, path }]);
    const last = lastVersion(life.versions);
    checkDay(tx, on);
    if (last.name.vi === asked.name.vi && (last.name.en ?? null) === asked.name.en) {
      invalid(tx, ['input', 'name'], {
        vi: 'Đơn vị đã mang tên này.',
        en: 'The unit bears this name already.',
      });
    }
    const draft = new TreeDraft(on);
    const part = partOf(asked);
    const short = shortNameFor(life, asked);
    if (isSameName(last.name.vi, asked.name.vi) || partsOf(life.unit.code) === null) {
      checkChanges(tx, life, on, path);
      tx.faults.check();
      draft.change(life, 'RENAMED', { ...part, shortName: short });
      const happenings = [{ kind: 'RENAME' as const, units: [life.unit] }];
      return carryOut(tx, { draft, happenings, unitId: life.unit._id }, asked);
    }
    const below = await readBelow(tx, last.path, last.depth, on);
    await checkEnds(tx, life, on, path);
    checkFollow(tx, below, on, path);
    tx.faults.check();
    const { parentId, provinceCode, regionCode } = last;
    const place = { parentId, path: above(last.path, life.unit.code), provinceCode, regionCode };
    return carryOut(
      tx,
      await renew(tx, draft, 'RENAME', { life, below, place, shortName: short, part }),
      asked,
    );
  },
};

const above = (path: string, code: string): string => path.slice(0, path.length - code.length - 1);

const partOf = ({ name, place }: Input) => ({
  name,
  ...(place ? { adminCode: place.adminCode, adminListDate: place.listDate } : {}),
});

/** A short name that was taken from the name follows it; one that was given stays. */
function shortNameFor({ unit, versions }: Life, { shortName: given, name }: Input): string {
  const wasTaken = unit.shortName === shortNameOf(lastVersion(versions).name.vi);
  return given ?? (wasTaken ? shortNameOf(name.vi) : unit.shortName);
}
