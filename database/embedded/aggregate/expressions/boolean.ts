import { Document } from '../../core/document.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import {
  compileNamed,
  namedArguments,
  nameOfType,
  operandsOf,
  operator,
  refuse,
  unary,
} from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';

/** What counts as true: everything but false, null, undefined, missing and zero. */
export function isTrue(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (isNullish(value)) return false;
  if (!isNumber(value)) return true;
  return toDouble(value) !== 0;
}

const and = operator(0, Infinity, (args) => (root) => {
  for (const arg of args) if (!isTrue(arg.evaluate(root))) return false;
  return true;
});

const or = operator(0, Infinity, (args) => (root) => {
  for (const arg of args) if (isTrue(arg.evaluate(root))) return true;
  return false;
});

function choice(condition: Expression, then: Expression, otherwise: Expression): Expression['evaluate'] {
  return (root) => (isTrue(condition.evaluate(root)) ? then : otherwise).evaluate(root);
}

const condOfList = operator(3, 3, ([condition, then, otherwise]) =>
  choice(condition as Expression, then as Expression, otherwise as Expression),
);

const condMissing = new Map([
  ['if', 17080],
  ['then', 17081],
  ['else', 17082],
]);

const cond: Operator = (spec, compiler, name) => {
  if (!(spec instanceof Document)) return condOfList(spec, compiler, name);
  const { named, args } = compileNamed(spec, compiler, name, {
    required: [],
    optional: ['if', 'then', 'else'],
    codes: [17083, 17083, 17080],
    messages: { unknown: (op, key) => `Unrecognized parameter to ${op}: ${key}` },
  });
  const part = (key: string): Expression =>
    named[key] ?? refuse(condMissing.get(key) ?? 17080, `Missing '${key}' parameter to ${name}`);
  return { evaluate: choice(part('if'), part('then'), part('else')), args };
};

const ifNull: Operator = (spec, compiler) => {
  const args = operandsOf(spec, compiler);
  const last = args.at(-1);
  if (args.length < 2 || last === undefined) {
    refuse(1257300, `$ifNull needs at least two arguments, had: ${args.length}`);
  }
  return {
    args,
    evaluate: (root) => {
      for (const arg of args) {
        const value = arg.evaluate(root);
        if (!isNullish(value) || arg === last) return value;
      }
      return undefined;
    },
  };
};

interface Branch {
  readonly when: Expression;
  readonly answer: Expression;
}

function branchOf(spec: Value, compile: (spec: Value) => Expression): Branch {
  if (!(spec instanceof Document)) {
    refuse(40062, `$switch expected each branch to be an object, found: ${nameOfType(spec)}`);
  }
  for (const key of spec.keys()) {
    if (key !== 'case' && key !== 'then')
      refuse(40063, `$switch found an unknown argument to a branch: ${key}`);
  }
  const when = spec.get('case');
  const then = spec.get('then');
  if (when === undefined) refuse(40064, "$switch requires each branch have a 'case' expression");
  if (then === undefined) refuse(40065, "$switch requires each branch have a 'then' expression.");
  return { when: compile(when), answer: compile(then) };
}

const switchOperator: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: [],
    optional: ['branches', 'default'],
    codes: [40060, 40067, 40068],
    messages: {
      object: (op, type) => `${op} requires an object as an argument, found: ${type}`,
      unknown: (_op, key) => `$switch found an unknown argument: ${key}`,
    },
  });
  const list = raw.get('branches') ?? [];
  if (!Array.isArray(list)) {
    refuse(40061, `$switch expected an array for 'branches', found: ${nameOfType(list)}`);
  }
  const branches = list.map((branch) => branchOf(branch, compiler.compile));
  if (branches.length === 0) refuse(40068, '$switch requires at least one branch.');
  const otherwise = raw.has('default') ? compiler.compile(raw.get('default') as Value) : undefined;
  const args = branches.flatMap(({ when, answer }) => [when, answer]);
  return {
    args: otherwise === undefined ? args : [...args, otherwise],
    evaluate: (root) => {
      for (const { when, answer } of branches) {
        if (isTrue(when.evaluate(root))) return answer.evaluate(root);
      }
      if (otherwise === undefined) {
        refuse(40066, '$switch could not find a matching branch for an input, and no default was specified.');
      }
      return otherwise.evaluate(root);
    },
  };
};

/** Truth and choice. */
export const booleanOperators: OperatorTable = {
  $and: and,
  $or: or,
  $not: unary((value) => !isTrue(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOperator,
};
