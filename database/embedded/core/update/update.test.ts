import { describe, expect, test } from 'vitest';
import { parseCollation } from '../collation/collation.ts';
import type { Document } from '../document.ts';
import { compileMatch } from '../match/matcher.ts';
import { date, decimal, doc, double, stored, text } from '../testing/literal.ts';
import { Binary, RegExpValue, Timestamp } from '../values.ts';
import { compileUpdate } from './update.ts';
import { checkUpsertQuery, upsertDocument } from './upsert.ts';

const env = { now: date(1_600_000_000_000), timestamp: () => new Timestamp(7, 1) };

interface Options {
  readonly query?: object;
  readonly filters?: readonly object[];
  readonly isInsert?: boolean;
  readonly collation?: object;
}

function run(update: object, original: object, options: Options = {}): { before: Document; after: Document } {
  const collation = options.collation && parseCollation(doc(options.collation));
  const scope = collation ? { ...env, collation } : env;
  const before = stored(original);
  const matcher = compileMatch(doc(options.query ?? {}), scope);
  const compiled = compileUpdate(doc(update), {
    env: scope,
    arrayFilters: (options.filters ?? []).map((filter) => doc(filter)),
  });
  return { before, after: compiled.apply(before, { matcher, isInsert: options.isInsert ?? false }) };
}

type Case = readonly [update: object, original: object, expected: string | 'same', options?: Options];

