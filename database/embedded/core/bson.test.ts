import fc from 'fast-check';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { compareValues } from './compare.ts';
import { decimalToString, parseDecimal } from './decimal.ts';
import { Document } from './document.ts';
import { checkStorable } from './storable.ts';
import { documents } from './testing/arbitrary.ts';
import { decimal, doc, stored, text } from './testing/literal.ts';
import { validateBson } from './validate.ts';
import { DateTime, int32, type Value } from './values.ts';

const { BSON } = mongoose.mongo;

/** Decodes everything and builds it anew, so that no raw bytes are left to copy. */
function rebuilt(value: Value): Value {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (!(value instanceof Document)) return value;
  return Document.of(value.entries().map(([name, item]) => [name, rebuilt(item)]));
}

describe('the codec', () => {
  test('gives back every document it wrote', () => {
    fc.assert(
      fc.property(documents, (document) => {
        fc.pre(!JSON.stringify(document.keys()).includes('\\u0000'));
        const bytes = document.toBytes();
        const read = Document.fromBytes(bytes);
        expect(validateBson(bytes)).toBe(bytes.length);
        expect(compareValues(read, document)).toBe(0);
        expect((rebuilt(read) as Document).toBytes().equals(bytes)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('writes what the bson package writes', () => {
    const theirs = {
      d: new BSON.Double(1),
      s: 'tiếng Việt 😀 and a text of more than twenty-four bytes',
      o: { a: new BSON.Int32(1) },
      r: [new BSON.Int32(1), 'x'],
      b: new BSON.Binary(Buffer.from('ab'), 4),
      b2: new BSON.Binary(Buffer.from('ab'), 2),
      id: new BSON.ObjectId('0123456789abcdef01234567'),
      t: true,
      date: new Date(-5),
      n: null,
      re: new BSON.BSONRegExp('a', 'im'),
      c: new BSON.Code('f'),
      cs: new BSON.Code('f', { x: new BSON.Int32(1) }),
      sym: new BSON.BSONSymbol('y'),
      i: new BSON.Int32(-1),
      ts: new BSON.Timestamp({ t: 4294967295, i: 7 }),
      l: BSON.Long.fromString('-9223372036854775808'),
      dec: BSON.Decimal128.fromString('-1.50E+10'),
      min: new BSON.MinKey(),
      max: new BSON.MaxKey(),
    };
    const bytes = Buffer.from(BSON.serialize(theirs));
    const read = Document.fromBytes(bytes);
    expect(validateBson(bytes)).toBe(bytes.length);
    expect((rebuilt(read) as Document).toBytes().equals(bytes)).toBe(true);
    expect(text(read.get('dec'))).toBe('-1.50E+10M');
    expect(read.get('ts')).toEqual(expect.objectContaining({ t: 4294967295, i: 7 }));
  });

  test('keeps the text of decimals as the bson package does', () => {
    const parts = fc.tuple(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.integer({ min: -6300, max: 6300 }));
    fc.assert(
      fc.property(parts, ([coefficient, exponent]) => {
        const spelled = `${coefficient}E${exponent}`;
        let theirs: string;
        try {
          theirs = BSON.Decimal128.fromString(spelled).toString();
        } catch {
          return;
        }
        expect(decimalToString(decimal(spelled))).toBe(theirs);
      }),
    );
    expect(parseDecimal('1x')).toBeUndefined();
  });

  test('keeps dates beyond doubles', () => {
    const date = new DateTime(Number(2n ** 62n), 2n ** 62n);
    const bytes = Document.of([['d', date]]).toBytes();
    expect(bytes.readBigInt64LE(7)).toBe(2n ** 62n);
  });
});

describe('broken bytes', () => {
  const good = stored({ a: 'text', b: [1, { c: 1.5 }], d: { e: null } }).toBytes();

  test('are refused or read, never fatal', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const broken = Buffer.from(good);
        broken[at] = byte;
        try {
          validateBson(broken);
        } catch (error) {
          expect(error).toMatchObject({ code: 22 });
          return;
        }
        expect(() => rebuilt(Document.fromBytes(broken))).not.toThrow();
      }),
      { numRuns: 5000 },
    );
  });

  test.each([0, 1, 4, 5, 10, good.length - 1])('cut to %i bytes are refused', (length) => {
    expect(() => validateBson(good.subarray(0, length))).toThrow(expect.objectContaining({ code: 22 }));
  });
});

describe('depth', () => {
  const nest = (levels: number): Document => {
    let inner = Document.of();
    for (let i = 1; i < levels; i++) inner = Document.of([['a', inner]]);
    return inner;
  };

  test('of 180 levels of fields is stored, one more is not', () => {
    expect(() => checkStorable(nest(181))).not.toThrow();
    expect(() => checkStorable(nest(182))).toThrow(
      expect.objectContaining({ code: 15, message: 'Document exceeds maximum nesting depth of 180' }),
    );
  });

  test('of more than 200 levels is refused on the way in', () => {
    expect(() => validateBson(nest(200).toBytes())).not.toThrow();
    expect(() => nest(201).toBytes()).toThrow(expect.objectContaining({ code: 15 }));
  });
});

describe('a document', () => {
  test('keeps order, odd names and doubles of a name', () => {
    const odd = Document.of([
      ['2', 1.5],
      ['1', 'x'],
      ['__proto__', true],
      ['2', null],
    ]);
    const read = Document.fromBytes(odd.toBytes());
    expect(read.keys()).toEqual(['2', '1', '__proto__', '2']);
    expect(read.get('2')).toBe(1.5);
    expect(read.get('__proto__')).toBe(true);
    expect(read.get('toString')).toBeUndefined();
  });

  test('finds names beyond ASCII in raw bytes', () => {
    const read = stored({ đơn: 1, 'đơn vị': 2 });
    expect(text(read.get('đơn vị'))).toBe('2');
    expect(read.has('đ')).toBe(false);
  });

  test('tells which types it holds', () => {
    const literal = { a: 1, b: { c: true } };
    for (const one of [doc(literal), stored(literal)]) {
      expect([one.hasType(16), one.hasType(3), one.hasType(8)]).toEqual([true, true, false]);
    }
  });

  test('changes only as a clone', () => {
    const original = stored({ a: 1, b: 2 });
    const copy = original.clone().set('a', 'new').set('c', null);
    copy.delete('b');
    expect(text(copy)).toBe('{a: "new", c: null}');
    expect(text(original)).toBe('{a: 1, b: 2}');
    const built = doc({ a: 1 });
    built.clone().set('a', 2);
    expect(text(built)).toBe('{a: 1}');
  });

  test('on bytes, changed and cloned at random, is what a plain list of fields would be', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('set' as const),
        name: fc.constantFrom('a', 'b', 'c', 'đ'),
        value: fc.integer(),
      }),
      fc.record({ do: fc.constant('delete' as const), name: fc.constantFrom('a', 'b', 'c', 'đ') }),
      fc.record({ do: fc.constantFrom('clone' as const, 'decode' as const, 'encode' as const) }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer()),
        fc.array(step),
        (start, steps) => {
          const model = new Map(Object.entries(start));
          let one = stored(start).clone();
          for (const next of steps) {
            if (next.do === 'set') {
              model.set(next.name, next.value);
              one.set(next.name, int32(next.value));
            } else if (next.do === 'delete') {
              expect(one.delete(next.name)).toBe(model.delete(next.name));
            } else if (next.do === 'clone') {
              const copy = one.clone();
              one.set('a', 'left behind');
              one = copy;
            } else if (next.do === 'decode') {
              expect(one.values()).toHaveLength(model.size);
            } else {
              one = Document.fromBytes(one.toBytes()).clone();
            }
          }
          expect(text(Document.fromBytes(one.toBytes()))).toBe(text(doc(Object.fromEntries(model))));
          expect(text(one)).toBe(text(Document.fromBytes(one.toBytes())));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('with many names finds each', () => {
    const many = doc(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, i])));
    const copy = many.clone();
    copy.delete('k3');
    copy.set('k3', true).set('new', false);
    expect([text(copy.get('k99')), copy.get('k3'), copy.get('new'), copy.get('none')]).toEqual([
      '99',
      true,
      false,
      undefined,
    ]);
  });
});
