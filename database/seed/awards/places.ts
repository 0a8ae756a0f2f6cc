import type { UnitLevel } from '../../../schema/events.ts';
import {
  currentVersion,
  pathAsOf,
  type UnitCopyRow,
  unitCopyRow,
  versionOn,
} from '../../../subgraphs/copies/units.ts';
import type { Random } from '../random.ts';
import type { SeedTree } from '../units/tree.ts';

/** A unit on the day of a fact, with the paths that the fact keeps (HOUSE, Paths of a fact). */
export interface Place {
  readonly date: string;
  readonly unitId: string;
  readonly code: string;
  readonly level: UnitLevel;
  readonly provinceCode: string | null;
  readonly pathAtEvent: string;
  readonly unitPath: string;
  readonly scopePath: string;
}

/** The day after everything that the seed tells. */
const END = '2026-12-31';

function push<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Finds units of the seed's tree by level and day, and what they were called. */
export class Places {
  readonly #byId: ReadonlyMap<string, UnitCopyRow>;
  readonly #byCode: ReadonlyMap<string, UnitCopyRow>;
  readonly #byLevel = new Map<UnitLevel, UnitCopyRow[]>();
  readonly #names = new Map<string, { readonly from: string; readonly vi: string }[]>();

  constructor(tree: SeedTree) {
    const units = tree.copies.map(unitCopyRow);
    this.#byId = new Map(units.map((unit) => [unit._id, unit]));
    this.#byCode = new Map(units.map((unit) => [unit.code, unit]));
    for (const unit of units) {
      push(this.#byLevel, currentVersion(unit, END).level, unit);
    }
    for (const { unitId, from, name } of tree.rows.versions) {
      push(this.#names, unitId, { from, vi: name.vi });
    }
  }

  /** Gives the unit on a day; null when it did not exist. */
  on(unitId: string, date: string): Place | null {
    const unit = this.#byId.get(unitId);
    const version = unit && versionOn(unit, date);
    if (!unit || !version) return null;
    const last = currentVersion(unit, END).path;
    return {
      date,
      unitId,
      code: unit.code,
      level: version.level,
      provinceCode: version.provinceCode,
      pathAtEvent: version.path,
      unitPath: last,
      scopePath: pathAsOf(unit, END, this.#byId) ?? last,
    };
  }

  /** Gives the unit of a code on a day. Throws when the tree has none. */
  ofCode(code: string, date: string): Place {
    const unit = this.#byCode.get(code);
    const place = unit && this.on(unit._id, date);
    if (!place) throw new RangeError(`The tree has no unit ${code} on ${date}.`);
    return place;
  }

  /** Gives any unit of one of the levels that lives on a day, trying the levels in their order. */
  any(random: Random, levels: readonly UnitLevel[], date: string): Place {
    for (const level of levels) {
      const units = this.#byLevel.get(level) ?? [];
      for (let attempt = 0; attempt < 8 && units.length > 0; attempt += 1) {
        const place = this.on(random.pick(units)._id, date);
        if (place) return place;
      }
    }
    return this.ofCode('BCA', date);
  }

  /** Gives the police of a province by its code of a day, or null when the tree leaves it out. */
  province(provinceCode: string, date: string): Place | null {
    for (const unit of this.#byLevel.get('PROVINCE') ?? []) {
      const place = this.on(unit._id, date);
      if (place?.provinceCode === provinceCode) return place;
    }
    return null;
  }

  /** Gives the units above a place on its day, the nearest first, without the place itself. */
  above(place: Place): Place[] {
    const codes = place.pathAtEvent.split('/').filter(Boolean).slice(0, -1).reverse();
    return codes.map((code) => this.ofCode(code, place.date));
  }

  /** Gives what a unit was called on a day. */
  nameOn(unitId: string, date: string): string {
    const versions = this.#names.get(unitId) ?? [];
    return (versions.findLast(({ from }) => from <= date) ?? versions[0])?.vi ?? '';
  }
}
