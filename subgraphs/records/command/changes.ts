import { isDeepStrictEqual } from 'node:util';
import type { AuditChangeRow } from './journal.ts';

/** Fields that change with every write and say nothing of their own. */
const always = new Set(['_id', 'version', 'createdAt', 'updatedAt', 'seq']);

/** A text longer than this is told by its length: the audit is a record of what was done, not a second copy. */
const MAX_TEXT = 4_000;

interface Shown {
  readonly concealed?: readonly string[];
  readonly derived?: readonly string[];
}

/** Gives the fields of a record that differ, with both values; those of concealed fields stay out. */
export function changesBetween(
  before: object | null,
  after: object,
  { concealed, derived }: Shown,
): AuditChangeRow[] {
  const old = (before ?? {}) as Readonly<Record<string, unknown>>;
  const hidden = new Set(concealed);
  const left = new Set([...always, ...(derived ?? [])]);
  return Object.entries(after)
    .filter(([field, value]) => !left.has(field) && !isDeepStrictEqual(plain(old[field]), plain(value)))
    .map(([field, value]) =>
      hidden.has(field)
        ? { field, before: null, after: null }
        : { field, before: shown(old[field]), after: shown(value) },
    );
}

/** What is absent and what is null are the same; stored values may have lost their prototypes. */
const plain = (value: unknown): unknown =>
  value === undefined || value === null ? null : JSON.parse(JSON.stringify(value));

function shown(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  return text.length > MAX_TEXT ? `(${text.length} characters)` : (value ?? null);
}
