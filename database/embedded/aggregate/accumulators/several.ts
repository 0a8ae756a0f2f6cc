import { type Collation, compareValues } from '../../core/compare.ts';
import type { Document } from '../../core/document.ts';
import { isNumber } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import { compileNamed, nameOfType, refuse } from '../expressions/arguments.ts';
import { type Expression, isNullish } from '../expressions/expression.ts';
import { asLong } from '../expressions/integers.ts';
import type { Accumulator, AccumulatorOperator, AccumulatorTable } from './accumulator.ts';
import { sizeOf } from './size.ts';

/** The `n` of $firstN and the like: a positive integer. */
export function countOf(value: Value | undefined): number {
  if (!isNumber(value))
    refuse(5787902, `Value for 'n' must be of integral type, but found ${nameOfType(value)}`);
  const n = asLong(value);
  if (n === undefined)
    refuse(5787903, `Value for 'n' must be of integral type, but found ${nameOfType(value)}`);
  if (n <= 0n) refuse(5787908, `'n' must be greater than 0, found ${n}`);
  return Number(n);
}

/** Keeps the first n values. */
class FirstN implements Accumulator {
  readonly #items: Value[] = [];
  readonly #n: number;
  held = 0;
  constructor(n: number) {
    this.#n = n;
  }
  add(value: Value | undefined): void {
    if (this.#items.length >= this.#n) return;
    this.#items.push(value ?? null);
    this.held += sizeOf(value);
  }
  result(): Value {
    return this.#items;
  }
}

/** Keeps the last n values. */
class LastN implements Accumulator {
  #items: Value[] = [];
  readonly #n: number;
  held = 0;
  constructor(n: number) {
    this.#n = n;
  }
  add(value: Value | undefined): void {
    this.#items.push(value ?? null);
    this.held += sizeOf(value);
    if (this.#items.length >= 2 * this.#n) this.#trim();
  }
  #trim(): void {
    this.#items = this.#items.slice(-this.#n);
  }
  result(): Value {
    return this.#items.slice(-this.#n);
  }
}

/** The place after all items that do not come after `item`. */
function placeFor<T>(items: readonly T[], item: T, compare: (a: T, b: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(items[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keeps the n first items of an order, or the n last. */
export class Ranked<T> {
  readonly items: T[] = [];
  readonly #n: number;
  readonly #fromEnd: boolean;
  readonly #compare: (a: T, b: T) => number;
  constructor(n: number, compare: (a: T, b: T) => number, fromEnd = false) {
    this.#n = n;
    this.#compare = compare;
    this.#fromEnd = fromEnd;
  }
  add(item: T): void {
    const place = placeFor(this.items, item, this.#compare);
    const full = this.items.length >= this.#n;
    if (full && place === (this.#fromEnd ? 0 : this.#n)) return;
    this.items.splice(place, 0, item);
    if (!full) return;
    if (this.#fromEnd) this.items.shift();
    else this.items.pop();
  }
}

class ExtremeN implements Accumulator {
  readonly #ranked: Ranked<Value>;
  held = 0;
  constructor(n: number, sign: 1 | -1, collation: Collation | undefined) {
    this.#ranked = new Ranked(n, (a, b) => sign * compareValues(a, b, collation));
  }
  add(value: Value | undefined): void {
    if (isNullish(value)) return;
    this.#ranked.add(value);
    this.held = this.#ranked.items.length * 32;
  }
  result(): Value {
    return [...this.#ranked.items];
  }
}

/** The checked operands of `{n, input}`. */
export function severalArguments(
  spec: Value,
  compiler: Parameters<AccumulatorOperator>[1],
  name: string,
): { n: Expression; input: Expression } {
  const { named } = compileNamed(spec, compiler, name, {
    required: ['n', 'input'],
    codes: [5787801, 5787901, 5787906],
    messages: {
      object: (_op, type) => `specification must be an object; found ${type}`,
      unknown: (_op, key) => `Unknown argument for 'n' operator: ${key}`,
      missing: (_op, key) =>
        key === 'n' ? "Missing value for 'n'" : refuse(5787907, "Missing value for 'input'"),
    },
  });
  return { n: named.n as Expression, input: named.input as Expression };
}

const several =
  (make: (n: number, collation: Collation | undefined) => Accumulator): AccumulatorOperator =>
  (spec, compiler, name) => {
    const { n, input } = severalArguments(spec, compiler, name);
    return {
      argument: input,
      create: (key: Document) => make(countOf(n.evaluate(key)), compiler.env.collation),
    };
  };

/** Accumulators of the first, last, least and greatest n values. */
export const severalAccumulators = {
  $firstN: several((n) => new FirstN(n)),
  $lastN: several((n) => new LastN(n)),
  $minN: several((n, collation) => new ExtremeN(n, 1, collation)),
  $maxN: several((n, collation) => new ExtremeN(n, -1, collation)),
} satisfies AccumulatorTable;
