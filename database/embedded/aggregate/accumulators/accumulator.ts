import type { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import type { Compiler, Expression } from '../expressions/expression.ts';

/** The running state of one accumulator over one group. */
export interface Accumulator {
  add(value: Value | undefined): void;
  /** Undoes an `add` of the oldest value; only where a window may slide. */
  remove?(value: Value | undefined): void;
  /** What has been accumulated; undefined stands for null where a field is written. */
  result(): Value | undefined;
  /** Bytes held beyond a constant, about. */
  readonly held?: number;
}

/** A parsed accumulator: the value it takes from each document, and new states. */
export interface Accumulation {
  readonly argument: Expression;
  /** `key` is the group's key when it is a document, which `n` may refer to. */
  create(key: Document): Accumulator;
}

/** Parses the operand of an accumulator. */
export type AccumulatorOperator = (spec: Value, compiler: Compiler, name: string) => Accumulation;

export type AccumulatorTable = Readonly<Record<string, AccumulatorOperator>>;

/** An accumulator of the values of one expression. */
export function ofValues(create: (compiler: Compiler) => () => Accumulator): AccumulatorOperator {
  return (spec, compiler) => {
    const made = create(compiler);
    return { argument: compiler.compile(spec), create: made };
  };
}
