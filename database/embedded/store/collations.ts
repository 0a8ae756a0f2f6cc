import { type NamedCollation, parseCollation } from '../core/collation/collation.ts';
import type { Document } from '../core/document.ts';

const MOST = 1000;
/** By specification as it was given, and by the full specification that stands for the same rules. */
const asGiven = new Map<string, NamedCollation | undefined>();
const byRules = new Map<string, NamedCollation>();

const nameOf = (spec: Document): string => spec.toBytes().toString('latin1');

/**
 * The collation of a specification, the same object for the same rules, so that "same collation" is `===`.
 * Undefined for the simple one. Throws what parseCollation throws.
 */
export function collationOf(spec: Document): NamedCollation | undefined {
  const given = nameOf(spec);
  if (asGiven.has(given)) return asGiven.get(given);
  const collation = sameRules(spec);
  if (asGiven.size < MOST) asGiven.set(given, collation);
  return collation;
}

/** A stored specification carries the version of its rules, which says nothing about them. */
function withoutVersion(spec: Document): Document {
  if (!spec.has('version')) return spec;
  const copy = spec.clone();
  copy.delete('version');
  return copy;
}

function sameRules(spec: Document): NamedCollation | undefined {
  const parsed = parseCollation(withoutVersion(spec));
  if (!parsed) return undefined;
  const rules = nameOf(parsed.spec);
  const known = byRules.get(rules);
  if (known) return known;
  byRules.set(rules, parsed);
  return parsed;
}
