import type { Tx } from '../../records/command/transaction.ts';
import type { UnitEventKind } from '../model/event.ts';
import type { Models } from '../model/models.ts';
import { nextGeneration, partsOf } from '../rules/levels.ts';
import { lastVersion, type Shape } from '../rules/timeline.ts';
import type { Drawn } from './carryOut.ts';
import { blankUnit, generationsOf } from './newUnit.ts';
import type { Life } from './readLives.ts';
import { depthOf, type Place, type TreeDraft } from './treeDraft.ts';

/** A unit that is to go on under a new code. */
export interface Renewal {
  readonly life: Life;
  /** All units below it. */
  readonly below: readonly Life[];
  /** The unit that the new one stands under. */
  readonly place: Place;
  readonly shortName: string;
  /** What else is new. */
  readonly part: Partial<Pick<Shape, 'name' | 'adminCode' | 'adminListDate'>>;
}

/**
 * Closes a unit and opens the next generation of its code in its stead, linked FULL and primary; what stands below comes to
 * stand below the new one (HOUSE, Decisions, Names).
 */
export async function renew(
  tx: Tx<Models>,
  draft: TreeDraft,
  kind: UnitEventKind,
  { life, below, place, shortName, part }: Renewal,
): Promise<Drawn> {
  const { unit } = life;
  const base = partsOf(unit.code)?.base ?? unit.code;
  const known = await generationsOf(tx, base);
  const code = `${base}.${nextGeneration(known.map((each) => each.code))}`;
  const last = lastVersion(life.versions);
  const { name, adminCode, adminListDate } = { ...last, ...part };
  const path = `${place.path}${code}/`;
  const next = {
    ...blankUnit({ code, level: unit.level, shortName, adminCode: adminCode ?? unit.adminCode }, tx.now),
    synthetic: unit.synthetic,
  };
  draft.open(next, { ...place, name, adminCode, adminListDate, path, depth: depthOf(path) });
  draft.close(life);
  draft.regraft(below, { from: last.path, parentId: unit._id }, { ...place, parentId: next._id, path });
  const children = below.filter(({ versions }) => lastVersion(versions).parentId === unit._id);
  return {
    draft,
    unitId: next._id,
    happenings: [
      {
        kind,
        units: [next, unit],
        successions: [{ from: unit, to: next, share: 'FULL', ends: true }],
      },
      { kind: 'MOVE', units: children.map((child) => child.unit) },
    ],
  };
}
