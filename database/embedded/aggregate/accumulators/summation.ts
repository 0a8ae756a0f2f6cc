import { decimalFromDouble, decimalFromInteger } from '../../core/decimal.ts';
import { addDecimals, subtractDecimals } from '../../core/decimalmath.ts';
import { isNumber } from '../../core/numbers.ts';
import { type Decimal128, Int32, type Value } from '../../core/values.ts';
import { fitsLong, intOrLong } from '../expressions/integers.ts';

const SAFE = 2 ** 53 - 1;

/**
 * The sum of numbers of all types. Integers are summed exactly, doubles with their rounding errors carried
 * along, decimals as decimals; the result has the widest type that was added.
 */
export class Summation {
  #small = 0;
  #large = 0n;
  #double = 0;
  #error = 0;
  /** How many doubles are NaN, Infinity and -Infinity. */
  readonly #specials = [0, 0, 0];
  #decimal: Decimal128 | undefined;
  /** How many numbers of each type are in the sum: int, long, double, decimal. */
  readonly #counts = [0, 0, 0, 0];

  /** Adds a number (`sign` 1) or takes it away again (-1); anything else is left out. */
  add(value: Value | undefined, sign: 1 | -1 = 1): boolean {
    if (value instanceof Int32) this.#addInteger(value.value, sign);
    else if (typeof value === 'number') this.#addDouble(value, sign);
    else if (typeof value === 'bigint') this.#addLong(value, sign);
    else if (isNumber(value)) this.#addDecimal(value, sign);
    else return false;
    return true;
  }

  #count(type: 0 | 1 | 2 | 3, sign: 1 | -1): void {
    this.#counts[type] = (this.#counts[type] as number) + sign;
  }

  #addInteger(n: number, sign: 1 | -1): void {
    this.#count(0, sign);
    this.#small += sign * n;
    if (Math.abs(this.#small) > SAFE - 2 ** 32) this.#carry();
  }

  #carry(): void {
    this.#large += BigInt(this.#small);
    this.#small = 0;
  }

  #addLong(n: bigint, sign: 1 | -1): void {
    this.#count(1, sign);
    this.#large += sign < 0 ? -n : n;
  }

  #addDouble(n: number, sign: 1 | -1): void {
    this.#count(2, sign);
    if (!Number.isFinite(n)) {
      const kind = Number.isNaN(n) ? 0 : n > 0 ? 1 : 2;
      this.#specials[kind] = (this.#specials[kind] as number) + sign;
      return;
    }
    this.#fold(sign * n);
  }

  /** Knuth's two-sum: keeps what rounding loses. */
  #fold(n: number): void {
    const sum = this.#double + n;
    const back = sum - this.#double;
    this.#error += this.#double - (sum - back) + (n - back);
    this.#double = sum;
  }

  #addDecimal(n: Decimal128, sign: 1 | -1): void {
    this.#count(3, sign);
    const sum = this.#decimal ?? decimalFromInteger(0);
    this.#decimal = sign < 0 ? subtractDecimals(sum, n) : addDecimals(sum, n);
  }

  /** NaN or an infinity when one was added, else 0. */
  get #special(): number {
    const [nan = 0, positive = 0, negative = 0] = this.#specials;
    if (nan > 0 || (positive > 0 && negative > 0)) return Number.NaN;
    return positive > 0 ? Infinity : negative > 0 ? -Infinity : 0;
  }

  get #integer(): bigint {
    this.#carry();
    return this.#large;
  }

  /** The sum of all but the decimals as a double. */
  get asDouble(): number {
    const special = this.#special;
    if (special !== 0) return special;
    const integer = this.#integer;
    const double = this.#double;
    const error = this.#error;
    const high = Number(integer);
    this.#fold(high);
    this.#fold(Number(integer - BigInt(high)));
    const total = this.#double + this.#error;
    this.#double = double;
    this.#error = error;
    return total;
  }

  get hasDecimal(): boolean {
    return (this.#counts[3] as number) > 0;
  }

  /** The whole sum as a decimal. */
  get asDecimal(): Decimal128 {
    let total = addDecimals(this.#decimal ?? decimalFromInteger(0), decimalFromInteger(this.#integer));
    for (const part of [this.#special, this.#double, this.#error]) {
      if (part !== 0) total = addDecimals(total, decimalFromDouble(part, 34));
    }
    return total;
  }

  /** The sum in the widest type added; integers beyond 64 bits as a double. */
  get total(): Value {
    if (this.hasDecimal) return this.asDecimal;
    if ((this.#counts[2] as number) > 0) return this.asDouble;
    const integer = this.#integer;
    if (!fitsLong(integer)) return Number(integer);
    return (this.#counts[1] as number) > 0 ? integer : intOrLong(integer);
  }
}
