import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import { namedArguments, refuse } from '../expressions/arguments.ts';
import type { Compiler, Expression } from '../expressions/expression.ts';
import type { Accumulator, AccumulatorOperator, AccumulatorTable } from './accumulator.ts';

/**
 * Numbers of which percentiles are asked. All are kept, so that the answer is the exact one; MongoDB's
 * "approximate" method gives the same until it has to merge its centroids.
 */
class Percentiles implements Accumulator {
  readonly #numbers: number[] = [];
  readonly #ranks: readonly number[];
  readonly #single: boolean;
  held = 0;
  constructor(ranks: readonly number[], single: boolean) {
    this.#ranks = ranks;
    this.#single = single;
  }
  add(value: Value | undefined): void {
    if (!isNumber(value) || Number.isNaN(toDouble(value))) return;
    this.#numbers.push(toDouble(value));
    this.held += 8;
  }
  result(): Value {
    const sorted = this.#numbers.toSorted((a, b) => a - b);
    const found = this.#ranks.map((rank) => sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null);
    return this.#single ? (found[0] ?? null) : found;
  }
}

const invalid = (code: number, message: string): never => refuse(code, message);

function ranksOf(spec: Value | undefined, compiler: Compiler): number[] {
  const compiled = compiler.compile(spec ?? null);
  const list = compiled.form.kind === 'constant' ? compiled.form.value : undefined;
  if (!Array.isArray(list) || list.length === 0) {
    return invalid(
      7750300,
      "The $percentile 'p' field must be an array of constant values, but found value of another kind",
    );
  }
  return list.map((rank) => {
    if (!isNumber(rank))
      return invalid(7750302, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
    const p = toDouble(rank);
    return p >= 0 && p <= 1
      ? p
      : invalid(7750303, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
  });
}

function checkMethod(method: Value | undefined, name: string): void {
  if (typeof method !== 'string') {
    fail(14, 'TypeMismatch', `BSON field '${name}.method' is the wrong type, expected type 'string'`);
  }
  if (method !== 'approximate') {
    fail(2, 'BadValue', `Currently only 'approximate' can be used as percentile 'method'.`);
  }
}

/** What $median and $percentile take: their input and new states. */
interface PercentileArguments {
  readonly input: Expression;
  create(): Accumulator;
}

export function percentileArguments(spec: Value, compiler: Compiler, name: string): PercentileArguments {
  const median = name === '$median';
  if (!(spec instanceof Document)) {
    invalid(median ? 7436100 : 7429703, `specification must be an object; found ${name}: ${typeof spec}`);
  }
  const raw = namedArguments(spec, name, {
    required: median ? ['input', 'method'] : ['input', 'p', 'method'],
    codes: [7429703, 40415, 40414],
    messages: {
      unknown: (op, key) => `BSON field '${op}.${key}' is an unknown field.`,
      missing: (op, key) => `BSON field '${op}.${key}' is missing but a required field`,
    },
  });
  checkMethod(raw.get('method'), name);
  const ranks = median ? [0.5] : ranksOf(raw.get('p'), compiler);
  return {
    input: compiler.compile(raw.get('input') as Value),
    create: () => new Percentiles(ranks, median),
  };
}

const percentile: AccumulatorOperator = (spec, compiler, name) => {
  const { input, create } = percentileArguments(spec, compiler, name);
  return { argument: input, create };
};

/** Percentiles. */
export const percentileAccumulators: AccumulatorTable = { $median: percentile, $percentile: percentile };
