import { Document } from '../../document.ts';
import { fail } from '../../errors.ts';
import type { Value } from '../../values.ts';
import { typeNames, typeOf } from '../../values.ts';
import type { Check, Keyword } from './check.ts';
import { mistyped } from './check.ts';
import {
  additionalItems,
  additionalProperties,
  dependencies,
  items,
  patternProperties,
  properties,
  required,
  uniqueItems,
} from './containers.ts';
import { annotation, bound, enumeration, exclusiveOf, limit, multipleOf, pattern, types } from './scalars.ts';

/** Combines the schemas of a list: how many of them may hold. */
function logical(fits: (holding: number, all: number) => boolean): Keyword {
  return (argument, { keyword, parse }) => {
    if (!Array.isArray(argument)) return mistyped(keyword, 'must be an array');
    if (argument.length === 0)
      fail(2, 'BadValue', `$jsonSchema keyword '${keyword}' must be a non-empty array`);
    const checks = argument.map((schema) =>
      schema instanceof Document
        ? parse(schema)
        : mistyped(
            keyword,
            `must be an array of objects, but found an element of type ${typeNames[typeOf(schema)]}`,
          ),
    );
    return (value) => fits(checks.filter((check) => check(value)).length, checks.length);
  };
}

const negation: Keyword = (argument, { keyword, parse }) => {
  if (!(argument instanceof Document)) return mistyped(keyword, 'must be an object');
  const check = parse(argument);
  return (value) => !check(value);
};

const characters = (value: Value): number | undefined =>
  typeof value === 'string' ? Array.from(value).length : undefined;
const itemCount = (value: Value): number | undefined => (Array.isArray(value) ? value.length : undefined);
const fieldCount = (value: Value): number | undefined => (value instanceof Document ? value.size : undefined);

const atLeast = (n: number, least: number): boolean => n >= least;
const atMost = (n: number, most: number): boolean => n <= most;

/** The keywords of `$jsonSchema` (manual, "$jsonSchema: Available Keywords"), by name. */
export const schemaKeywords: Readonly<Record<string, Keyword>> = {
  additionalItems,
  additionalProperties,
  allOf: logical((holding, all) => holding === all),
  anyOf: logical((holding) => holding > 0),
  bsonType: types,
  dependencies,
  description: annotation,
  enum: enumeration,
  exclusiveMaximum: exclusiveOf('maximum'),
  exclusiveMinimum: exclusiveOf('minimum'),
  items,
  maximum: bound('exclusiveMaximum', (order) => order < 0),
  maxItems: limit(itemCount, atMost),
  maxLength: limit(characters, atMost),
  maxProperties: limit(fieldCount, atMost),
  minimum: bound('exclusiveMinimum', (order) => order > 0),
  minItems: limit(itemCount, atLeast),
  minLength: limit(characters, atLeast),
  minProperties: limit(fieldCount, atLeast),
  multipleOf,
  not: negation,
  oneOf: logical((holding) => holding === 1),
  pattern,
  patternProperties,
  properties,
  required,
  title: annotation,
  type: types,
  uniqueItems,
};

const unsupported: ReadonlySet<string> = new Set([
  '$ref',
  '$schema',
  'default',
  'definitions',
  'format',
  'id',
]);

/**
 * Compiles a JSON schema as the server reads it (draft 4, with bsonType). Collation plays no part in it.
 * @throws 9 for unknown keywords and malformed values, 14 for values of a wrong type.
 */
export function compileSchema(schema: Document): Check {
  const checks: Check[] = [];
  for (const [keyword, argument] of schema.entries()) {
    const parse = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined;
    if (parse === undefined) {
      const known = unsupported.has(keyword);
      return fail(
        9,
        'FailedToParse',
        known
          ? `$jsonSchema keyword '${keyword}' is not currently supported`
          : `Unknown $jsonSchema keyword: ${keyword}`,
      );
    }
    const check = parse(argument, { keyword, schema, parse: compileSchema });
    if (check !== undefined) checks.push(check);
  }
  return (value) => checks.every((check) => check(value));
}
