import fc from 'fast-check';
import { makeDecimal } from '../decimal.ts';
import { Document } from '../document.ts';
import type { Value } from '../values.ts';
import {
  Binary,
  Code,
  DateTime,
  DbPointer,
  int32,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  RegExpValue,
  SymbolValue,
  Timestamp,
  UNDEFINED,
} from '../values.ts';
import { decimal } from './literal.ts';

/** Arbitrary values for properties: every BSON type, close numbers of all types, deep and odd documents. */

const close = fc.constantFrom(
  0n,
  1n,
  -1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
);

const decimals = fc
  .tuple(
    fc.boolean(),
    fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 34n - 1n)),
    fc.integer({ min: -40, max: 40 }),
  )
  .map(([negative, coefficient, exponent]) => makeDecimal(negative, coefficient, exponent));

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'Á', 'đ', '\u0000', '😀', '￿', ' '), maxLength: 5 });

export const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(int32),
  fc.integer().map(int32),
  fc.double(),
  fc.constantFrom(0.1, -0, Number.MAX_VALUE, 5e-324, 2 ** 53, 2 ** 63),
  fc.bigInt(-3n, 3n),
  close,
  decimals,
  fc
    .constantFrom('NaN', 'Infinity', '-Infinity', '1E+400', '1E-400', '-1E+400', '0.1', '9007199254740993')
    .map(decimal),
);

const hex = fc.string({ unit: fc.constantFrom('0', '1', 'f'), minLength: 24, maxLength: 24 });
const oids = hex.map((digits) => new ObjectId(Buffer.from(digits, 'hex')));

const scalars: fc.Arbitrary<Value> = fc.oneof(
  numbers,
  text,
  fc.constantFrom<Value>(null, true, false, MIN_KEY, MAX_KEY, UNDEFINED),
  oids,
  fc.integer({ min: -5, max: 5 }).map((ms) => new DateTime(ms)),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((ms) => new DateTime(Number(ms), ms)),
  fc.tuple(fc.nat(3), fc.nat(3)).map(([t, i]) => new Timestamp(t, i)),
  fc
    .tuple(fc.uint8Array({ maxLength: 4 }), fc.nat(4))
    .map(([bytes, type]) => new Binary(Buffer.from(bytes), type)),
  fc.tuple(fc.constantFrom('a', 'ab', 'b'), fc.constantFrom('', 'i')).map(([p, f]) => new RegExpValue(p, f)),
  text.map((code) => new Code(code)),
  text.map((symbol) => new SymbolValue(symbol)),
  fc.tuple(text, oids).map(([namespace, id]) => new DbPointer(namespace, id)),
);

const names = fc.constantFrom('a', 'b', 'ab', '', '__proto__', '1', 'đ');

export const { value: values, document: documents } = fc.letrec<{ value: Value; document: Document }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalars,
      fc.array(tie('value'), { maxLength: 3 }),
      tie('document'),
      tie('document').map((scope) => new Code('f', scope)),
    ),
    document: fc
      .array(fc.tuple(names, tie('value')), { maxLength: 4 })
      .map((entries) => Document.of(entries)),
  }),
);
