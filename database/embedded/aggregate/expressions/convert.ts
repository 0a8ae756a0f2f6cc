import { decimalFromInteger, decimalParts, decimalToString } from '../../core/decimal.ts';
import { decimalToDouble, decimalToInteger } from '../../core/decimalmath.ts';
import { type NumberValue, toDouble } from '../../core/numbers.ts';
import {
  BSON,
  DateTime,
  Decimal128,
  Int32,
  int32,
  ObjectId,
  type Timestamp,
  type Value,
} from '../../core/values.ts';
import { ISO_UTC, printDate } from '../dates/format.ts';
import { parseFree } from '../dates/parse-free.ts';
import { instantOf } from '../dates/parsed.ts';
import { UTC } from '../dates/zone.ts';
import { nameOfType } from './arguments.ts';
import { isTrue } from './boolean.ts';
import { LONG_MAX, LONG_MIN, toDecimal } from './integers.ts';
import { conversionFailure, readDecimal, readDouble, readInteger } from './parse-number.ts';
import { printDouble } from './text.ts';

type Convert = (value: Value) => Value;

const overflow = (value: unknown): never =>
  conversionFailure(`Conversion would overflow target type in $convert with no onError value: ${value}`);

/** The integer part of a number, refused when it is none or lies beyond the limits. */
function whole(value: NumberValue, least: bigint, most: bigint): bigint {
  if (typeof value === 'number' || value instanceof Decimal128) checkFinite(value);
  const integer = integerPart(value);
  return integer === undefined || integer < least || integer > most ? overflow(toDouble(value)) : integer;
}

function checkFinite(value: number | Decimal128): void {
  const kind = value instanceof Decimal128 ? decimalParts(value).kind : undefined;
  if (kind === 'nan' || Number.isNaN(value)) {
    conversionFailure('Attempt to convert NaN value to integer type in $convert with no onError value');
  }
  if (kind === 'infinite' || (kind === undefined && !Number.isFinite(value))) {
    conversionFailure('Attempt to convert infinity value to integer type in $convert with no onError value');
  }
}

function integerPart(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  return value instanceof Decimal128 ? decimalToInteger(value) : BigInt(Math.trunc(value));
}

const INT_MIN = -(2n ** 31n);
const INT_MAX = 2n ** 31n - 1n;

const asText = (value: Value): string => value as string;
const same: Convert = (value) => value;
const toBool: Convert = (value) => isTrue(value);

function decimalAsDouble(value: Value): number {
  const near = decimalToDouble(value as Decimal128);
  const finite = decimalParts(value as Decimal128).kind === 'finite';
  return finite && !Number.isFinite(near) ? overflow(decimalToString(value as Decimal128)) : near;
}

function parseObjectId(value: Value): ObjectId {
  const text = asText(value);
  if (text.length !== 24) {
    conversionFailure(
      `Failed to parse objectId '${text}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${text.length}`,
    );
  }
  if (!/^[0-9a-f]{24}$/i.test(text)) {
    conversionFailure(
      `Failed to parse objectId '${text}' in $convert with no onError value: Invalid character found in hex string: ${text}`,
    );
  }
  return new ObjectId(Buffer.from(text, 'hex'));
}

const number =
  (convert: (value: NumberValue) => Value): Convert =>
  (value) =>
    convert(value as NumberValue);
const toInt = number((value) => int32(Number(whole(value, INT_MIN, INT_MAX))));
const toLong = number((value) => whole(value, LONG_MIN, LONG_MAX));
const toDate = number((value) => new DateTime(Number(whole(value, LONG_MIN, LONG_MAX))));
const fromDate =
  (convert: (ms: number) => Value): Convert =>
  (value) =>
    convert((value as DateTime).ms);

/** From and to which type each conversion goes, by the names `$convert` uses. */
const conversions: Readonly<Record<string, Readonly<Record<string, Convert>>>> = {
  double: {
    double: same,
    string: (v) => printDouble(v as number),
    date: toDate,
    int: toInt,
    long: toLong,
    decimal: number(toDecimal),
  },
  string: {
    double: (v) => readDouble(asText(v)),
    string: same,
    objectId: parseObjectId,
    date: (v) => new DateTime(instantOf(asText(v), parseFree(asText(v)), UTC)),
    int: (v) => int32(Number(readInteger(asText(v), INT_MIN, INT_MAX))),
    long: (v) => readInteger(asText(v), LONG_MIN, LONG_MAX),
    decimal: (v) => readDecimal(asText(v)),
  },
  objectId: {
    string: (v) => (v as ObjectId).toHex(),
    objectId: same,
    date: (v) => new DateTime((v as ObjectId).bytes.readUInt32BE(0) * 1000),
  },
  bool: {
    double: (v) => Number(v),
    string: (v) => String(v),
    int: (v) => int32(Number(v)),
    long: (v) => BigInt(v as boolean),
    decimal: (v) => decimalFromInteger(Number(v)),
  },
  date: {
    double: fromDate((ms) => ms),
    string: fromDate((ms) => printDate(ms, ISO_UTC, UTC)),
    date: same,
    long: fromDate((ms) => BigInt(ms)),
    decimal: fromDate((ms) => decimalFromInteger(BigInt(ms))),
  },
  int: {
    double: number(toDouble),
    string: (v) => String((v as Int32).value),
    int: same,
    long: (v) => BigInt((v as Int32).value),
    decimal: number(toDecimal),
  },
  timestamp: { date: (v) => new DateTime((v as Timestamp).t * 1000) },
  long: {
    double: number(toDouble),
    string: (v) => String(v),
    date: toDate,
    int: toInt,
    long: same,
    decimal: number(toDecimal),
  },
  decimal: {
    double: decimalAsDouble,
    string: (v) => decimalToString(v as Decimal128),
    date: toDate,
    int: toInt,
    long: toLong,
    decimal: same,
  },
};

/**
 * A value, not null, converted to the type of that name.
 * @throws 241 when there is no such conversion or it fails.
 */
export function convertTo(value: Value, target: string): Value {
  if (target === 'bool') return toBool(value);
  const convert = conversions[nameOfType(value)]?.[target];
  if (convert === undefined) {
    conversionFailure(
      `Unsupported conversion from ${nameOfType(value)} to ${target} in $convert with no onError value`,
    );
  }
  return convert(value);
}

/** The name of a type given by name or number, as `$convert`'s `to` takes it; undefined when there is none. */
export function typeNameOf(code: number): string | undefined {
  return Object.entries(BSON).find(([, number]) => number === code)?.[0];
}
