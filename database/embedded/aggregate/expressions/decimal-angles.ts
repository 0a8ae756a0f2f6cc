import { DECIMAL_NAN, decimalFromInteger, decimalParts, infinity } from '../../core/decimal.ts';
import type { Decimal128 } from '../../core/values.ts';
import { abs, decimalOf, expFixed, fixedOf, lnFixed, ONE, over, PI, series, times } from './fixed-point.ts';

/** Applies a function of fixed-point numbers; NaN and infinities give what `special` says. */
const onFixed =
  (apply: (x: bigint) => bigint, special?: (negative: boolean) => Decimal128) =>
  (value: Decimal128): Decimal128 => {
    const x = fixedOf(value);
    if (x !== undefined) return decimalOf(apply(x));
    const parts = decimalParts(value);
    return special === undefined || parts.kind === 'nan' ? DECIMAL_NAN : special(parts.negative);
  };

const half = (negative: boolean): Decimal128 => decimalOf(negative ? -PI / 2n : PI / 2n);

function sinFixed(x: bigint): bigint {
  const turn = 2n * PI;
  let angle = x % turn;
  if (angle > PI) angle -= turn;
  if (angle < -PI) angle += turn;
  return series(angle, (term, k) => -times(times(term, angle), angle) / (2n * k * (2n * k + 1n)));
}

const cosFixed = (x: bigint): bigint => sinFixed(x + PI / 2n);

function sqrtFixed(x: bigint): bigint {
  if (x <= 0n) return 0n;
  const square = x * ONE;
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (guess + square / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** The arc tangent, the argument halved by its half-angle rule until the series runs fast. */
function atanFixed(x: bigint): bigint {
  let value = x;
  let doublings = 1n;
  while (abs(value) > ONE / 10n) {
    value = over(value, ONE + sqrtFixed(ONE + times(value, value)));
    doublings *= 2n;
  }
  const square = times(value, value);
  let power = value;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = -times(power, square);
  }
  return sum * doublings;
}

function asinFixed(x: bigint): bigint {
  if (abs(x) >= ONE) return x < 0n ? -PI / 2n : PI / 2n;
  return atanFixed(over(x, sqrtFixed(ONE - times(x, x))));
}

function hyperbolic(x: bigint): { sinh: bigint; cosh: bigint } {
  const up = expFixed(x);
  const down = over(ONE, up);
  return { sinh: (up - down) / 2n, cosh: (up + down) / 2n };
}

const same = (negative: boolean): Decimal128 => infinity(negative);

export const sin = onFixed(sinFixed);
export const cos = onFixed(cosFixed);
export const tan = onFixed((x) => over(sinFixed(x), cosFixed(x)));
export const asin = onFixed(asinFixed);
export const acos = onFixed((x) => PI / 2n - asinFixed(x));
export const atan = onFixed(atanFixed, half);
export const sinh = onFixed((x) => hyperbolic(x).sinh, same);
export const cosh = onFixed(
  (x) => hyperbolic(x).cosh,
  () => infinity(false),
);
export const tanh = onFixed(
  (x) => over(hyperbolic(x).sinh, hyperbolic(x).cosh),
  (negative) => decimalFromInteger(negative ? -1 : 1),
);
export const asinh = onFixed((x) => {
  const size = lnFixed(abs(x) + sqrtFixed(times(x, x) + ONE));
  return x < 0n ? -size : size;
}, same);
export const acosh = onFixed((x) => lnFixed(x + sqrtFixed(times(x, x) - ONE)), same);
export const toRadians = onFixed((x) => times(x, PI) / 180n, same);
export const toDegrees = onFixed((x) => over(180n * x, PI), same);

/** 1 and -1 are infinitely far. */
export function atanh(value: Decimal128): Decimal128 {
  const x = fixedOf(value);
  if (x === undefined) return DECIMAL_NAN;
  if (abs(x) === ONE) return infinity(x < 0n);
  return decimalOf(lnFixed(over(ONE + x, ONE - x)) / 2n);
}

/** The angle of the point (x, y). */
export function atan2(y: Decimal128, x: Decimal128): Decimal128 {
  const b = fixedOf(y);
  const a = fixedOf(x);
  if (a === undefined || b === undefined) return DECIMAL_NAN;
  if (a === 0n) return b === 0n ? decimalFromInteger(0) : half(b < 0n);
  const angle = atanFixed(over(b, a));
  if (a > 0n) return decimalOf(angle);
  return decimalOf(b < 0n ? angle - PI : angle + PI);
}