const fields: readonly Case[] = [
  [{ $set: { a: 2 } }, { _id: 1, a: 1 }, '{_id: 1, a: 2}'],
  [{ $set: { a: 1 } }, { _id: 1, a: 1 }, 'same'],
  [{ $set: { a: double(1) } }, { _id: 1, a: 1 }, '{_id: 1, a: 1.0}'],
  [{ $set: { o: { y: 1, x: 2 } } }, { _id: 1, o: { x: 2, y: 1 } }, '{_id: 1, o: {y: 1, x: 2}}'],
  [{ $set: { c: 1, b: 2 } }, { _id: 1 }, '{_id: 1, b: 2, c: 1}'],
  [{ $set: { z: 1 }, $inc: { a: 5 } }, { _id: 1 }, '{_id: 1, a: 5, z: 1}'],
  [{ $set: { 10: 1, 9: 1, a: 1 } }, { _id: 1 }, '{_id: 1, 9: 1, 10: 1, a: 1}'],
  [{ $set: { 'a.b.c': 1 } }, { _id: 1 }, '{_id: 1, a: {b: {c: 1}}}'],
  [{ $set: { 'a.0': 1 } }, { _id: 1 }, '{_id: 1, a: {0: 1}}'],
  [{ $set: { 'a.0': 9 } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [9, 2]}'],
  [{ $set: { 'a.4': 9 } }, { _id: 1, a: [1] }, '{_id: 1, a: [1, null, null, null, 9]}'],
  [{ $set: { 'a.2.b': 9 } }, { _id: 1, a: [1] }, '{_id: 1, a: [1, null, {b: 9}]}'],
  [{ $set: { 'a.0.b': 9 } }, { _id: 1, a: [{ b: 1, c: 2 }] }, '{_id: 1, a: [{b: 9, c: 2}]}'],
  [{ $set: { 'a.$b': 1 } }, { _id: 1, a: {} }, '{_id: 1, a: {$b: 1}}'],
  [{ $set: { a: { $b: 1 } } }, { _id: 1 }, '{_id: 1, a: {$b: 1}}'],
  [{ $set: { _id: 1, a: 1 } }, { _id: 1 }, '{_id: 1, a: 1}'],
  [{ $set: {} }, { _id: 1 }, 'same'],
  [{ $unset: { a: '' } }, { _id: 1, a: 1, b: 2 }, '{_id: 1, b: 2}'],
  [{ $unset: { 'a.b': '' } }, { _id: 1, a: { b: 1 } }, '{_id: 1, a: {}}'],
  [{ $unset: { 'a.0': '' } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [null, 2]}'],
  [{ $unset: { 'a.b': '' } }, { _id: 1, a: 5 }, 'same'],
  [{ $unset: { 'a.b': '' } }, { _id: 1, a: [{ b: 1 }] }, 'same'],
  [{ $unset: { x: 1 } }, { _id: 1 }, 'same'],
  [{ $setOnInsert: { a: 1 } }, { _id: 1 }, 'same'],
  [{ $setOnInsert: { a: 1 } }, { _id: 1 }, '{_id: 1, a: 1}', { isInsert: true }],
  [{ $min: { a: 3 } }, { _id: 1, a: 5 }, '{_id: 1, a: 3}'],
  [{ $min: { a: 7 } }, { _id: 1, a: 5 }, 'same'],
  [{ $min: { a: double(5) } }, { _id: 1, a: 5 }, 'same'],
  [{ $min: { a: null } }, { _id: 1, a: 5 }, '{_id: 1, a: null}'],
  [{ $max: { a: 'x' } }, { _id: 1, a: 5 }, '{_id: 1, a: "x"}'],
  [{ $max: { a: 3 } }, { _id: 1 }, '{_id: 1, a: 3}'],
  [
    { $max: { a: 'B' } },
    { _id: 1, a: 'a' },
    '{_id: 1, a: "B"}',
    { collation: { locale: 'en', strength: 2 } },
  ],
  [{ $max: { a: 'A' } }, { _id: 1, a: 'a' }, 'same', { collation: { locale: 'en', strength: 2 } }],
  [{ $currentDate: { a: true } }, { _id: 1 }, '{_id: 1, a: new Date(1600000000000)}'],
  [{ $currentDate: { a: { $type: 'timestamp' } } }, { _id: 1, a: 5 }, '{_id: 1, a: Timestamp(7, 1)}'],
  [{ $currentDate: { a: false } }, { _id: 1 }, '{_id: 1, a: new Date(1600000000000)}'],
  [{ $rename: { a: 'b' } }, { _id: 1, a: 1 }, '{_id: 1, b: 1}'],
  [{ $rename: { a: 'b' } }, { _id: 1, a: 1, b: 2, c: 3 }, '{_id: 1, b: 1, c: 3}'],
  [{ $rename: { a: 'c.d' } }, { _id: 1, a: [1] }, '{_id: 1, c: {d: [1]}}'],
  [{ $rename: { 'a.b': 'c' } }, { _id: 1, a: { b: 1 } }, '{_id: 1, a: {}, c: 1}'],
  [{ $rename: { x: 'y' } }, { _id: 1, a: 1 }, 'same'],
  [{ $rename: { a: 'b' } }, { _id: 1, a: 1, b: 1n }, '{_id: 1, b: 1}'],
  [{ $set: { 'a.b': 2 } }, { 'a.b': 4 }, '{a.b: 4, a: {b: 2}}'],
  [{ $set: { 'a.2.b': 2 } }, { a: {} }, '{a: {2: {b: 2}}}'],
  [{ $set: { 'a.2.b': 2 } }, { a: [] }, '{a: [null, null, {b: 2}]}'],
  [
    { $rename: { 'c.d': 'a.b.c' } },
    { a: { b: { c: 1, d: 2 } }, b: 3, c: { d: 4 } },
    '{a: {b: {c: 4, d: 2}}, b: 3, c: {}}',
  ],
  [{ $rename: { $a: 'a' } }, { $a: 2 }, '{a: 2}'],
];

const numbers: readonly Case[] = [
  [{ $inc: { a: 1 } }, { _id: 1, a: 1 }, '{_id: 1, a: 2}'],
  [{ $inc: { a: 1 } }, { _id: 1, a: 2147483647 }, '{_id: 1, a: 2147483648L}'],
  [{ $inc: { a: 1 } }, { _id: 1, a: 1n }, '{_id: 1, a: 2L}'],
  [{ $inc: { a: 1n } }, { _id: 1, a: 1 }, '{_id: 1, a: 2L}'],
  [{ $inc: { a: 1.5 } }, { _id: 1, a: 1 }, '{_id: 1, a: 2.5}'],
  [{ $inc: { a: 1 } }, { _id: 1, a: double(1) }, '{_id: 1, a: 2.0}'],
  [{ $inc: { a: decimal('0.10') } }, { _id: 1, a: 1 }, '{_id: 1, a: 1.10M}'],
  [{ $inc: { a: decimal('1') } }, { _id: 1, a: 0.1 }, '{_id: 1, a: 1.100000000000000M}'],
  [{ $inc: { a: 0 } }, { _id: 1, a: 5 }, 'same'],
  [{ $inc: { a: double(0) } }, { _id: 1, a: 5 }, '{_id: 1, a: 5.0}'],
  [{ $inc: { 'a.b': 2n } }, { _id: 1 }, '{_id: 1, a: {b: 2L}}'],
  [{ $mul: { a: 2 } }, { _id: 1, a: 3 }, '{_id: 1, a: 6}'],
  [{ $mul: { a: 2 } }, { _id: 1, a: 2147483647 }, '{_id: 1, a: 4294967294L}'],
  [{ $mul: { a: 5 } }, { _id: 1 }, '{_id: 1, a: 0}'],
  [{ $mul: { a: 5n } }, { _id: 1 }, '{_id: 1, a: 0L}'],
  [{ $mul: { a: 1.5 } }, { _id: 1 }, '{_id: 1, a: 0.0}'],
  [{ $mul: { a: decimal('2') } }, { _id: 1, a: 3n }, '{_id: 1, a: 6M}'],
  [{ $bit: { a: { and: 6 } } }, { _id: 1, a: 13 }, '{_id: 1, a: 4}'],
  [{ $bit: { a: { or: 1n } } }, { _id: 1, a: 4 }, '{_id: 1, a: 5L}'],
  [{ $bit: { a: { xor: 5 } } }, { _id: 1 }, '{_id: 1, a: 5}'],
  [{ $bit: { a: { and: 7, or: 8 } } }, { _id: 1, a: 3 }, '{_id: 1, a: 11}'],
  [{ $bit: { a: { and: 1 } } }, { _id: 1, a: 1 }, 'same'],
];

const arrays: readonly Case[] = [
  [{ $push: { a: 1 } }, { _id: 1 }, '{_id: 1, a: [1]}'],
  [{ $push: { a: [1, 2] } }, { _id: 1, a: [0] }, '{_id: 1, a: [0, [1, 2]]}'],
  [{ $push: { a: { $each: [1, 2] } } }, { _id: 1, a: [0] }, '{_id: 1, a: [0, 1, 2]}'],
  [{ $push: { a: { $each: [] } } }, { _id: 1, a: [0] }, 'same'],
  [{ $push: { a: { $each: [] } } }, { _id: 1 }, '{_id: 1, a: []}'],
  [{ $push: { a: { $each: [9], $position: 1 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1, 9, 2]}'],
  [{ $push: { a: { $each: [9], $position: -1 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1, 9, 2]}'],
  [{ $push: { a: { $each: [9], $position: -5 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [9, 1, 2]}'],
  [{ $push: { a: { $each: [9], $position: 99 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1, 2, 9]}'],
  [{ $push: { a: { $each: [3, 1], $sort: 1 } } }, { _id: 1, a: [2] }, '{_id: 1, a: [1, 2, 3]}'],
  [{ $push: { a: { $each: [], $sort: -1 } } }, { _id: 1, a: [1, 'x', null] }, '{_id: 1, a: ["x", 1, null]}'],
  [
    { $push: { a: { $each: [{ b: 1 }], $sort: { b: 1 } } } },
    { _id: 1, a: [{ b: 2 }, 5] },
    '{_id: 1, a: [5, {b: 1}, {b: 2}]}',
  ],
  [
    { $push: { a: { $each: [{ b: { c: 1 } }], $sort: { 'b.c': -1 } } } },
    { _id: 1, a: [{ b: { c: 2 } }] },
    '{_id: 1, a: [{b: {c: 2}}, {b: {c: 1}}]}',
  ],
  [{ $push: { a: { $each: [3], $slice: -2 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [2, 3]}'],
  [{ $push: { a: { $each: [3], $slice: 2 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1, 2]}'],
  [{ $push: { a: { $each: [3], $slice: 0 } } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: []}'],
  [{ $push: { a: { b: 1 } } }, { _id: 1, a: [] }, '{_id: 1, a: [{b: 1}]}'],
  [{ $addToSet: { a: 1 } }, { _id: 1, a: [1, 2] }, 'same'],
  [{ $addToSet: { a: double(1) } }, { _id: 1, a: [1] }, 'same'],
  [{ $addToSet: { a: { $each: [2, 3, 3] } } }, { _id: 1, a: [1, 1] }, '{_id: 1, a: [1, 1, 2, 3]}'],
  [{ $addToSet: { a: { $each: [1, 1] } } }, { _id: 1 }, '{_id: 1, a: [1]}'],
  [
    { $addToSet: { a: { y: 1, x: 1 } } },
    { _id: 1, a: [{ x: 1, y: 1 }] },
    '{_id: 1, a: [{x: 1, y: 1}, {y: 1, x: 1}]}',
  ],
  [{ $addToSet: { a: [1] } }, { _id: 1, a: [1] }, '{_id: 1, a: [1, [1]]}'],
  [{ $addToSet: { a: 'A' } }, { _id: 1, a: ['a'] }, 'same', { collation: { locale: 'en', strength: 2 } }],
  [{ $pop: { a: 1 } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1]}'],
  [{ $pop: { a: -1 } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [2]}'],
  [{ $pop: { a: 1 } }, { _id: 1, a: [] }, 'same'],
  [{ $pop: { x: 1 } }, { _id: 1 }, 'same'],
  [{ $pull: { a: 1 } }, { _id: 1, a: [1, 2, double(1)] }, '{_id: 1, a: [2]}'],
  [{ $pull: { a: { $gt: 1 } } }, { _id: 1, a: [1, 2, [5]] }, '{_id: 1, a: [1]}'],
  [{ $pull: { a: { b: 1 } } }, { _id: 1, a: [{ b: 1, c: 2 }, { b: 2 }, 1] }, '{_id: 1, a: [{b: 2}, 1]}'],
  [
    { $pull: { a: { b: { $gte: 2 }, c: 1 } } },
    { _id: 1, a: [{ b: 2, c: 1 }, { b: 2 }] },
    '{_id: 1, a: [{b: 2}]}',
  ],
  [
    { $pull: { a: { $or: [{ b: 1 }, { b: 2 }] } } },
    { _id: 1, a: [{ b: 1 }, { b: 3 }] },
    '{_id: 1, a: [{b: 3}]}',
  ],
  [{ $pull: { a: [1, 2] } }, { _id: 1, a: [[1, 2], 1, 2] }, '{_id: 1, a: [1, 2]}'],
  [{ $pull: { a: new RegExpValue('^x') } }, { _id: 1, a: ['xa', 'b'] }, '{_id: 1, a: ["b"]}'],
  [{ $pull: { a: { $in: [1, 3] } } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [2]}'],
  [{ $pull: { a: {} } }, { _id: 1, a: [{ b: 1 }, 1] }, '{_id: 1, a: [1]}'],
  [
    { $pull: { a: { b: { $elemMatch: { c: 1 } } } } },
    { _id: 1, a: [{ b: [{ c: 1 }] }, { b: [] }] },
    '{_id: 1, a: [{b: []}]}',
  ],
  [{ $pull: { a: 9 } }, { _id: 1, a: [1] }, 'same'],
  [{ $pull: { x: 9 } }, { _id: 1 }, 'same'],
  [
    { $pullAll: { a: [1, { b: 1 }] } },
    { _id: 1, a: [1, { b: 1 }, { b: 1, c: 1 }, 1] },
    '{_id: 1, a: [{b: 1, c: 1}]}',
  ],
];

const positional: readonly Case[] = [
  [{ $set: { 'a.$': 9 } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [1, 9]}', { query: { a: 2 } }],
  [
    { $inc: { 'a.$.b': 1 } },
    { _id: 1, a: [{ b: 1 }, { b: 5 }] },
    '{_id: 1, a: [{b: 1}, {b: 6}]}',
    { query: { 'a.b': 5 } },
  ],
  [
    { $set: { 'a.$.b': 1 } },
    { _id: 1, a: [{ c: 2 }] },
    '{_id: 1, a: [{c: 2, b: 1}]}',
    { query: { $and: [{ 'a.c': 2 }, { _id: 1 }] } },
  ],
  [
    { $unset: { 'a.$': 1 } },
    { _id: 1, a: [1, 2] },
    '{_id: 1, a: [null, 2]}',
    { query: { a: { $elemMatch: { $lt: 2 } } } },
  ],
  [{ $inc: { 'a.$[]': 1 } }, { _id: 1, a: [1, 2] }, '{_id: 1, a: [2, 3]}'],
  [{ $inc: { 'a.$[].b': 1 } }, { _id: 1, a: [{ b: 1 }, {}] }, '{_id: 1, a: [{b: 2}, {b: 1}]}'],
  [{ $set: { 'a.$[x]': 0 } }, { _id: 1, a: [1, 5] }, '{_id: 1, a: [1, 0]}', { filters: [{ x: { $gt: 3 } }] }],
  [
    { $set: { 'a.$[e].v': 0 } },
    { _id: 1, a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
    '{_id: 1, a: [{k: 1, v: 0}, {k: 2}, {k: 3, v: 0}]}',
    { filters: [{ $or: [{ 'e.k': 1 }, { 'e.k': 3 }] }] },
  ],
  [
    { $inc: { 'a.$[i].b.$[j]': 10 } },
    {
      _id: 1,
      a: [
        { n: 1, b: [1, 2] },
        { n: 2, b: [1, 2] },
      ],
    },
    '{_id: 1, a: [{n: 1, b: [1, 2]}, {n: 2, b: [1, 12]}]}',
    { filters: [{ 'i.n': 2 }, { j: { $gte: 2 } }] },
  ],
  [{ $set: { 'a.$[x]': 0 } }, { _id: 1, a: [1] }, 'same', { filters: [{ x: 9 }] }],
  [{ $push: { 'a.$[]': 1 } }, { _id: 1, a: [[], [0]] }, '{_id: 1, a: [[1], [0, 1]]}'],
];

const replacements: readonly Case[] = [
  [{ b: 2 }, { _id: 1, a: 1 }, '{_id: 1, b: 2}'],
  [{ b: 2, _id: 1 }, { _id: 1, a: 1 }, '{_id: 1, b: 2}'],
  [{ _id: 1, a: 1 }, { _id: 1, a: 1 }, 'same'],
  [{ a: 1 }, { _id: 1, a: 1 }, '{_id: 1, a: 1}'],
  [{ a: double(1) }, { _id: 1, a: 1 }, '{_id: 1, a: 1.0}'],
  [{}, { _id: 1, a: 1 }, '{_id: 1}'],
  [{ 'a.b': 1 }, { _id: 1 }, '{_id: 1, a.b: 1}'],
  [
    { t: new Timestamp(0, 0), o: { t: new Timestamp(0, 0) } },
    { _id: 1 },
    '{_id: 1, t: Timestamp(7, 1), o: {t: Timestamp(0, 0)}}',
  ],
];

describe.each(Object.entries({ fields, numbers, arrays, positional, replacements }))(
  'updates of %s',
  (_, cases) => {
    const title = ([update, original]: Case): string => `${text(doc(update))} on ${text(doc(original))}`;
    test.each(cases.map((row) => ({ row, name: title(row) })))('$name', ({ row }) => {
      const { before, after } = run(row[0], row[1], row[3]);
      expect(after === before ? 'same' : text(after)).toBe(row[2]);
    });
  },
);

type Refusal = readonly [update: object, original: object, code: number, message: string, options?: Options];

const refusals: readonly Refusal[] = [
  [{ $pull: { a: { $expr: true } } }, {}, 224, '$expr is not allowed in this context'],
  [{ $pull: { a: { $jsonSchema: {} } } }, {}, 224, '$jsonSchema is not allowed in this context'],
  [
    { $foo: { a: 1 } },
    {},
    9,
    'Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
  ],
  [
    { $set: { a: 1 }, b: 1 },
    {},
    9,
    'Unknown modifier: b. Expected a valid update modifier or pipeline-style update specified as an array',
  ],
  [
    { $set: 5 },
    {},
    9,
    'Modifiers operate on fields but we found type int instead. For example: {$mod: {<field>: ...}} not {$set: 5}',
  ],
  [{ $set: { a: 1 }, $inc: { a: 1 } }, {}, 40, "Updating the path 'a' would create a conflict at 'a'"],
  [{ $set: { a: 1, 'a.b': 1 } }, {}, 40, "Updating the path 'a.b' would create a conflict at 'a'"],
  [{ $set: { 'a.b': 1 }, $unset: { a: 1 } }, {}, 40, "Updating the path 'a' would create a conflict at 'a'"],
  [{ $set: { 'a.b.c': 1, 'a.b': 1 } }, {}, 40, "Updating the path 'a.b' would create a conflict at 'a.b'"],
  [{ $rename: { a: 'b' }, $set: { b: 1 } }, {}, 40, "Updating the path 'b' would create a conflict at 'b'"],
  [{ $set: { 'a.$[]': 1, 'a.0': 1 } }, {}, 40, "Updating the path 'a.0' would create a conflict at 'a'"],
  [
    { $set: { 'a.$': 1, 'a.0': 2 } },
    { a: [1] },
    40,
    "Update created a conflict at 'a.0'",
    { query: { a: 1 } },
  ],
  [
    { $set: { 'a.$[x]': 1, 'a.$[y]': 2 } },
    { a: [1] },
    40,
    "Update created a conflict at 'a.0'",
    { filters: [{ x: 1 }, { y: 1 }] },
  ],
  [{ $set: { '': 1 } }, {}, 56, 'An empty update path is not valid.'],
  [{ $set: { 'a.': 1 } }, {}, 56, "The update path 'a.' contains an empty field name, which is not allowed."],
  [
    { $set: { 'a..b': 1 } },
    {},
    56,
    "The update path 'a..b' contains an empty field name, which is not allowed.",
  ],
  [{ $set: { 'a.b': 1 } }, { a: 5 }, 28, "Cannot create field 'b' in element {a: 5}"],
  [{ $set: { 'a.b': 1 } }, { a: null }, 28, "Cannot create field 'b' in element {a: null}"],
  [{ $set: { 'a.b': 1 } }, { a: [1] }, 28, "Cannot create field 'b' in element {a: [ 1 ]}"],
  [{ $set: { 'a.0.b': 1 } }, { a: [1] }, 28, "Cannot create field 'b' in element {0: 1}"],
  [{ $pop: { 'a.b': 1 } }, { a: 5 }, 28, 'Cannot use the part (b) of (a.b) to traverse the element ({a: 5})'],
  [
    { $rename: { 'a.b': 'c' } },
    { a: 5 },
    28,
    'cannot use the part (a of a.b) to traverse the element ({a: 5})',
  ],
  [
    { $set: { _id: 2 } },
    { _id: 1 },
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  ],
  [
    { $unset: { _id: 1 } },
    { _id: 1 },
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  ],
  [
    { $set: { '_id.a': 2 } },
    { _id: { a: 1 } },
    66,
    "Performing an update on the path '_id.a' would modify the immutable field '_id'",
  ],
  [
    { $inc: { _id: 1 } },
    { _id: 1 },
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  ],
  [
    { _id: 2 },
    { _id: 1 },
    66,
    "After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
  ],
  [
    { $rename: { _id: 'a' } },
    { _id: 1 },
    66,
    "Unsetting the path '_id' using $rename would modify the immutable field '_id'",
  ],
  [
    { $set: { $a: 1 } },
    {},
    52,
    "The dollar ($) prefixed field '$a' in '$a' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.",
  ],
  [
    { a: 1, $b: 1 },
    {},
    52,
    "The dollar ($) prefixed field '$b' in '$b' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.",
  ],
  [{ $inc: { a: 'x' } }, {}, 14, 'Cannot increment with non-numeric argument: {a: "x"}'],
  [{ $mul: { a: null } }, {}, 14, 'Cannot multiply with non-numeric argument: {a: null}'],
  [
    { $inc: { a: 1 } },
    { _id: 1, a: 'x' },
    14,
    "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
  ],
  [
    { $inc: { a: 1 } },
    { _id: 1, a: null },
    14,
    "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type null",
  ],
  [
    { $inc: { a: 1 } },
    { _id: 1, a: 9223372036854775807n },
    2,
    'Failed to apply $inc operations to current value ((NumberLong)9223372036854775807) for document {_id: 1}',
  ],
  [
    { $push: { a: 1 } },
    { _id: 1, a: 5 },
    2,
    "The field 'a' must be an array but is of type int in document {_id: 1}",
  ],
  [
    { $push: { a: { $each: 5 } } },
    {},
    2,
    'The argument to $each in $push must be an array but it was of type: int',
  ],
  [{ $push: { a: { $each: [], $foo: 1 } } }, {}, 2, 'Unrecognized clause in $push: $foo'],
  [
    { $push: { a: { $each: [], $slice: 1.5 } } },
    {},
    2,
    'The value for $slice must be an integer value but was given type: double',
  ],
  [
    { $push: { a: { $each: [], $position: 'x' } } },
    {},
    2,
    'The value for $position must be an integer value, not of type: string',
  ],
  [{ $push: { a: { $each: [], $sort: 2 } } }, {}, 2, 'The $sort element value must be either 1 or -1'],
  [
    { $push: { a: { $each: [], $sort: {} } } },
    {},
    2,
    'The $sort pattern is empty when it should be a set of fields.',
  ],
  [
    { $push: { a: { $each: [], $sort: 'x' } } },
    {},
    2,
    'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
  ],
  [
    { $addToSet: { a: 1 } },
    { a: 'x' },
    2,
    "Cannot apply $addToSet to non-array field. Field named 'a' has non-array type string",
  ],
  [
    { $addToSet: { a: { $each: 1 } } },
    {},
    14,
    'The argument to $each in $addToSet must be an array but it was of type int',
  ],
  [{ $pop: { a: 2 } }, {}, 9, '$pop expects 1 or -1, found: 2'],
  [{ $pop: { a: 'x' } }, {}, 9, 'Expected a number in: a: "x"'],
  [{ $pop: { a: 1 } }, { a: 5 }, 14, "Path 'a' contains an element of non-array type 'int'"],
  [{ $pull: { a: 1 } }, { a: 5 }, 2, 'Cannot apply $pull to a non-array value'],
  [{ $pullAll: { a: 1 } }, {}, 2, '$pullAll requires an array argument but was given a int'],
  [
    { $bit: { a: 1 } },
    {},
    2,
    'The $bit modifier is not compatible with a int. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}',
  ],
  [
    { $bit: { a: {} } },
    {},
    2,
    'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
  ],
  [
    { $bit: { a: { not: 1 } } },
    {},
    2,
    "The $bit modifier only supports 'and', 'or', and 'xor', not 'not' which is an unknown operator: {not: 1}",
  ],
  [
    { $bit: { a: { and: 1.5 } } },
    {},
    2,
    "The $bit modifier field must be an Integer(32/64 bit); a 'double' is not supported here: {and: 1.5}",
  ],
  [
    { $bit: { a: { and: 1 } } },
    { _id: 1, a: 1.5 },
    2,
    'Cannot apply $bit to a value of non-integral type._id: 1 has the field a of non-integer type double',
  ],
  [
    { $currentDate: { a: 1 } },
    {},
    2,
    "int is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).",
  ],
  [
    { $currentDate: { a: { $type: 'x' } } },
    {},
    2,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  ],
  [{ $rename: { a: 5 } }, {}, 2, "The 'to' field for $rename must be a string: a: 5"],
  [{ $rename: { a: 'a' } }, {}, 2, 'The source and target field for $rename must differ: a: "a"'],
  [
    { $rename: { a: 'a.b' } },
    {},
    2,
    'The source and target field for $rename must not be on the same path: a: "a.b"',
  ],
  [
    { $rename: { 'a.0': 'b' } },
    { _id: 1, a: [1] },
    2,
    "The source field cannot be an array element, 'a.0' in doc with _id: 1 has an array field called 'a'",
  ],
  [
    { $rename: { b: 'a.0' } },
    { _id: 1, a: [1], b: 1 },
    2,
    "The destination field cannot be an array element, 'a.0' in doc with _id: 1 has an array field called 'a'",
  ],
  [
    { $rename: { 'a.a': 'b' } },
    { a: [{ a: 1 }, { b: 2 }] },
    28,
    'cannot use the part (a of a.a) to traverse the element ({a: [ { a: 1 }, { b: 2 } ]})',
  ],
  [{ $rename: { 'a.$': 'b' } }, {}, 2, 'The source field for $rename may not be dynamic: a.$'],
  [
    { $set: { 'a.$': 1 } },
    { a: [1] },
    2,
    'The positional operator did not find the match needed from the query.',
  ],
  [{ $set: { $: 1 } }, {}, 2, "Cannot have positional (i.e. '$') element in the first position in path '$'"],
  [{ $set: { 'a.$.b.$': 1 } }, {}, 2, "Too many positional (i.e. '$') elements found in path 'a.$.b.$'"],
  [
    { $set: { '$[]': 1 } },
    {},
    2,
    "Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '$[]'",
  ],
  [
    { $set: { 'a.$[]': 1 } },
    {},
    2,
    "The path 'a' must exist in the document in order to apply array updates.",
  ],
  [{ $set: { 'a.$[]': 1 } }, { a: 5 }, 2, 'Cannot apply array updates to non-array element a: 5'],
  [{ $set: { 'a.$[x]': 1 } }, { a: [] }, 2, "No array filter found for identifier 'x' in path 'a.$[x]'"],
  [
    { $set: { a: 1 } },
    {},
    9,
    "The array filter for identifier 'x' was not used in the update { $set: { a: 1 } }",
    { filters: [{ x: 1 }] },
  ],
  [
    { $set: { 'a.$[x]': 1 } },
    {},
    9,
    'Found multiple array filters with the same top-level field name x',
    { filters: [{ x: 1 }, { x: 2 }] },
  ],
  [
    { $set: { 'a.$[x]': 1 } },
    {},
    9,
    "Error parsing array filter :: caused by :: Expected a single top-level field name, found 'x' and 'y'",
    { filters: [{ x: 1, y: 1 }] },
  ],
  [
    { $set: { 'a.$[x]': 1 } },
    {},
    9,
    'Cannot use an expression without a top-level field name in arrayFilters',
    { filters: [{}] },
  ],
  [
    { $set: { 'a.$[X]': 1 } },
    {},
    2,
    "Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found 'X'",
    { filters: [{ X: 1 }] },
  ],
];

const refusalTitle = ([update, original]: Refusal): string =>
  `${text(doc(update))} on ${text(doc(original))} is refused`;

test.each(refusals.map((row) => ({ row, name: refusalTitle(row) })))('$name', ({ row }) => {
  const [update, original, code, message, options] = row;
  expect(() => run(update, original, options)).toThrow(expect.objectContaining({ code, message }));
});

describe('an upsert', () => {
  const upsert = (query: object, update: object): string =>
    text(upsertDocument(compileMatch(doc(query), env).tree, compileUpdate(doc(update), { env })));

  test.each([
    [{ a: 1 }, { $set: { b: 2 } }, '{a: 1, b: 2}'],
    [{ _id: 5, z: 1, a: 2 }, { $inc: { n: 1 } }, '{_id: 5, a: 2, z: 1, n: 1}'],
    [{ z: 1, _id: 5 }, { $set: {} }, '{_id: 5, z: 1}'],
    [{ 'a.b': 1, 'a.c': 2 }, { $set: { 'a.d': 3 } }, '{a: {b: 1, c: 2, d: 3}}'],
    [{ a: { $gt: 1 }, b: { $eq: 2 } }, { $set: { c: 1 } }, '{b: 2, c: 1}'],
    [{ $and: [{ a: 1 }, { $and: [{ b: 2 }] }] }, { $set: { c: 1 } }, '{a: 1, b: 2, c: 1}'],
    [{ $or: [{ a: 1 }] }, { $set: { c: 1 } }, '{a: 1, c: 1}'],
    [{ $or: [{ a: 1 }, { a: 2 }] }, { $set: { c: 1 } }, '{c: 1}'],
    [{ a: { $in: [1] } }, { $set: { c: 1 } }, '{a: 1, c: 1}'],
    [{ a: { $in: [1, 2] } }, { $set: { c: 1 } }, '{c: 1}'],
    [{ a: { $all: [1] } }, { $set: { c: 1 } }, '{a: 1, c: 1}'],
    [{ a: /x/ }, { $set: { c: 1 } }, '{c: 1}'],
    [{ a: null }, { $set: { c: 1 } }, '{a: null, c: 1}'],
    [{ a: 5 }, { $set: { a: 6 } }, '{a: 6}'],
    [{ a: 5 }, { $inc: { a: 1 } }, '{a: 6}'],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }, '{a: 1, b: 1}'],
    [{ a: 1 }, { $unset: { a: 1 } }, '{}'],
    [{ _id: 1, a: 5 }, { b: 1 }, '{_id: 1, b: 1}'],
    [{ a: 5 }, { b: 1 }, '{b: 1}'],
    [{ _id: 1 }, { $set: { _id: 1 } }, '{_id: 1}'],
    [{ a: 1 }, { $set: { _id: 7 } }, '{_id: 7, a: 1}'],
    [{ a: { x: 1 } }, { $set: { 'a.y': 2 } }, '{a: {x: 1, y: 2}}'],
    [{ 'a.0': 1 }, { $set: { b: 1 } }, '{a: {0: 1}, b: 1}'],
  ])('of %j with %j', (query, update, expected) => {
    expect(upsert(query, update)).toBe(expected);
  });

  test.each([
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
    [{ a: 1, 'a.b': 2 }, { $set: { c: 1 } }, 54],
    [{ $and: [{ a: 1 }, { a: 2 }] }, { $set: { c: 1 } }, 54],
    [{ a: 1 }, { $set: { 'a.b': 2 } }, 28],
    [{ a: 1 }, { $set: { _id: [1] } }, 53],
    [{ a: 1 }, { $set: { _id: { $x: 1 } } }, 52],
    [{ '_id.a': 1 }, { b: 1 }, 111],
  ])('of %j with %j is refused with %i', (query, update, code) => {
    expect(() => upsert(query, update)).toThrow(expect.objectContaining({ code }));
  });

  test('may not ask by $expr', () => {
    const { tree } = compileMatch(doc({ $and: [{ $expr: true }] }), {
      ...env,
      expressions: () => ({ evaluate: () => true }),
    });
    expect(() => checkUpsertQuery(tree)).toThrow(expect.objectContaining({ code: 224 }));
  });
});

describe('a pipeline update', () => {
  const pipeline = () => (from: Document) => from.clone().set('p', true);
  const piped = { ...env, pipeline };

  test('keeps _id when the pipeline drops it', () => {
    const update = compileUpdate([doc({ $replaceWith: {} })], {
      env: { ...env, pipeline: () => () => doc({ a: 1 }) },
    });
    expect(text(update.apply(stored({ _id: 1 }), { isInsert: false }))).toBe('{_id: 1, a: 1}');
  });

  test('changes what the stages change', () => {
    const update = compileUpdate([doc({ $set: { p: true } })], { env: piped });
    expect(text(update.apply(stored({ _id: 1 }), { isInsert: false }))).toBe('{_id: 1, p: true}');
  });

  test.each(['$match', '$lookup', '$out'])('may not use %s', (stage) => {
    expect(() => compileUpdate([doc({ [stage]: {} })], { env: piped })).toThrow(
      expect.objectContaining({ code: 72, message: `${stage} is not allowed to be used within an update` }),
    );
  });

  test('takes no array filters', () => {
    expect(() => compileUpdate([], { env: piped, arrayFilters: [doc({ x: 1 })] })).toThrow(
      expect.objectContaining({
        code: 9,
        message: 'arrayFilters may not be specified for pipeline-style updates',
      }),
    );
  });
});

test('bytes of fields that an update does not touch stay as they were', () => {
  const original = {
    _id: 1,
    d: double(1),
    l: 1n,
    dec: decimal('1.0'),
    b: new Binary(Buffer.from('x'), 4),
    n: 1,
  };
  const { after } = run({ $inc: { n: 1 } }, original);
  expect(text(after)).toBe(text(doc({ ...original, n: 2 })));
});
