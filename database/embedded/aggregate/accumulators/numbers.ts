import { decimalFromInteger } from '../../core/decimal.ts';
import { divideDecimals } from '../../core/decimalmath.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import { int32, type Value } from '../../core/values.ts';
import {
  type Accumulator,
  type AccumulatorOperator,
  type AccumulatorTable,
  ofValues,
} from './accumulator.ts';
import { Summation } from './summation.ts';

class Sum implements Accumulator {
  readonly #sum = new Summation();
  add(value: Value | undefined): void {
    this.#sum.add(value);
  }
  remove(value: Value | undefined): void {
    this.#sum.add(value, -1);
  }
  result(): Value {
    return this.#sum.total;
  }
}

class Average implements Accumulator {
  readonly #sum = new Summation();
  #count = 0;
  add(value: Value | undefined): void {
    if (this.#sum.add(value)) this.#count++;
  }
  remove(value: Value | undefined): void {
    if (this.#sum.add(value, -1)) this.#count--;
  }
  result(): Value {
    if (this.#count === 0) return null;
    if (!this.#sum.hasDecimal) return this.#sum.asDouble / this.#count;
    return divideDecimals(this.#sum.asDecimal, decimalFromInteger(this.#count));
  }
}

/** Welford's running variance. */
class Deviation implements Accumulator {
  readonly #lost: number;
  #count = 0;
  #mean = 0;
  #squares = 0;
  /** `lost` degrees of freedom: 0 for a population, 1 for a sample. */
  constructor(lost: number) {
    this.#lost = lost;
  }
  add(value: Value | undefined): void {
    if (!isNumber(value)) return;
    const n = toDouble(value);
    this.#count++;
    const delta = n - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (n - this.#mean);
  }
  result(): Value {
    const free = this.#count - this.#lost;
    return free <= 0 ? null : Math.sqrt(this.#squares / free);
  }
}

const count: AccumulatorOperator = (spec, compiler, name) => {
  if (!(spec instanceof Document) || spec.size > 0) {
    fail(14, 'TypeMismatch', `${name} takes no arguments, i.e. ${name}:{}`);
  }
  return { argument: compiler.compile(int32(1)), create: () => new Sum() };
};

/** Sums, averages and deviations; what is not a number does not count. */
export const numberAccumulators = {
  $sum: ofValues(() => () => new Sum()),
  $avg: ofValues(() => () => new Average()),
  $stdDevPop: ofValues(() => () => new Deviation(0)),
  $stdDevSamp: ofValues(() => () => new Deviation(1)),
  $count: count,
} satisfies AccumulatorTable;
