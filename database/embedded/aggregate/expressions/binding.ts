import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { namedArguments, nameOfType, refuse } from './arguments.ts';
import { isTrue } from './boolean.ts';
import {
  type Cell,
  type Compiler,
  type Expression,
  isNullish,
  type Operator,
  type OperatorTable,
} from './expression.ts';
import { asInt } from './integers.ts';
import { checkBoundName } from './variables.ts';

const letOperator: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: ['vars', 'in'],
    codes: [16874, 16875, 16876],
    messages: {
      unknown: (op, key) => `Unrecognized parameter to ${op}: ${key}`,
      missing: (op, key) =>
        key === 'vars'
          ? `Missing 'vars' parameter to ${op}`
          : refuse(16877, `Missing 'in' parameter to ${op}`),
    },
  });
  const vars = raw.get('vars');
  if (!(vars instanceof Document)) {
    refuse(10065, `invalid parameter: expected an object (vars)`);
  }
  const cells = new Map<string, Cell>();
  const bindings = vars.entries().map(([variable, value]) => {
    checkBoundName(variable);
    const cell: Cell = { value: undefined };
    cells.set(variable, cell);
    return { cell, value: compiler.compile(value) };
  });
  const body = compiler.bind(cells).compile(raw.get('in') as Value);
  return {
    args: [...bindings.map(({ value }) => value), body],
    evaluate: (root) => {
      const values = bindings.map(({ value }) => value.evaluate(root));
      for (let i = 0; i < bindings.length; i++) (bindings[i] as { cell: Cell }).cell.value = values[i];
      return body.evaluate(root);
    },
  };
};

/** Binds the variable that `as` names ('this' by default) and compiles a body that sees it. */
function bodyOf(
  spec: Value,
  as: Value | undefined,
  compiler: Compiler,
  name: string,
): { cell: Cell; body: Expression } {
  if (as !== undefined && typeof as !== 'string') {
    refuse(name === '$map' ? 16881 : 28649, `${name} requires 'as' to be a string, found: ${nameOfType(as)}`);
  }
  const variable = as ?? 'this';
  checkBoundName(variable);
  const cell: Cell = { value: undefined };
  return { cell, body: compiler.bind(new Map([[variable, cell]])).compile(spec) };
}

const map: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: ['input', 'in'],
    optional: ['as'],
    codes: [16878, 16879, 16880],
    messages: {
      unknown: (op, key) => `Unrecognized parameter to ${op}: ${key}`,
      missing: (op, key) =>
        key === 'input'
          ? `Missing 'input' parameter to ${op}`
          : refuse(16882, `Missing 'in' parameter to ${op}`),
    },
  });
  const input = compiler.compile(raw.get('input') as Value);
  const { cell, body } = bodyOf(raw.get('in') as Value, raw.get('as'), compiler, name);
  return {
    args: [input, body],
    evaluate: (root) => {
      const list = input.evaluate(root);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) refuse(16883, `input to $map must be an array not ${nameOfType(list)}`);
      return list.map((item) => {
        cell.value = item;
        return body.evaluate(root) ?? null;
      });
    },
  };
};

/** How many items $filter may keep; null for no limit given as null. */
function limitOf(limit: Expression | undefined, root: Document): number {
  const value = limit?.evaluate(root);
  if (isNullish(value)) return Infinity;
  const most = asInt(value);
  if (most === undefined) {
    refuse(327391, `$filter: limit must be represented as a 32-bit integral value: ${nameOfType(value)}`);
  }
  if (most < 1) refuse(327392, `$filter: limit must be greater than 0: ${most}`);
  return most;
}

const filter: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes: [28646, 28647, 28648],
    messages: {
      unknown: (op, key) => `Unrecognized parameter to ${op}: ${key}`,
      missing: (op, key) =>
        key === 'input'
          ? `Missing 'input' parameter to ${op}`
          : refuse(28650, `Missing 'cond' parameter to ${op}`),
    },
  });
  const input = compiler.compile(raw.get('input') as Value);
  const { cell, body } = bodyOf(raw.get('cond') as Value, raw.get('as'), compiler, name);
  const limit = raw.has('limit') ? compiler.compile(raw.get('limit') as Value) : undefined;
  return {
    args: limit === undefined ? [input, body] : [input, body, limit],
    evaluate: (root) => {
      const list = input.evaluate(root);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) refuse(28651, `input to $filter must be an array not ${nameOfType(list)}`);
      const most = limitOf(limit, root);
      const kept: Value[] = [];
      for (const item of list) {
        if (kept.length >= most) break;
        cell.value = item;
        if (isTrue(body.evaluate(root))) kept.push(item);
      }
      return kept;
    },
  };
};

const reduceMissing: Readonly<Record<string, number>> = { input: 40077, initialValue: 40078, in: 40079 };

const reduce: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: ['input', 'initialValue', 'in'],
    codes: [40075, 40076, 40077],
    messages: {
      object: (op, type) => `${op} requires an object as an argument, found: ${type}`,
      unknown: (op, key) => `${op} found an unknown argument: ${key}`,
      missing: (op, key) => refuse(reduceMissing[key] ?? 40077, `${op} requires '${key}' to be specified`),
    },
  });
  const input = compiler.compile(raw.get('input') as Value);
  const initial = compiler.compile(raw.get('initialValue') as Value);
  const item: Cell = { value: undefined };
  const total: Cell = { value: undefined };
  const body = compiler
    .bind(
      new Map([
        ['this', item],
        ['value', total],
      ]),
    )
    .compile(raw.get('in') as Value);
  return {
    args: [input, initial, body],
    evaluate: (root) => {
      const list = input.evaluate(root);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) {
        refuse(40080, `$reduce requires that 'input' be an array, found: ${nameOfType(list)}`);
      }
      let value = initial.evaluate(root);
      for (const next of list) {
        item.value = next;
        total.value = value;
        value = body.evaluate(root);
      }
      return value;
    },
  };
};

/** Operators that bind variables. */
export const bindingOperators: OperatorTable = {
  $let: letOperator,
  $map: map,
  $filter: filter,
  $reduce: reduce,
};
