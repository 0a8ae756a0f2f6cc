import type { UnitVersionCopy } from '../../../schema/events.ts';
import { pathAsOf, type UnitCopyRow, versionOn } from '../../copies/units.ts';
import { codesOf } from '../../records/subtree.ts';

/**
 * Where a unit's facts stand in the tree of a day. `exact`: at the unit itself or its full successor; otherwise at the
 * nearest unit above it that can be placed, below which nobody knows (`unallocated` there).
 */
export interface Place {
  readonly path: string;
  readonly exact: boolean;
  /** What stands at the path on that day; null at the very top, where nothing could be placed. */
  readonly version: UnitVersionCopy | null;
}

const nowhere: Place = { path: '/', exact: false, version: null };

/** The tree of units on one day, and where facts of units of all other days stand in it. */
export class TreeOn {
  readonly date: string;
  readonly #byId: ReadonlyMap<string, UnitCopyRow>;
  readonly #byCode: ReadonlyMap<string, UnitCopyRow>;
  readonly #places = new Map<string, Place>();

  constructor(units: readonly UnitCopyRow[], date: string) {
    this.date = date;
    this.#byId = new Map(units.map((unit) => [unit._id, unit]));
    this.#byCode = new Map(units.map((unit) => [unit.code, unit]));
  }

  /** Where the facts of a unit stand; at the very top when the unit is not known here. */
  placeOf(unitId: string): Place {
    const known = this.#places.get(unitId);
    if (known) return known;
    const place = this.#find(unitId);
    this.#places.set(unitId, place);
    return place;
  }

  /** All units of all days. */
  get units(): Iterable<UnitCopyRow> {
    return this.#byId.values();
  }

  /** The units whose facts stand at or under a path, and all others. */
  splitAt(paths: readonly string[]): { readonly inside: string[]; readonly outside: string[] } {
    const inside: string[] = [];
    const outside: string[] = [];
    for (const id of this.#byId.keys()) {
      const { path } = this.placeOf(id);
      (paths.some((top) => path.startsWith(top)) ? inside : outside).push(id);
    }
    return { inside, outside };
  }

  #find(unitId: string): Place {
    const unit = this.#byId.get(unitId);
    if (!unit) return nowhere;
    const own = this.#at(unit, true);
    if (own) return own;
    for (const code of ancestorsOf(unit, this.date)) {
      const above = this.#byCode.get(code);
      const place = above && this.#at(above, false);
      if (place) return place;
    }
    return nowhere;
  }

  #at(unit: UnitCopyRow, exact: boolean): Place | null {
    const path = pathAsOf(unit, this.date, this.#byId);
    const standing = path === null ? undefined : this.#byCode.get(codesOf(path).at(-1) ?? '');
    const version = standing && versionOn(standing, this.date);
    return path === null ? null : { path, exact, version: version ?? null };
  }
}

/** The codes above a unit, the nearest first, by its version nearest to the day. */
function ancestorsOf(unit: UnitCopyRow, date: string): string[] {
  const [first] = unit.versions;
  const nearest = first && date < first.from ? first : unit.versions.at(-1);
  return nearest ? codesOf(nearest.path).slice(0, -1).reverse() : [];
}
