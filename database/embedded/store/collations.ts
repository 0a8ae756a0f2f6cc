import { type NamedCollation, parseCollation } from '../core/collation/collation.ts';
import type { Document } from '../core/document.ts';

const known = new Map<string, NamedCollation>();

/**
 * The collation of a specification, the same object for the same rules, so that "same collation" is `===`.
 * Undefined for the simple one. Throws what parseCollation throws.
 */
export function collationOf(spec: Document): NamedCollation | undefined {
  const parsed = parseCollation(spec);
  if (!parsed) return undefined;
  const name = parsed.spec.toBytes().toString('latin1');
  const same = known.get(name);
  if (same) return same;
  known.set(name, parsed);
  return parsed;
}
