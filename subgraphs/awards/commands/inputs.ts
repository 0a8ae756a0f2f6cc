import { z } from 'zod';
import { code, day, documentRef, id, optional, says, text } from '../../records/command/inputs.ts';
import { commendationKinds } from '../model/codes.ts';
import type { StoredDocument } from '../model/facts.ts';

/** How inputs of dossiers are checked; lengths and shapes only, what they mean is for rules. */

const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .max(max)
    .nullish()
    .transform((items) => items ?? []);

/** Begins with a letter, so that nobody's citizen number can stand here (DOMAIN §0). */
const personRef = z.string().regex(/^[A-Za-z][\w.-]{2,63}$/u);

const person = z.object({
  ref: personRef,
  displayName: text(200),
  rank: optional(text(100)),
  unit: code,
  consented: z.boolean(),
});

/** Exactly one of a unit and a person. */
const recipient = z
  .object({ unit: optional(code), person: optional(person) })
  .refine(
    ({ unit, person: given }) => (unit === null) !== (given === null),
    says('Chọn đúng một: unit hoặc person.', 'Exactly one of unit and person is given.'),
  );

const achievement = z
  .object({
    key: text(64),
    summary: text(4_000),
    from: day,
    before: day,
    activities: list(id, 20),
  })
  .refine(({ from, before }) => from < before, {
    path: ['before'],
    ...says('before phải sau from.', 'before must lie after from.'),
  });

const paper = z.object({
  kind: code,
  document: optional(documentRef),
  confirmations: list(z.enum(['DIRECT_SUPERIOR', 'SUBMITTING_LEVEL']), 2),
});
/** A paper as the client sends it. */
export type PaperInput = z.infer<typeof paper>;

/** Papers that come with a dossier or with a step. */
export const papers = list(paper, 30);

/** What a dossier is about. */
export const content = z.object({
  form: code,
  kind: z.enum(commendationKinds),
  campaign: optional(code),
  proposer: optional(code),
  recipient,
  achievements: z.array(achievement).min(1).max(20),
  papers,
  decidedBy: optional(code),
  decidingUnit: optional(code),
  judgedOn: optional(day),
});
/** The content as checked. */
export type Content = z.infer<typeof content>;

/** A decision can be found again: it has a number and a day. */
export const decisionRef = documentRef.refine(
  ({ number, date }) => number !== null && date !== null,
  says('Quyết định phải có số và ngày.', 'A decision needs its number and its date.'),
);

/** Gives a document as stored: what is not known is left out. */
export const storedDocument = (document: z.infer<typeof documentRef>): StoredDocument =>
  Object.fromEntries(Object.entries(document).filter(([, part]) => part !== null));
