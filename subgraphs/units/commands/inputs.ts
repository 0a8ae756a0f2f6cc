import { z } from 'zod';
import { unitLevels } from '../../../schema/events.ts';
import {
  code,
  commandInput,
  day,
  documentRef,
  localizedText,
  optional,
  text,
} from '../../records/command/inputs.ts';

const MAX_NAME = 200;
const MAX_UNITS = 50;

/** A unit that is there already, and the version that the client has seen of it. */
export const unitAtVersion = z.object({ code, expectedVersion: z.number().int().min(1) });
export type UnitAtVersion = z.infer<typeof unitAtVersion>;

export const unitsAtVersion = z.array(unitAtVersion).min(1).max(MAX_UNITS);
export const optionalInto = optional(unitAtVersion);

/** A unit's place in a dated list of administrative areas. */
const place = z.object({ adminCode: text(20), listDate: day });

export const unitName = localizedText(MAX_NAME);
export const shortName = optional(text(100));
export const optionalPlace = optional(place);

export const newUnit = z.object({
  code,
  level: z.enum(unitLevels),
  name: unitName,
  shortName,
  parent: unitAtVersion,
  place: optionalPlace,
  region: optional(code),
});
export type NewUnit = z.infer<typeof newUnit>;

export const children = z.enum(['MOVE', 'REFUSE']);
export const note = optional(localizedText(1_000));

/** What every change of the tree takes: from which day, and by which decision, whose number and date are known. */
export const treeInput = {
  ...commandInput,
  effectiveOn: day,
  decision: z.object({ ...documentRef.shape, number: text(100), date: day }),
  note,
  dryRun: z.boolean(),
};
export type TreeInput = z.infer<z.ZodObject<typeof treeInput>>;
