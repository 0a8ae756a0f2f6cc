import { fail } from '../errors.ts';
import { isNumber, toExactInteger } from '../numbers.ts';
import type { LeafTest } from '../path.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';
import { Binary } from '../values.ts';
import { parseNonNegativeInt, parseNonNegativeLong } from './integers.ts';
import type { BitsKind } from './tree.ts';

function positionsOfMask(mask: bigint): number[] {
  const positions: number[] = [];
  for (let i = 0; i < 63; i++) if ((mask >> BigInt(i)) & 1n) positions.push(i);
  return positions;
}

function positionsOfBytes(bytes: Buffer): number[] {
  const positions: number[] = [];
  for (let i = 0; i < bytes.length * 8; i++) if (bitOfBytes(bytes, i)) positions.push(i);
  return positions;
}

const bitOfBytes = (bytes: Buffer, position: number): boolean =>
  (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;

/** The bit positions named by a mask, a BinData mask or a list of positions. */
export function parseBitPositions(operator: string, path: string, operand: Value): readonly number[] {
  if (Array.isArray(operand)) return operand.map((item, i) => positionOf(String(i), item));
  if (operand instanceof Binary) return positionsOfBytes(contentsOf(operand));
  if (!isNumber(operand)) {
    const got = `${operator}: ${show(operand)}`;
    fail(2, 'BadValue', `${path} takes an Array, a number, or a BinData but received: ${got}`);
  }
  const mask = parseNonNegativeLong(operator, operand);
  if ('problem' in mask) fail(9, 'FailedToParse', mask.problem);
  return positionsOfMask(mask.value);
}

function positionOf(name: string, item: Value): number {
  const position = parseNonNegativeInt(name, item);
  if ('problem' in position) fail(2, 'BadValue', `Failed to parse bit position. ${position.problem}`);
  return Number(position.value);
}

/** The old subtype 2 says its length once more before its contents. */
function contentsOf({ subtype, bytes }: Binary): Buffer {
  return subtype === 2 ? bytes.subarray(4) : bytes;
}

const MAX_LONG = 2n ** 63n - 1n;

/** Numbers are read as 64-bit two's complement, sign-extended; fractions and larger ones have no bits to test. */
function bitReader(value: Value | undefined): ((position: number) => boolean) | undefined {
  if (value instanceof Binary) {
    const bytes = contentsOf(value);
    return (position) => bitOfBytes(bytes, position);
  }
  if (!isNumber(value)) return undefined;
  const integer = toExactInteger(value);
  if (integer === undefined || integer > MAX_LONG || integer < -MAX_LONG - 1n) return undefined;
  return (position) => ((integer >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

export function bitsLeaf(wanted: BitsKind, positions: readonly number[]): LeafTest {
  return (value) => {
    const isSet = bitReader(value);
    if (isSet === undefined) return false;
    switch (wanted) {
      case 'allSet':
        return positions.every(isSet);
      case 'allClear':
        return !positions.some(isSet);
      case 'anySet':
        return positions.some(isSet);
      default:
        return !positions.every(isSet);
    }
  };
}
