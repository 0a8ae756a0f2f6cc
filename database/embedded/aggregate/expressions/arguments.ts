import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { typeNames, typeOf, type Value } from '../../core/values.ts';
import type { Compiler, Expression, Operation, Operator } from './expression.ts';

/** The name of a value's type as MongoDB's messages give it. */
export function nameOfType(value: Value | undefined): string {
  return value === undefined ? 'missing' : (typeNames[typeOf(value)] ?? 'missing');
}

/** Throws with a code that has no name of its own. */
export function refuse(code: number, message: string): never {
  fail(code, `Location${code}`, message);
}

/** The operands of an operator that takes a list or a single one. */
export function operandsOf(spec: Value, compiler: Compiler): Expression[] {
  return (Array.isArray(spec) ? spec : [spec]).map((item) => compiler.compile(item));
}

type Build = (args: readonly Expression[], compiler: Compiler, name: string) => Operation['evaluate'];

function countArguments(args: readonly unknown[], least: number, most: number, name: string): void {
  if (args.length >= least && args.length <= most) return;
  if (least === most) {
    const plural = `Expression ${name} takes exactly ${least} arguments. ${args.length} were passed in.`;
    refuse(16020, plural);
  }
  refuse(
    28667,
    most === Infinity
      ? `Expression ${name} takes at least ${least} arguments, but ${args.length} were passed in.`
      : `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${args.length} were passed in.`,
  );
}

/** An operator of `least` to `most` operands; 16020 or 28667 for another number of them. */
export function operator(least: number, most: number, build: Build): Operator {
  return (spec, compiler, name) => {
    const args = operandsOf(spec, compiler);
    countArguments(args, least, most, name);
    return { evaluate: build(args, compiler, name), args };
  };
}

/** An operator of one operand that is a function of its value. */
export function unary(apply: (value: Value | undefined, name: string) => Value | undefined): Operator {
  return operator(1, 1, (args, _compiler, name) => {
    const operand = args[0] as Expression;
    return (root) => apply(operand.evaluate(root), name);
  });
}

/** An operator of two operands that is a function of their values. */
export function binary(
  apply: (a: Value | undefined, b: Value | undefined, name: string) => Value | undefined,
): Operator {
  return operator(2, 2, (args, _compiler, name) => {
    const [first, second] = args as [Expression, Expression];
    return (root) => apply(first.evaluate(root), second.evaluate(root), name);
  });
}

/** What an operator with named arguments takes, and the codes it refuses others with. */
export interface NamedArguments {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** [not an object, unknown argument, missing argument] */
  readonly codes: readonly [number, number, number];
  /** What the operator calls itself in messages, when that is not its name. */
  readonly messages?: {
    readonly object?: (name: string, type: string) => string;
    readonly unknown?: (name: string, key: string) => string;
    readonly missing?: (name: string, key: string) => string;
  };
}

const codeNames: Readonly<Record<number, string>> = { 9: 'FailedToParse', 2: 'BadValue', 14: 'TypeMismatch' };

function refuseArgument(code: number, message: string): never {
  fail(code, codeNames[code] ?? `Location${code}`, message);
}

/** The raw named arguments of an operator, checked against what it takes. */
export function namedArguments(spec: Value, name: string, takes: NamedArguments): Map<string, Value> {
  const [notObject, unknown, missing] = takes.codes;
  if (!(spec instanceof Document)) {
    const say = takes.messages?.object ?? ((op) => `${op} only supports an object as its argument`);
    refuseArgument(notObject, say(name, nameOfType(spec)));
  }
  const found = new Map<string, Value>();
  for (const [key, value] of spec.entries()) {
    if (!takes.required.includes(key) && !takes.optional?.includes(key)) {
      const say = takes.messages?.unknown ?? ((op, k) => `Unrecognized argument to ${op}: ${k}`);
      refuseArgument(unknown, say(name, key));
    }
    found.set(key, value);
  }
  for (const key of takes.required) {
    if (found.has(key)) continue;
    const say = takes.messages?.missing ?? ((op, k) => `Missing '${k}' parameter to ${op}`);
    refuseArgument(missing, say(name, key));
  }
  return found;
}

/** The compiled named arguments of an operator, by name, and all of them in the order given. */
interface CompiledArguments {
  readonly named: Readonly<Record<string, Expression | undefined>>;
  readonly args: readonly Expression[];
}

/** Checks and compiles the named arguments of an operator. */
export function compileNamed(
  spec: Value,
  compiler: Compiler,
  name: string,
  takes: NamedArguments,
): CompiledArguments {
  const named: Record<string, Expression> = {};
  for (const [key, value] of namedArguments(spec, name, takes)) named[key] = compiler.compile(value);
  return { named, args: Object.values(named) };
}
