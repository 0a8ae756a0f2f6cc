import { z } from 'zod';
import {
  code,
  count,
  day,
  localizedText,
  onExisting,
  optional,
  text,
  vnd,
} from '../../records/command/inputs.ts';

const MAX_ROWS = 500;
const MAX_LINES = 20;
const MAX_SIZE = 50;

/** Digits have no place in a name: a number typed into the wrong field would be kept. */
const name = text(100).refine((value) => !/\d{4}/u.test(value));

const list = <T extends z.ZodType>(item: T, max: number) => z.array(item).max(max);

/** One household of a list. The form of its number is a rule with a code of its own, which repeats nothing of it. */
export const personInput = z.object({
  group: optional(code),
  householdSize: optional(z.number().int().min(1).max(MAX_SIZE)),
  displayName: optional(name),
  idNumber: optional(z.string()),
  consent: z.enum(['GIVEN', 'NOT_ASKED']),
  area: optional(z.object({ code: z.string().regex(/^\d{5}$/u), listDate: day })),
  deliveredOn: optional(day),
});
export type PersonInput = z.infer<typeof personInput>;

const thing = z.object({
  item: localizedText(200),
  quantity: z.number().positive().max(1_000_000_000),
  measure: localizedText(50),
  value: vnd,
});

export const recordDeliveryInput = z.object({
  ...onExisting,
  deliveredOn: day,
  deliveries: optional(count),
  reached: optional(count),
  households: optional(count),
  groups: optional(list(z.object({ group: code, reached: count, households: count }), MAX_LINES)),
  amount: vnd,
  funding: list(z.object({ source: code, amount: vnd }), MAX_LINES),
  inKind: list(thing, MAX_LINES),
  people: list(personInput, MAX_ROWS),
});
export type RecordDelivery = z.infer<typeof recordDeliveryInput>;

export const addBeneficiaryInput = z.object({
  ...onExisting,
  person: personInput.extend({ deliveredOn: day }),
  alreadyCounted: z.boolean(),
});
export type AddBeneficiary = z.infer<typeof addBeneficiaryInput>;

export const completeActivityInput = z.object({ ...onExisting, endsOn: optional(day) });
export type CompleteActivity = z.infer<typeof completeActivityInput>;

export const onBeneficiaryInput = z.object({ ...onExisting });
export type OnBeneficiary = z.infer<typeof onBeneficiaryInput>;
