import type { UnitPlanRowRecord } from '../model/plan.ts';
import type { UnitRecord } from '../model/unit.ts';
import { begun, changedFrom, endedOn, lastVersion, type Shape, type Versions } from '../rules/timeline.ts';
import type { Life } from './readLives.ts';

export type TreeChange = UnitPlanRowRecord['change'];

/** A unit as a command leaves it. */
export interface Drafted {
  readonly unit: UnitRecord;
  /** What it was before; nothing for a unit that the command opens. */
  readonly before: Versions;
  readonly after: Versions;
  /** Null for a unit that was only named: it is written all the same, so that whoever changes it meanwhile is noticed. */
  readonly change: TreeChange | null;
  /** Whether it only goes with a unit above it, and is audited with it. */
  readonly follows: boolean;
}

/** Where units come to stand: the unit above them, and what they take from it. */
export type Place = Pick<Shape, 'parentId' | 'path' | 'provinceCode' | 'regionCode'>;

/** The tree while a command changes it, from one day on. Checks come before: what is drawn is taken as allowed. */
export class TreeDraft {
  readonly on: string;
  readonly #drafted = new Map<string, Drafted>();

  constructor(on: string) {
    this.on = on;
  }

  get drafted(): readonly Drafted[] {
    return [...this.#drafted.values()];
  }

  /** Notes units that stay as they are, but that the change rests on. */
  name(...lives: readonly Life[]): void {
    for (const { unit, versions } of lives) {
      if (!this.#drafted.has(unit._id))
        this.#drafted.set(unit._id, {
          unit,
          before: versions,
          after: versions,
          change: null,
          follows: false,
        });
    }
  }

  /** Begins a unit; it has the shape on its day. */
  open(unit: UnitRecord, shape: Shape): void {
    const identity = { unitId: unit._id, code: unit.code, level: unit.level };
    const after = begun(identity, this.on, shape);
    this.#drafted.set(unit._id, { unit, before: [], after, change: 'OPENED', follows: false });
  }

  change({ unit, versions }: Life, change: TreeChange, part: Partial<Shape>, follows = false): void {
    const after = changedFrom(versions, this.on, part);
    this.#drafted.set(unit._id, { unit, before: versions, after, change, follows });
  }

  close({ unit, versions }: Life): void {
    const after = endedOn(versions, this.on);
    this.#drafted.set(unit._id, { unit, before: versions, after, change: 'CLOSED', follows: false });
  }

  /**
   * Lets the units below one path stand below another: those directly under it come to stand under the place's unit, the
   * others follow their parents.
   */
  regraft(below: readonly Life[], { from, parentId }: { from: string; parentId: string }, to: Place): void {
    for (const life of below) {
      const last = lastVersion(life.versions);
      const isDirect = last.parentId === parentId;
      const path = `${to.path}${last.path.slice(from.length)}`;
      const part = {
        ...(isDirect ? { parentId: to.parentId } : {}),
        path,
        depth: depthOf(path),
        provinceCode: to.provinceCode,
        regionCode: to.regionCode,
      };
      this.change(life, isDirect && to.parentId !== parentId ? 'MOVED' : 'FOLLOWED', part, true);
    }
  }
}

/** The number of codes in a path. */
export const depthOf = (path: string): number => path.split('/').length - 2;

/** Gives the place under a unit as it is at the end of what is on record. */
export function placeUnder(versions: Versions): Place {
  const { unitId, path, provinceCode, regionCode } = lastVersion(versions);
  return { parentId: unitId, path, provinceCode, regionCode };
}
