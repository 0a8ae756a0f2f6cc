import type { Collation } from '../compare.ts';
import type { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { show } from '../show.ts';
import { fullSpec, parseOptions } from './options.ts';
import { SortKeys } from './sortkey.ts';
import { weightTable } from './weights.ts';

/** A collation with the document that describes it in listings. */
export interface NamedCollation extends Collation {
  readonly spec: Document;
}

/**
 * Languages whose derived keys agree with ICU. Languages with letters of two characters, or with orders of
 * their own for other scripts, are refused rather than sorted nearly right.
 */
const languages: ReadonlySet<string> = new Set([
  'de',
  'en',
  'es',
  'fi',
  'fr',
  'ga',
  'id',
  'it',
  'ms',
  'nl',
  'pl',
  'pt',
  'ro',
  'sv',
  'sw',
  'vi',
]);

function intlLocale(locale: string, spec: Document): string {
  const name = locale.replaceAll('_', '-');
  let known: readonly string[] = [];
  try {
    known = Intl.Collator.supportedLocalesOf(name);
  } catch {
    // Not even the form of a locale: refused below.
  }
  if (known.length === 0) {
    fail(2, 'BadValue', `Field 'locale' is invalid in: ${show(spec)}`);
  }
  if (!languages.has(name.split('-')[0] as string) || name === 'fr-CA') {
    fail(238, 'NotImplemented', `Collation locale '${locale}' is not supported by the embedded database`);
  }
  return name;
}

/** Texts whose keys are remembered; sorting and grouping ask for the same ones again and again. */
const REMEMBERED = 4096;

/**
 * The collation a document describes; undefined for the simple one, which compares bytes.
 * @throws 2, 14, 40414, 40415 for what MongoDB refuses, 238 for locales this database does not know.
 */
export function parseCollation(spec: Document): NamedCollation | undefined {
  const options = parseOptions(spec);
  if (options.locale === 'simple') return undefined;
  const locale = intlLocale(options.locale, spec);
  const table = weightTable(locale, options.caseFirst === 'off' ? 'false' : options.caseFirst);
  const keys = new SortKeys(table, options);
  const known = new Map<string, string>();
  const key = (text: string): string => {
    let found = known.get(text);
    if (found === undefined) {
      found = keys.keyOf(text);
      if (known.size >= REMEMBERED) known.clear();
      known.set(text, found);
    }
    return found;
  };
  const compare = (a: string, b: string): number => {
    if (a === b) return 0;
    const x = key(a);
    const y = key(b);
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return { spec: fullSpec(options), key, compare };
}
