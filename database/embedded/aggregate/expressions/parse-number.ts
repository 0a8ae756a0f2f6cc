import { parseDecimal } from '../../core/decimal.ts';
import { fail } from '../../core/errors.ts';
import type { Decimal128 } from '../../core/values.ts';

/** What a conversion throws; `onError` of $convert catches it. */
export function conversionFailure(message: string): never {
  fail(241, 'ConversionFailure', message);
}

function unreadable(text: string, reason: string): never {
  conversionFailure(`Failed to parse number '${text}' in $convert with no onError value: ${reason}`);
}

function refuseHex(text: string): void {
  if (text.startsWith('0x')) {
    conversionFailure(`Illegal hexadecimal input in $convert with no onError value: ${text}`);
  }
}

/** The integer a text spells in decimal, within the limits. */
export function readInteger(text: string, least: bigint, most: bigint): bigint {
  refuseHex(text);
  const digits = /^[+-]?(\d*)/.exec(text)?.[1] ?? '';
  if (digits === '') unreadable(text, text === '' ? 'No digits' : 'Did not consume any digits');
  if (!/^[+-]?\d+$/.test(text)) unreadable(text, 'Did not consume whole string.');
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (value < least || value > most) unreadable(text, 'Overflow');
  return value;
}

const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The double a text spells, as C's strtod reads it. */
export function readDouble(text: string): number {
  refuseHex(text);
  const special = SPECIAL.exec(text);
  if (special !== null) {
    if (special[2] === undefined) return Number.NaN;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  if (text === '') unreadable(text, 'Empty string');
  if (/^\s/.test(text)) unreadable(text, 'Leading whitespace');
  if (!NUMERAL.test(text)) {
    unreadable(
      text,
      /^[+-]?\.?\d/.test(text) ? 'Did not consume whole string.' : 'Did not consume any digits',
    );
  }
  const value = Number(text);
  if (!Number.isFinite(value)) unreadable(text, 'Out of range');
  return value;
}

/** The decimal a text spells. */
export function readDecimal(text: string): Decimal128 {
  refuseHex(text);
  return parseDecimal(text) ?? unreadable(text, 'Failed to parse string to decimal');
}
