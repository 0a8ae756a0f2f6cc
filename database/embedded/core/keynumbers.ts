import type { KeyWriter } from './keywriter.ts';
import { compareNumbers, exactly, type NumberValue, toDouble } from './numbers.ts';
import { Int32 } from './values.ts';

const NAN = 1;
const NEGATIVE = 2;
const ZERO = 3;
const POSITIVE = 4;

/** Writes a number: its sign, the greatest double that is not above its magnitude, and what is left, exactly. */
export function writeNumber(out: KeyWriter, value: NumberValue): void {
  if (value instanceof Int32) {
    writeDouble(out, value.value);
  } else if (typeof value === 'number') {
    writeDouble(out, value);
  } else {
    const near = towardZero(value);
    if (compareNumbers(near, value) === 0) writeDouble(out, near);
    else writeBetween(out, value, near);
  }
}

function writeDouble(out: KeyWriter, n: number): void {
  if (n === 0 || Number.isNaN(n)) {
    out.byte(n === 0 ? ZERO : NAN);
    return;
  }
  out.byte(n < 0 ? NEGATIVE : POSITIVE);
  const start = out.at;
  out.double(Math.abs(n));
  out.byte(0);
  if (n < 0) out.invert(start);
}

const bits = new DataView(new ArrayBuffer(8));

function towardZero(value: NumberValue): number {
  const near = toDouble(value);
  if (Number.isNaN(near) || near === 0) return near;
  const order = compareNumbers(near, value);
  const above = near > 0 ? order > 0 : order < 0;
  if (!above) return near;
  bits.setFloat64(0, Math.abs(near));
  bits.setBigUint64(0, bits.getBigUint64(0) - 1n);
  return Math.sign(near) * bits.getFloat64(0);
}

/** A number between two doubles: after the lower one comes its decimal expansion, which is finite. */
function writeBetween(out: KeyWriter, value: NumberValue, near: number): void {
  const { rank, digits, exponent } = exactly(value);
  out.byte(rank < 0 ? NEGATIVE : POSITIVE);
  const start = out.at;
  out.double(Math.abs(near));
  out.byte(1);
  out.ushort(exponent + 20000);
  for (let i = 0; i < digits.length; i += 2) {
    out.byte(Number(digits.slice(i, i + 2).padEnd(2, '0')) + 1);
  }
  out.byte(0);
  if (rank < 0) out.invert(start);
}
