import { type Collation, compareValues, hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { isNullish } from '../expressions/expression.ts';
import { type Accumulator, type AccumulatorTable, ofValues } from './accumulator.ts';
import { sizeOf } from './size.ts';

/** The least (`sign` 1) or greatest (-1) value; null and missing do not count. */
class Extreme implements Accumulator {
  readonly #sign: 1 | -1;
  readonly #collation: Collation | undefined;
  #best: Value | undefined;
  constructor(sign: 1 | -1, collation: Collation | undefined) {
    this.#sign = sign;
    this.#collation = collation;
  }
  add(value: Value | undefined): void {
    if (isNullish(value)) return;
    if (this.#best === undefined || this.#sign * compareValues(value, this.#best, this.#collation) < 0) {
      this.#best = value;
    }
  }
  result(): Value {
    return this.#best ?? null;
  }
}

class First implements Accumulator {
  #seen = false;
  #value: Value | undefined;
  add(value: Value | undefined): void {
    if (this.#seen) return;
    this.#seen = true;
    this.#value = value;
  }
  result(): Value | undefined {
    return this.#value;
  }
}

class Last implements Accumulator {
  #value: Value | undefined;
  add(value: Value | undefined): void {
    this.#value = value;
  }
  result(): Value | undefined {
    return this.#value;
  }
}

class Push implements Accumulator {
  readonly #items: Value[] = [];
  held = 0;
  add(value: Value | undefined): void {
    if (value === undefined) return;
    this.#items.push(value);
    this.held += sizeOf(value);
  }
  result(): Value {
    return this.#items;
  }
}

class AddToSet implements Accumulator {
  readonly #items = new Map<string, Value>();
  readonly #collation: Collation | undefined;
  held = 0;
  constructor(collation: Collation | undefined) {
    this.#collation = collation;
  }
  add(value: Value | undefined): void {
    if (value === undefined) return;
    const key = hashKey(value, this.#collation);
    if (this.#items.has(key)) return;
    this.#items.set(key, value);
    this.held += sizeOf(value) + key.length;
  }
  result(): Value {
    return [...this.#items.values()];
  }
}

class MergeObjects implements Accumulator {
  readonly #merged = Document.of();
  add(value: Value | undefined): void {
    if (isNullish(value)) return;
    if (!(value instanceof Document)) {
      refuse(40400, `$mergeObjects requires object inputs, but input is of type ${nameOfType(value)}`);
    }
    for (const [name, item] of value.entries()) this.#merged.set(name, item);
  }
  result(): Value {
    return this.#merged;
  }
}

/** Accumulators of values of any type. */
export const valueAccumulators = {
  $min: ofValues(
    ({ env }) =>
      () =>
        new Extreme(1, env.collation),
  ),
  $max: ofValues(
    ({ env }) =>
      () =>
        new Extreme(-1, env.collation),
  ),
  $first: ofValues(() => () => new First()),
  $last: ofValues(() => () => new Last()),
  $push: ofValues(() => () => new Push()),
  $addToSet: ofValues(
    ({ env }) =>
      () =>
        new AddToSet(env.collation),
  ),
  $mergeObjects: ofValues(() => () => new MergeObjects()),
} satisfies AccumulatorTable;
