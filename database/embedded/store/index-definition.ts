import type { NamedCollation } from '../core/collation/collation.ts';
import type { Document } from '../core/document.ts';
import { encodeKey } from '../core/keyencoding.ts';
import { compileMatch, type Matcher } from '../core/match/matcher.ts';
import { type Path, pathOf } from '../core/path.ts';
import { DateTime, Int32, type Value } from '../core/values.ts';
import { collationOf } from './collations.ts';
import { type IndexValues, indexValues } from './index-values.ts';

/** One path of an index and its direction. */
export interface IndexField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** An index as the database holds it. Fields change only inside a commit. */
export interface Index {
  readonly number: number;
  readonly name: string;
  /** As createIndexes was given it and listIndexes shows it. */
  spec: Document;
  readonly fields: readonly IndexField[];
  readonly paths: readonly string[];
  readonly parsed: readonly Path[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: { readonly filter: Document; readonly matcher: Matcher } | undefined;
  readonly collation: NamedCollation | undefined;
  readonly descending: readonly boolean[];
  readonly isId: boolean;
  expireAfterSeconds: number | undefined;
  hidden: boolean;
  /** Paths of arrays that were ever taken apart: the indexed paths themselves, or what lies above them. */
  readonly multikey: Set<string>;
  /** Some values were too long for a key: the order of such entries is not the order of their values. */
  longKeys: boolean;
  /** False while it is being built: writers keep it up, readers do not use it. */
  ready: boolean;
  /** The number of the commit that completed it in this run: older snapshots do not hold its entries. */
  readySince: number;
}

/** A number of any BSON type as a JS number; undefined for all else. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Int32) return value.value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** Makes an index from its specification. Throws what compileMatch and collationOf throw. */
export function indexOf(
  number: number,
  spec: Document,
  state: { multikey: readonly string[]; ready: boolean; longKeys: boolean },
): Index {
  const fields = (spec.get('key') as Document).entries().map(
    ([path, value]): IndexField => ({
      path,
      direction: (numberOf(value) ?? 1) < 0 ? -1 : 1,
    }),
  );
  const collation = spec.get('collation') as Document | undefined;
  const filter = spec.get('partialFilterExpression') as Document | undefined;
  const compiled = collation && collationOf(collation);
  return {
    number,
    name: spec.get('name') as string,
    spec,
    fields,
    paths: fields.map((field) => field.path),
    parsed: fields.map((field) => pathOf(field.path)),
    unique: isTrue(spec.get('unique')) || (fields[0]?.path === '_id' && fields.length === 1),
    sparse: isTrue(spec.get('sparse')),
    partial: filter && { filter, matcher: compileMatch(filter, partialEnv(compiled)) },
    collation: compiled,
    descending: fields.map((field) => field.direction === -1),
    isId: fields.length === 1 && fields[0]?.path === '_id',
    expireAfterSeconds: numberOf(spec.get('expireAfterSeconds')),
    hidden: isTrue(spec.get('hidden')),
    multikey: new Set(state.multikey),
    longKeys: state.longKeys,
    ready: state.ready,
    readySince: 0,
  };
}

function partialEnv(collation: NamedCollation | undefined) {
  return { now: new DateTime(0), ...(collation && { collation }) };
}

export function isTrue(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return numberOf(value) !== 0;
}

/** An encoded key and whether it stands for more than one list of values. */
export interface EncodedKey {
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
  readonly values: readonly Value[];
}

/** What a document puts into an index. */
export interface IndexEntries {
  readonly keys: readonly EncodedKey[];
  readonly arrays: readonly string[];
}

const none: IndexEntries = { keys: [], arrays: [] };

/** The entries of a document in an index: none when a partial or sparse index leaves it out. */
export function entriesOf(index: Index, doc: Document): IndexEntries {
  if (index.partial && !index.partial.matcher.matches(doc)) return none;
  const found = indexValues(doc, index.parsed);
  if (index.sparse && found.absent) return none;
  return { keys: distinctKeys(index, found), arrays: found.arrays };
}

function distinctKeys(index: Index, found: IndexValues): EncodedKey[] {
  const [only] = found.keys;
  if (found.keys.length === 1 && only) return [encodeValues(index, only)];
  const seen = new Map<string, EncodedKey>();
  for (const values of found.keys) {
    const key = encodeValues(index, values);
    seen.set(Buffer.from(key.bytes).toString('latin1'), key);
  }
  return [...seen.values()];
}

/** The longest encoded key: LMDB takes 1,978 bytes, of which index and record number need ten. */
const LONGEST_KEY = 1960;

/** Encodes one list of values in the order of an index. */
export function encodeValues(index: Index, values: readonly Value[]): EncodedKey {
  const { bytes, truncated } = encodeKey(values, index.descending, index.collation, LONGEST_KEY);
  return { bytes, truncated, values };
}

/** Encodes the value of one field of an index, whole. */
export function encodeValue(index: Index, field: number, value: Value): Buffer {
  return encodeKey([value], [index.descending[field] === true], index.collation).bytes;
}

/** A key put together of encoded values, cut as `encodeValues` cuts. */
export function cutKey(key: Uint8Array): { bytes: Uint8Array; truncated: boolean } {
  const truncated = key.length > LONGEST_KEY;
  return { bytes: truncated ? key.subarray(0, LONGEST_KEY) : key, truncated };
}
