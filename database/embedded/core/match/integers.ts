import { isNaNValue, isNumber, toExactInteger } from '../numbers.ts';
import { showElement } from '../show.ts';
import type { Value } from '../values.ts';

type Parsed = { readonly value: bigint } | { readonly problem: string };

const MAX_LONG = 2n ** 63n - 1n;
const MAX_INT = 2n ** 31n - 1n;

/** An argument that must be a 64-bit integer of any number type; else what MongoDB says about it. */
export function parseLong(name: string, value: Value | undefined): Parsed {
  const element = showElement(name, value);
  if (!isNumber(value)) return { problem: `Expected a number in: ${element}` };
  if (isNaNValue(value)) return { problem: `Expected an integer, but found NaN in: ${element}` };
  const integer = toExactInteger(value);
  if (integer === undefined) {
    const infinite = typeof value === 'number' && !Number.isFinite(value);
    return {
      problem: `${infinite ? 'Cannot represent as a 64-bit integer' : 'Expected an integer'}: ${element}`,
    };
  }
  if (integer > MAX_LONG || integer < -MAX_LONG - 1n) {
    return { problem: `Cannot represent as a 64-bit integer: ${element}` };
  }
  return { value: integer };
}

export function parseNonNegativeLong(name: string, value: Value | undefined): Parsed {
  const parsed = parseLong(name, value);
  if ('problem' in parsed || parsed.value >= 0n) return parsed;
  return { problem: `Expected a non-negative number in: ${showElement(name, value)}` };
}

export function parseNonNegativeInt(name: string, value: Value | undefined): Parsed {
  const parsed = parseNonNegativeLong(name, value);
  if ('problem' in parsed || parsed.value <= MAX_INT) return parsed;
  return { problem: `Cannot represent ${showElement(name, value)} in an int` };
}
