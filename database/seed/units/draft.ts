import type { UnitLevel } from '../../../schema/events.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import type { UnitEventRecord, UnitLinkRecord } from '../../../subgraphs/units/index.ts';

interface Name {
  readonly vi: string;
  readonly en: string | null;
}

/** What may change in the life of a unit. */
export interface Shape {
  readonly name: Name;
  readonly parent: DraftUnit | null;
  readonly provinceCode: string | null;
  readonly regionCode: string | null;
  /** The list that names the unit's place; null when it has none. */
  readonly adminListDate: string | null;
}

export interface DraftVersion extends Shape {
  readonly from: string;
  readonly before: string | null;
  readonly path: string;
}

/** What stays through the life of a unit. */
export interface Identity {
  readonly code: string;
  readonly level: UnitLevel;
  readonly shortName: string;
  readonly abbreviations: readonly string[];
  readonly adminCode: string | null;
  readonly synthetic: boolean;
}

export interface DraftUnit extends Identity {
  readonly id: string;
  readonly versions: DraftVersion[];
}

export interface Happening {
  readonly decision?: NonNullable<UnitEventRecord['decision']>;
  readonly note?: NonNullable<UnitEventRecord['note']>;
  readonly links?: readonly Pick<UnitLinkRecord, 'fromId' | 'toId' | 'share' | 'primary' | '_id'>[];
}

/** Gives the version that holds at the end of what has been drawn so far. */
export function lastOf(unit: DraftUnit): DraftVersion {
  const last = unit.versions.at(-1);
  if (!last) throw new Error(`${unit.code} has no version.`);
  return last;
}

const isOpen = (unit: DraftUnit): boolean => lastOf(unit).before === null;

const pathUnder = (parent: DraftUnit | null, code: string): string =>
  `${parent ? lastOf(parent).path : '/'}${code}/`;

/** The tree while it is drawn, day after day; days must come in order. */
export class TreeDraft {
  readonly units = new Map<string, DraftUnit>();
  readonly events: UnitEventRecord[] = [];
  readonly links: UnitLinkRecord[] = [];

  open(identity: Identity, from: string, shape: Shape): DraftUnit {
    if (this.units.has(identity.code)) throw new Error(`${identity.code} exists already.`);
    const path = pathUnder(shape.parent, identity.code);
    const unit: DraftUnit = {
      ...identity,
      id: seededId('unt', identity.code),
      versions: [{ ...shape, from, before: null, path }],
    };
    this.units.set(unit.code, unit);
    return unit;
  }

  /** Begins a new version from that day; what is not named stays. */
  change(unit: DraftUnit, on: string, part: Partial<Shape>): void {
    const last = lastOf(unit);
    const shape = { ...last, ...part };
    this.close(unit, on);
    unit.versions.push({ ...shape, from: on, before: null, path: pathUnder(shape.parent, unit.code) });
  }

  /** Ends the last version: the unit does not exist on that day any more. */
  close(unit: DraftUnit, on: string): void {
    const last = unit.versions.pop();
    if (!last || last.before !== null || last.from >= on)
      throw new Error(`${unit.code} cannot end on ${on}.`);
    unit.versions.push({ ...last, before: on });
  }

  /** Writes down what happened to the units; the first one names the event. */
  happened(
    kind: UnitEventRecord['kind'],
    on: string,
    units: readonly DraftUnit[],
    what: Happening = {},
  ): void {
    const first = units[0];
    if (!first) return;
    const _id = seededId('uev', `${kind}:${on}:${first.code}`);
    this.events.push({
      _id,
      kind,
      effectiveOn: on,
      decision: what.decision ?? null,
      note: what.note ?? null,
      unitIds: units.map(({ id }) => id),
    });
    for (const link of what.links ?? []) this.links.push({ ...link, eventId: _id, effectiveOn: on });
  }

  ofLevel(level: UnitLevel): DraftUnit[] {
    return [...this.units.values()].filter((unit) => unit.level === level && isOpen(unit));
  }
}

/** Gives the link of a unit to the one that took it over. */
export const linkOf = (
  from: DraftUnit,
  to: DraftUnit,
  share: UnitLinkRecord['share'],
): NonNullable<Happening['links']>[number] => ({
  _id: `${from.code}>${to.code}`,
  fromId: from.id,
  toId: to.id,
  share,
  primary: share === 'FULL' && !isOpen(from),
});
