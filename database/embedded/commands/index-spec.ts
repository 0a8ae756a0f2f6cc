import { Document } from '../core/document.ts';
import { encodeDocument } from '../core/encode.ts';
import { fail } from '../core/errors.ts';
import { compileMatch } from '../core/match/matcher.ts';
import type { Predicate } from '../core/match/tree.ts';
import { show } from '../core/show.ts';
import { BSON, int32, typeNames, typeOf, type Value } from '../core/values.ts';
import { collationOf } from '../store/collations.ts';
import { isTrue, numberOf } from '../store/index-definition.ts';
import { envOf } from './query.ts';

const MOST_FIELDS = 32;

/** Options of an index in the order in which they are kept. */
const options = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'collation', 'hidden'];
/** Options that are taken and mean nothing here. */
const ignored = ['v', 'key', 'name', 'ns', 'background', 'storageEngine', 'prepareUnique', 'clustered'];
/** Options of kinds of indexes that this database does not have. */
const foreign = [
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'columnstoreProjection',
  'dropDups',
];

const refuse: (message: string) => never = (message) => fail(67, 'CannotCreateIndex', message);

function checkKey(key: Document): void {
  if (key.size === 0) refuse('Index keys cannot be empty.');
  if (key.size > MOST_FIELDS)
    refuse(`Number of compound fields: ${key.size} exceeds maximum allowed: ${MOST_FIELDS}`);
  const seen = new Set<string>();
  for (const [path, value] of key.entries()) {
    checkPath(path);
    if (seen.has(path)) refuse(`Field name in index specification is a duplicate: ${path}`);
    seen.add(path);
    checkDirection(path, value);
  }
}

function checkPath(path: string): void {
  if (/^\$(id|ref|db)(\.|$)/.test(path))
    refuse("Index key contains an illegal field name: field name starts with '$'.");
  if (path === '') refuse('Index keys cannot be an empty field.');
  if (path.includes('$**'))
    fail(238, 'NotImplemented', `wildcard index on '${path}' is not supported by the embedded database`);
  for (const part of path.split('.')) {
    if (part === '')
      refuse('Index key contains an illegal field name: field name cannot be an empty string.');
    if (part.startsWith('$') && !['$id', '$db', '$ref'].includes(part)) {
      refuse("Index key contains an illegal field name: field name starts with '$'.");
    }
  }
}

const plugins: ReadonlySet<string> = new Set([
  'text',
  '2d',
  '2dsphere',
  'hashed',
  'geoHaystack',
  'columnstore',
]);

