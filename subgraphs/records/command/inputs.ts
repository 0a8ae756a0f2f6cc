import { z } from 'zod';

/**
 * The pieces that inputs of commands are checked with. GraphQL has checked types before; here are lengths, ranges and
 * shapes. Absent and null are the same to a client, so that every optional piece takes both.
 */

/** What a rule says when a value breaks it, in both languages: `z.refine(check, says('…', '…'))`. */
export const says = (vi: string, en: string) => ({ params: { vi, en } });

const MAX_ID = 64;
const MAX_REASON = 2_000;
export const MIN_REASON = 20;

/** Characters that no text has: controls other than tab and line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

/** A text of at least one letter, digit or sign, at most `max` characters; trimmed and in NFC. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(
      (value) => !control.test(value),
      says('Văn bản chứa ký tự điều khiển.', 'The text has control characters; take them out.'),
    )
    .transform((value) => value.normalize('NFC'));

/** Null when it is left out. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? null);

export const id = z.string().min(1).max(MAX_ID);
export const code = z.string().min(1).max(MAX_ID);

/** A day as the Date scalar has checked it. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** An amount in đồng; a negative one is for the command to refuse with its own code. */
export const vnd = z.number().int().max(Number.MAX_SAFE_INTEGER).min(Number.MIN_SAFE_INTEGER);

export const count = z.number().int().min(0).max(100_000_000);

/** A LocalizedTextInput. */
export const localizedText = (max: number) => z.object({ vi: text(max), en: optional(text(max)) });

/** A DocumentRefInput with at least one part. */
export const documentRef = z
  .object({
    number: optional(text(100)),
    date: optional(day),
    dateText: optional(text(100)),
    issuer: optional(text(300)),
    title: optional(text(1_000)),
    url: optional(z.url({ protocol: /^https?$/u }).max(2_000)),
    sha256: optional(z.string().regex(/^[\da-f]{64}$/u)),
  })
  .refine(
    (document) => Object.values(document).some((part) => part !== null),
    says('Văn bản phải có ít nhất một thông tin.', 'A document needs at least one part, such as its number.'),
  );

/** Why something is sent back, revoked or overridden. Length rules with a code of their own are the command's. */
export const reason = z.string().trim().max(MAX_REASON);

/** What every command takes: the key under which it is done once, and the warnings that are overridden. */
export const commandInput = {
  idempotencyKey: z
    .string()
    .min(8)
    .max(100)
    .regex(/^[\x21-\x7e]+$/u),
  acknowledge: z
    .array(z.string().max(64))
    .max(20)
    .nullish()
    .transform((codes) => codes ?? []),
  acknowledgeReason: optional(text(MAX_REASON)),
};

/** What every command on an existing record takes beside. */
export const onExisting = { ...commandInput, id, expectedVersion: z.number().int().min(1) };

export interface CommandInput {
  readonly idempotencyKey: string;
  readonly acknowledge: readonly string[];
  readonly acknowledgeReason: string | null;
}
