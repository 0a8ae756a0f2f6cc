import { Document } from '../../core/document.ts';
import { int32, type Value } from '../../core/values.ts';
import { type NamedArguments, namedArguments, nameOfType, operator, refuse, unary } from './arguments.ts';
import {
  type Expression,
  isNullish,
  type Operation,
  type Operator,
  type OperatorTable,
} from './expression.ts';

const mergeObjects = operator(0, Infinity, (args) => (root) => {
  const [only] = args;
  if (args.length === 1 && only !== undefined) {
    const value = only.evaluate(root);
    return mergeAll(Array.isArray(value) ? value : [value]);
  }
  return mergeAll(args.map((arg) => arg.evaluate(root)));
});

/** Objects laid over each other, the later fields winning in the earlier places; nulls count for nothing. */
function mergeAll(values: readonly (Value | undefined)[]): Document {
  const merged = Document.of();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!(value instanceof Document)) {
      refuse(40400, `$mergeObjects requires object inputs, but input is of type ${nameOfType(value)}`);
    }
    for (const [name, item] of value.entries()) merged.set(name, item);
  }
  return merged;
}

/** The codes for a field name that is a path, another expression, or no text. */
type FieldCodes = readonly [path: number, expression: number, type: number];

/** The field name of $getField and $setField: a text as it stands, or one in $literal. */
function constantField(spec: Value | undefined, name: string, codes: FieldCodes): string {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    refuse(
      codes[0],
      `'${spec}' is a field path reference which is not allowed in this context. Did you mean {$literal: '${spec}'}?`,
    );
  }
  const [operator] = spec instanceof Document ? spec.keys() : [];
  const isLiteral = operator === '$literal' || operator === '$const';
  if ((spec instanceof Document && !isLiteral) || Array.isArray(spec)) {
    refuse(codes[1], `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`);
  }
  const value = spec instanceof Document ? spec.get(operator as string) : spec;
  if (typeof value !== 'string') {
    refuse(codes[2], `${name} requires 'field' to evaluate to type String, but got ${nameOfType(value)}`);
  }
  return value;
}

const GET_CODES: FieldCodes = [5654600, 5654601, 5654602];
const SET_CODES: FieldCodes = [4161108, 4161106, 4161107];

const getFieldArguments: NamedArguments = {
  required: ['field'],
  optional: ['input'],
  codes: [3041701, 3041701, 3041702],
  messages: {
    unknown: (op, key) => `${op} found an unknown argument: ${key}`,
    missing: (op, key) => `${op} requires '${key}' to be specified`,
  },
};

const getField: Operator = (spec, compiler, name) => {
  const short = !(spec instanceof Document) || spec.keys()[0]?.startsWith('$') === true;
  const raw = short ? new Map([['field', spec]]) : namedArguments(spec, name, getFieldArguments);
  const from = raw.get('input') ?? (short ? '$$CURRENT' : undefined);
  if (from === undefined) refuse(3041703, `${name} requires 'input' to be specified`);
  const key = constantField(raw.get('field'), name, GET_CODES);
  const input = compiler.compile(from);
  return {
    args: [input],
    evaluate: (root) => {
      const value = input.evaluate(root);
      if (value instanceof Document) return value.get(key);
      return value !== undefined && isNullish(value) ? null : undefined;
    },
  };
};

function fieldSetter(
  key: string,
  input: Expression,
  value: Expression | undefined,
  name: string,
): Operation['evaluate'] {
  return (root) => {
    const target = input.evaluate(root);
    if (isNullish(target)) return null;
    if (!(target instanceof Document)) {
      refuse(4161105, `${name} requires 'input' to evaluate to type Object`);
    }
    const set = value?.evaluate(root);
    const changed = target.clone();
    if (set === undefined) changed.delete(key);
    else changed.set(key, set);
    return changed;
  };
}

const setMissing: Readonly<Record<string, number>> = { field: 4161102, value: 4161103, input: 4161109 };

const setterOf =
  (required: readonly string[]): Operator =>
  (spec, compiler, name) => {
    const raw = namedArguments(spec, name, {
      required,
      codes: [4161100, 4161101, 4161102],
      messages: {
        object: (op, type) => `${op} only supports an object as its argument, found ${type}`,
        unknown: (op, key) => `${op} found an unknown argument: ${key}`,
        missing: (op, key) => refuse(setMissing[key] ?? 4161102, `${op} requires '${key}' to be specified`),
      },
    });
    const key = constantField(raw.get('field'), name, SET_CODES);
    const input = compiler.compile(raw.get('input') as Value);
    const value = raw.has('value') ? compiler.compile(raw.get('value') as Value) : undefined;
    return {
      args: value === undefined ? [input] : [input, value],
      evaluate: fieldSetter(key, input, value, name),
    };
  };

function bsonSize(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Document)) {
    refuse(31393, `$bsonSize requires a document input, found: ${nameOfType(value)}`);
  }
  return int32(value.toBytes().length);
}

/** Documents and their fields. */
export const objectOperators: OperatorTable = {
  $mergeObjects: mergeObjects,
  $getField: getField,
  $setField: setterOf(['field', 'value', 'input']),
  $unsetField: setterOf(['field', 'input']),
  $bsonSize: unary(bsonSize),
};