function checkDirection(path: string, value: Value): void {
  if (typeof value === 'string') {
    if (plugins.has(value))
      fail(
        238,
        'NotImplemented',
        `index type '${value}' on '${path}' is not supported by the embedded database`,
      );
    refuse(`Unknown index plugin '${value}'`);
  }
  const n = numberOf(value);
  if (n === undefined) {
    refuse(
      `Values in v:2 index key pattern cannot be of type ${typeNames[typeOf(value)]}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  }
  if (n === 0) refuse('Values in the index key pattern cannot be 0.');
  if (Number.isNaN(n)) refuse('Values in the index key pattern cannot be NaN.');
}

const partialKinds: ReadonlySet<string> = new Set([
  'and',
  'or',
  'in',
  'eq',
  'lt',
  'lte',
  'gt',
  'gte',
  'exists',
  'type',
  'always',
]);

function checkPartial(filter: Value): void {
  if (!(filter instanceof Document))
    fail(
      14,
      'TypeMismatch',
      `The field 'partialFilterExpression' must be an object, but got ${typeNames[typeOf(filter)]}`,
    );
  const check = (predicate: Predicate): void => {
    if (!partialKinds.has(predicate.kind)) refuse(`unsupported expression in partial index: ${show(filter)}`);
    if ('children' in predicate) predicate.children.forEach(check);
  };
  check(compileMatch(filter, envOf(undefined)).tree);
}

function checkExpiry(key: Document, value: Value): void {
  const seconds = numberOf(value);
  if (seconds === undefined)
    refuse(
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeNames[typeOf(value)]}'.`,
    );
  if (seconds < 0) refuse("TTL index 'expireAfterSeconds' option cannot be less than 0");
  if (seconds > 2 ** 31 - 1)
    refuse(
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different value than: " +
        seconds,
    );
  if (key.size > 1) refuse('TTL indexes are single-field indexes, compound indexes do not support TTL');
}

function optionOf(key: Document, name: string, value: Value): Value | undefined {
  if (name === 'collation') {
    if (!(value instanceof Document))
      return fail(14, 'TypeMismatch', "The field 'collation' must be an object");
    return collationOf(value)?.spec;
  }
  if (name === 'partialFilterExpression') checkPartial(value);
  else if (name === 'expireAfterSeconds') checkExpiry(key, value);
  else if (typeOf(value) !== BSON.bool && numberOf(value) === undefined) {
    fail(
      14,
      'TypeMismatch',
      `The field '${name}' has value ${name}: ${show(value)}, which is not convertible to bool`,
    );
  } else if (!isTrue(value)) return undefined;
  else return true;
  return value;
}

function checkNames(spec: Document): void {
  for (const name of spec.keys()) {
    if (foreign.includes(name))
      fail(238, 'NotImplemented', `index option '${name}' is not supported by the embedded database`);
    if (!options.includes(name) && !ignored.includes(name)) {
      fail(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${name}' is not valid for an index specification. Specification: ${show(spec)}`,
      );
    }
  }
}

/**
 * An index specification as it is kept and listed. `inherited` is the collection's own collation.
 * Throws 67, 197, 9, 14 as MongoDB does, 238 for kinds of indexes this database does not have.
 */
export function normalSpec(spec: Document, inherited: Document | undefined): Document {
  const key = spec.get('key');
  if (!(key instanceof Document))
    return fail(9, 'FailedToParse', "The 'key' field is a required property of an index specification");
  const name = spec.get('name');
  if (typeof name !== 'string')
    return fail(9, 'FailedToParse', "The 'name' field is a required property of an index specification");
  if (name === '') refuse('index name cannot be empty');
  if (name.includes('\0')) refuse('index names cannot contain NUL bytes');
  checkVersion(spec);
  checkKey(key);
  checkNames(spec);
  if (isTrue(spec.get('sparse')) && spec.has('partialFilterExpression'))
    refuse('cannot mix "partialFilterExpression" and "sparse" options');
  const isId = key.size === 1 && key.has('_id');
  const entries: [string, Value][] = [
    ['v', int32(2)],
    ['key', key],
    ['name', isId ? '_id_' : name],
  ];
  for (const option of isId ? [] : options) {
    const value = spec.get(option) ?? (option === 'collation' ? inherited : undefined);
    const kept = value === undefined ? undefined : optionOf(key, option, value);
    if (kept !== undefined) entries.push([option, kept]);
  }
  if (isId) checkId(spec, key);
  return Document.of(entries);
}

function checkVersion(spec: Document): void {
  const version = spec.get('v');
  if (version === undefined || [1, 2].includes(numberOf(version) ?? 0)) return;
  refuse(`Invalid index specification ${show(spec)}; cannot create an index with v=${show(version)}`);
}

function checkId(spec: Document, key: Document): void {
  if ((numberOf(key.get('_id')) ?? 0) !== 1) {
    fail(2, 'BadValue', `The field 'key' for an _id index must be {_id: 1}, but got ${show(key)}`);
  }
  for (const option of options) {
    if (option === 'collation' || !spec.has(option)) continue;
    fail(
      197,
      'InvalidIndexSpecificationOption',
      `The field '${option}' is not valid for an _id index specification. Specification: ${show(spec)}`,
    );
  }
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return encodeDocument(Document.of([['', a]])).equals(encodeDocument(Document.of([['', b]])));
}

function sameKey(a: Document, b: Document): boolean {
  const other = b.entries();
  return (
    a.size === other.length &&
    a
      .entries()
      .every(([path, value], i) => path === other[i]?.[0] && numberOf(value) === numberOf(other[i]?.[1]))
  );
}

/**
 * Whether a wanted index is there already. Throws 85 or 86 when one is there that contradicts it (same name and
 * other key, same key and other name, other options).
 */
export function alreadyThere(existing: readonly Document[], spec: Document): boolean {
  const key = spec.get('key') as Document;
  for (const other of existing) {
    const equalKey =
      sameKey(other.get('key') as Document, key) && same(other.get('collation'), spec.get('collation'));
    const shown = `Requested index: ${show(spec)}, existing index: ${show(other)}`;
    if (other.get('name') === spec.get('name')) {
      if (!equalKey) {
        fail(
          86,
          'IndexKeySpecsConflict',
          `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${shown}`,
        );
      }
      if (
        !['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'].every((option) =>
          sameOption(option, other, spec),
        )
      ) {
        fail(
          85,
          'IndexOptionsConflict',
          `An equivalent index already exists with the same name but different options. ${shown}`,
        );
      }
      return true;
    }
    if (
      equalKey &&
      ['unique', 'sparse', 'partialFilterExpression'].every((option) => sameOption(option, other, spec))
    ) {
      fail(
        85,
        'IndexOptionsConflict',
        `Index already exists with a different name: ${String(other.get('name'))}`,
      );
    }
  }
  return false;
}

function sameOption(option: string, a: Document, b: Document): boolean {
  const x = a.get(option);
  const y = b.get(option);
  const m = numberOf(x);
  return m !== undefined ? m === numberOf(y) : same(x, y);
}
