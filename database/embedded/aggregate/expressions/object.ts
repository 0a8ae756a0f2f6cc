import { Document } from '../../core/document.ts';
import { int32, type Value } from '../../core/values.ts';
import { compileNamed, nameOfType, operator, refuse, unary } from './arguments.ts';
import {
  type Compiler,
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
export function mergeAll(values: readonly (Value | undefined)[]): Document {
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

/** The field name of $getField and $setField, which must be a constant text. */
function constantField(field: Expression, name: string, codes: readonly [number, number]): string {
  const { form } = field;
  if (form.kind !== 'constant') {
    refuse(codes[0], `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`);
  }
  if (typeof form.value !== 'string') {
    refuse(
      codes[1],
      `${name} requires 'field' to evaluate to type String, but got ${nameOfType(form.value)}`,
    );
  }
  return form.value;
}

function getFieldParts(
  spec: Value,
  compiler: Compiler,
  name: string,
): { field: Expression; input: Expression; args: readonly Expression[] } {
  if (!(spec instanceof Document) || spec.keys()[0]?.startsWith('$') === true) {
    const field = compiler.compile(spec);
    const input = compiler.compile('$$CURRENT');
    return { field, input, args: [field, input] };
  }
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['field'],
    optional: ['input'],
    codes: [3041701, 3041701, 3041702],
    messages: {
      unknown: (op, key) => `${op} found an unknown argument: ${key}`,
      missing: (op, key) => `${op} requires '${key}' to be specified`,
    },
  });
  const input = named.input ?? refuse(3041703, `${name} requires 'input' to be specified`);
  return { field: named.field as Expression, input, args };
}

const getField: Operator = (spec, compiler, name) => {
  const { field, input, args } = getFieldParts(spec, compiler, name);
  const key = constantField(field, name, [5654601, 5654602]);
  return {
    args,
    evaluate: (root) => {
      const value = input.evaluate(root);
      if (value instanceof Document) return value.get(key);
      return value !== undefined && isNullish(value) ? null : undefined;
    },
  };
};

function fieldSetter(
  named: Readonly<Record<string, Expression | undefined>>,
  name: string,
): Operation['evaluate'] {
  const key = constantField(named.field as Expression, name, [4161106, 4161107]);
  const input = named.input as Expression;
  return (root) => {
    const target = input.evaluate(root);
    if (isNullish(target)) return null;
    if (!(target instanceof Document)) {
      refuse(4161105, `${name} requires 'input' to evaluate to type Object`);
    }
    const value = named.value?.evaluate(root);
    const changed = target.clone();
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
    return changed;
  };
}

const setMissing: Readonly<Record<string, number>> = { field: 4161102, value: 4161103, input: 4161109 };

const setterOf =
  (required: readonly string[]): Operator =>
  (spec, compiler, name) => {
    const { named, args } = compileNamed(spec, compiler, name, {
      required,
      codes: [4161100, 4161101, 4161102],
      messages: {
        object: (op, type) => `${op} only supports an object as its argument, found ${type}`,
        unknown: (op, key) => `${op} found an unknown argument: ${key}`,
        missing: (op, key) => refuse(setMissing[key] ?? 4161102, `${op} requires '${key}' to be specified`),
      },
    });
    return { args, evaluate: fieldSetter(named, name) };
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
