import type { UnitCopyRow } from '../../copies/units.ts';
import type { Faults } from '../../records/command/faults.ts';
import { isWithin } from '../../records/subtree.ts';
import type { RecipientKind } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import { deciderOf } from '../rules/decider.ts';
import { addInvalid, type Path } from './checks.ts';
import { lineOf, type Place, placeOn, type Units } from './units.ts';

/** Where a dossier stands in the tree of the day that it is judged by. */
export type Placing = Pick<
  AwardDossierRecord,
  | 'unitId'
  | 'levelAtEvent'
  | 'provinceCode'
  | 'pathAtEvent'
  | 'unitPath'
  | 'scopePath'
  | 'proposerId'
  | 'proposerPath'
  | 'decidingUnitId'
  | 'decidingLevel'
  | 'decidingPath'
>;

/** Gives the part of a place that a fact keeps. */
export const factPlace = ({ unitId, level, provinceCode, pathAtEvent, unitPath, scopePath }: Place) => ({
  unitId,
  levelAtEvent: level,
  provinceCode,
  pathAtEvent,
  unitPath,
  scopePath,
});

/** Gives a unit on a day. Notes the fault when it did not exist then. */
export function existing(
  { faults, units }: { readonly faults: Faults; readonly units: Units },
  unit: UnitCopyRow,
  { day, path }: { readonly day: string; readonly path: Path },
): Place | null {
  const place = placeOn(units, unit, day);
  if (!place) {
    addInvalid(
      faults,
      path,
      `Đơn vị ${unit.code} không tồn tại ngày ${day}.`,
      `The unit ${unit.code} did not exist on ${day}.`,
    );
  }
  return place;
}

interface Asked {
  readonly day: string;
  readonly proposer: Place;
  readonly at: Place;
  readonly recipientKind: RecipientKind;
  readonly decidedBy: string;
  readonly minLevel: Parameters<typeof deciderOf>[0]['minLevel'];
  readonly decidingUnit: string | null;
  readonly path: Path;
}

/** Gives the places of a dossier, with who is asked to decide. Null when something stands where it cannot. */
export function placingOf(faults: Faults, units: Units, asked: Asked): Placing | null {
  const { day, proposer, at, recipientKind, path } = asked;
  if (!isWithin(at.pathAtEvent, proposer.pathAtEvent)) {
    addInvalid(
      faults,
      [...path, 'recipient'],
      `Đơn vị ${at.code} không thuộc đơn vị đề nghị ${proposer.code} ngày ${day}.`,
      `The unit ${at.code} did not belong to the proposing unit ${proposer.code} on ${day}.`,
    );
    return null;
  }
  const decider = deciderOf({
    decidedBy: asked.decidedBy,
    minLevel: asked.minLevel,
    line: lineOf(units, proposer, day),
    recipient: { kind: recipientKind, unitId: at.unitId },
    asked: asked.decidingUnit,
  });
  if (!decider) {
    addInvalid(
      faults,
      [...path, 'decidingUnit'],
      'Đơn vị quyết định phải là đơn vị đề nghị hoặc cấp trên của đơn vị này, đúng với thẩm quyền.',
      'The deciding unit must be the proposing unit or one above it, as its authority has it.',
    );
    return null;
  }
  const { unit, above } = decider;
  return {
    ...factPlace(at),
    proposerId: proposer.unitId,
    proposerPath: proposer.scopePath,
    decidingUnitId: above ? null : unit.unitId,
    decidingLevel: above ? null : unit.level,
    decidingPath: unit.scopePath,
  };
}
