import type { UnitLevel } from '../../../schema/events.ts';
import type { RecipientKind } from '../model/codes.ts';
import { isAtLeast } from './levels.ts';

/** A unit on a day, as far as its place counts. */
export interface DeciderPlace {
  readonly unitId: string;
  readonly code: string;
  readonly level: UnitLevel;
}

/** Who is asked to decide: `unit` is the ministry with `above` where the decision is made above the force. */
export interface Decider<Place> {
  readonly unit: Place;
  readonly above: boolean;
}

interface Question<Place> {
  readonly decidedBy: string;
  readonly minLevel: UnitLevel | null;
  /** The proposing unit and all above it, the nearest first; the last one is the ministry. */
  readonly line: readonly Place[];
  readonly recipient: { readonly kind: RecipientKind; readonly unitId: string };
  /** The unit that was asked for by name. */
  readonly asked: string | null;
}

/**
 * Gives who decides: for a unit head the one asked for, or else the nearest high enough that is not itself the
 * recipient; the ministry for the Minister and for what is decided above the force. Undefined when the unit asked for
 * is not among those that can be asked.
 */
export function deciderOf<Place extends DeciderPlace>({
  decidedBy,
  minLevel,
  line,
  recipient,
  asked,
}: Question<Place>): Decider<Place> | undefined {
  const ministry = line.at(-1);
  if (!ministry) return undefined;
  const isHead = decidedBy === 'UNIT_HEAD';
  if (asked !== null) {
    const unit = (isHead ? line : [ministry]).find(({ code }) => code === asked);
    return unit && { unit, above: false };
  }
  if (!isHead) return { unit: ministry, above: decidedBy !== 'MINISTER' };
  const mayDecide = ({ level, unitId }: Place) =>
    (minLevel === null || isAtLeast(level, minLevel)) &&
    (recipient.kind === 'INDIVIDUAL' || unitId !== recipient.unitId);
  return { unit: line.find(mayDecide) ?? ministry, above: false };
}
