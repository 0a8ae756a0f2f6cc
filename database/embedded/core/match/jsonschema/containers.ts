import { Document } from '../../document.ts';
import { fail } from '../../errors.ts';
import type { Value } from '../../values.ts';
import { typeNames, typeOf } from '../../values.ts';
import { compileRegex } from '../pcre.ts';
import type { Check, Keyword, SchemaContext } from './check.ts';
import { malformed, mistyped } from './check.ts';
import { hasRepetition } from './scalars.ts';

function names(argument: Value, keyword: string): readonly string[] {
  if (!Array.isArray(argument)) {
    return mistyped(keyword, `must be an array, but found an element of type ${typeNames[typeOf(argument)]}`);
  }
  if (argument.length === 0) malformed(keyword, 'cannot be an empty array');
  const found = argument.map((name) =>
    typeof name === 'string'
      ? name
      : mistyped(
          keyword,
          `must be an array of strings, but found an element of type: ${typeNames[typeOf(name)]}`,
        ),
  );
  if (new Set(found).size < found.length) malformed(keyword, 'array cannot contain duplicate values');
  return found;
}

export const required: Keyword = (argument, { keyword }) => {
  const wanted = names(argument, keyword);
  return (value) => !(value instanceof Document) || wanted.every((name) => value.has(name));
};

function subschemas(argument: Value, { keyword, parse }: SchemaContext): [name: string, check: Check][] {
  if (!(argument instanceof Document)) return mistyped(keyword, 'must be an object');
  return argument.entries().map(([name, schema]) => {
    if (!(schema instanceof Document)) {
      return fail(14, 'TypeMismatch', `Nested schema for $jsonSchema property '${name}' must be an object`);
    }
    return [name, parse(schema)];
  });
}

export const properties: Keyword = (argument, context) => {
  const checks = subschemas(argument, context);
  return (value) =>
    !(value instanceof Document) ||
    checks.every(([name, check]) => {
      const item = value.get(name);
      return item === undefined || check(item);
    });
};

export const patternProperties: Keyword = (argument, context) => {
  const checks = subschemas(argument, context).map(
    ([source, check]) => [compileRegex(source, ''), check] as const,
  );
  return (value) =>
    !(value instanceof Document) ||
    value
      .entries()
      .every(([name, item]) => checks.every(([regex, check]) => !regex.test(name) || check(item)));
};

/** A boolean, or a schema: what is to hold of everything that other keywords do not speak of. */
function rest(argument: Value, { keyword, parse }: SchemaContext): Check {
  if (typeof argument === 'boolean') return () => argument;
  return argument instanceof Document ? parse(argument) : mistyped(keyword, 'must be an object or a boolean');
}

function fieldNames(argument: Value | undefined): readonly string[] {
  return argument instanceof Document ? argument.keys() : [];
}

export const additionalProperties: Keyword = (argument, context) => {
  const check = rest(argument, context);
  const known = new Set(fieldNames(context.schema.get('properties')));
  const patterns = fieldNames(context.schema.get('patternProperties')).map((source) =>
    compileRegex(source, ''),
  );
  return (value) =>
    !(value instanceof Document) ||
    value
      .entries()
      .every(([name, item]) => known.has(name) || patterns.some((regex) => regex.test(name)) || check(item));
};

export const dependencies: Keyword = (argument, { keyword, parse }) => {
  if (!(argument instanceof Document)) return mistyped(keyword, 'must be an object');
  const checks = argument.entries().map(([name, dependency]): readonly [string, Check] => {
    if (dependency instanceof Document) return [name, parse(dependency)];
    const wanted = names(dependency, keyword);
    return [name, (value) => value instanceof Document && wanted.every((other) => value.has(other))];
  });
  return (value) =>
    !(value instanceof Document) || checks.every(([name, check]) => !value.has(name) || check(value));
};

export const items: Keyword = (argument, { keyword, parse }) => {
  if (argument instanceof Document) {
    const check = parse(argument);
    return (value) => !Array.isArray(value) || value.every(check);
  }
  if (!Array.isArray(argument)) {
    return mistyped(keyword, `must be an array or an object, not ${typeNames[typeOf(argument)]}`);
  }
  const checks = argument.map((schema) =>
    schema instanceof Document
      ? parse(schema)
      : mistyped(keyword, 'requires that each element of the array is an object'),
  );
  return (value) =>
    !Array.isArray(value) || checks.every((check, i) => i >= value.length || check(value[i] as Value));
};

export const additionalItems: Keyword = (argument, context) => {
  const check = rest(argument, context);
  const listed = context.schema.get('items');
  if (!Array.isArray(listed)) return undefined;
  return (value) => !Array.isArray(value) || value.slice(listed.length).every(check);
};

export const uniqueItems: Keyword = (argument, { keyword }) => {
  if (typeof argument !== 'boolean') return mistyped(keyword, 'must be a boolean');
  return argument ? (value) => !Array.isArray(value) || !hasRepetition(value) : undefined;
};
