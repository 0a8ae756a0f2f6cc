import { describe, expect, it } from 'vitest';
import { hashKey } from '../core/compare.ts';
import type { Document } from '../core/document.ts';
import { MongoError } from '../core/errors.ts';
import { date, decimal, doc, double, stored, text, value } from '../core/testing/literal.ts';
import { DateTime, type Value } from '../core/values.ts';
import type { DataAccess, PipelineEnv } from './env.ts';
import { compilePipeline } from './pipeline.ts';
import { joinValues } from './stages/path-values.ts';

type Collections = Readonly<Record<string, readonly object[]>>;

/** Collections held in memory, joined by comparing all. */
function dataOf(collections: Collections, env: () => PipelineEnv): DataAccess {
  const of = (name: string): Document[] => (collections[name] ?? []).map(stored);
  return {
    aggregate: (name, stages, variables) => compilePipeline(stages, { ...env(), variables }).run(of(name)),
    lookupEqual(name, field, values, stages, variables) {
      const wanted = new Set(values.map((item) => hashKey(item)));
      const found = of(name).filter((item) => {
        const own = joinValues(item, field.split('.'));
        return own.some((one) => wanted.has(hashKey(one)));
      });
      return compilePipeline(stages, { ...env(), variables }).run(found);
    },
  };
}

function run(pipeline: object[], docs: object[], collections: Collections = {}, allowDiskUse = true): string {
  const env: PipelineEnv = {
    now: new DateTime(0),
    allowDiskUse,
    variables: new Map(),
    data: dataOf(collections, () => env),
  };
  try {
    const stages = pipeline.map((stage) => value(stage)) as Value[];
    return [...compilePipeline(stages, env).run(docs.map(stored))].map(text).join(' ');
  } catch (error) {
    if (error instanceof MongoError) return `!${error.code}`;
    throw error;
  }
}

/** [pipeline, documents, answer]; !code is an error. */
type Case = [pipeline: object[], docs: object[], answer: string];

function table(name: string, cases: Case[], collections: Collections = {}): void {
  describe(name, () => {
    it.each(cases.map((row) => [text(value(row[0])), row] as const))(
      '%s',
      (_title, [pipeline, docs, answer]) => {
        expect(run(pipeline, docs, collections)).toBe(answer);
      },
    );
  });
}

const nested = (depth: number): object =>
  Array.from({ length: depth }).reduce<object>(
    (inner) => ({ $lookup: { from: 'c', as: 'x', pipeline: [inner] } }),
    { $match: {} },
  );

it('twenty joins may stand inside each other', () => {
  expect(run([nested(20)], [{ a: 1 }])).toBe('{a: 1, x: []}');
  expect(run([nested(21)], [{ a: 1 }])).toBe('!232');
});

it('a join that draws lots draws them for each document', () => {
  const draw = { $lookup: { from: 'c', as: 'x', pipeline: [{ $project: { _id: 0, r: { $rand: {} } } }] } };
  const count = { $group: { _id: '$x.r' } };
  expect(run([draw, count, { $count: 'n' }], [{}, {}, {}], { c: [{}] })).toBe('{n: 3}');
});

const one = { _id: 1, a: { b: 1, c: 2 }, d: [{ x: 1, y: 2 }, 5, [{ x: 3, y: 4 }]], e: 7 };

table('$project', [
  [[{ $project: { e: 1 } }], [one], '{_id: 1, e: 7}'],
  [[{ $project: { e: 1, _id: 0 } }], [one], '{e: 7}'],
  [[{ $project: { e: true, a: double(1) } }], [one], '{_id: 1, a: {b: 1, c: 2}, e: 7}'],
  [[{ $project: { 'a.b': 1 } }], [one], '{_id: 1, a: {b: 1}}'],
  [[{ $project: { a: { b: 1 } } }], [one], '{_id: 1, a: {b: 1}}'],
  [[{ $project: { 'a.z': 1 } }], [one], '{_id: 1, a: {}}'],
  [[{ $project: { 'e.z': 1 } }], [one], '{_id: 1}'],
  [[{ $project: { 'd.x': 1 } }], [one], '{_id: 1, d: [{x: 1}, [{x: 3}]]}'],
  [[{ $project: { 'd.x': 0 } }], [one], '{_id: 1, a: {b: 1, c: 2}, d: [{y: 2}, 5, [{y: 4}]], e: 7}'],
  [[{ $project: { _id: 0 } }], [{ _id: 1, a: 1 }], '{a: 1}'],
  [[{ $project: { _id: 1 } }], [{ _id: 1, a: 1 }], '{_id: 1}'],
  [[{ $project: { _id: 1, a: 0 } }], [{ _id: 1, a: 1, b: 2 }], '{_id: 1, b: 2}'],
  [[{ $project: { z: '$e', y: { $add: ['$e', 1] }, a: 1 } }], [one], '{_id: 1, a: {b: 1, c: 2}, z: 7, y: 8}'],
  [[{ $project: { z: '$nope', y: null } }], [one], '{_id: 1, y: null}'],
  [[{ $project: { x: ['$e', '$nope'] } }], [one], '{_id: 1, x: [7, null]}'],
  [[{ $project: { x: { y: '$e', z: { $literal: 1 } } } }], [one], '{_id: 1, x: {y: 7, z: 1}}'],
  [[{ $project: { 'a.z': '$e' } }], [one], '{_id: 1, a: {z: 7}}'],
  [[{ $project: { 'd.z': '$e' } }], [one], '{_id: 1, d: [{z: 7}, {z: 7}, [{z: 7}]]}'],
  [[{ $project: { 'e.z': '$e', _id: 1 } }], [one], '{_id: 1, e: {z: 7}}'],
  [[{ $project: { _id: { $literal: 5 } } }], [one], '{_id: 5}'],
  [[{ $project: {} }], [one], '!51272'],
  [[{ $project: 5 }], [one], '!15969'],
  [[{ $project: { a: 1, b: 0 } }], [one], '!31254'],
  [[{ $project: { a: 0, b: 1 } }], [one], '!31253'],
  [[{ $project: { a: 0, b: '$e' } }], [one], '!31310'],
  [[{ $project: { a: 0, b: { $add: [1] } } }], [one], '!31252'],
  [[{ $project: { a: 1, 'a.b': 1 } }], [one], '!31249'],
  [[{ $project: { 'a.b': 1, a: 1 } }], [one], '!31250'],
  [[{ $project: { _id: 0, 'a.c': 1, a: { b: 1 } } }], [one], '{a: {b: 1, c: 2}}'],
  [[{ $project: { a: {} } }], [one], '!51270'],
  [[{ $project: { a: { $nope: 1 } } }], [one], '!31325'],
  [[{ $project: { 'a.$': 1 } }], [one], '!31324'],
  [[{ $project: { 'a.': 1 } }], [one], '!40353'],
  [[{ $project: { $a: 1 } }], [one], '!16410'],
  [[{ $project: { a: '' } }], [one], '{_id: 1, a: ""}'],
  [[{ $unset: 'a' }], [{ _id: 1, a: 1, b: 2 }], '{_id: 1, b: 2}'],
  [[{ $unset: ['a', 'b.c'] }], [{ _id: 1, a: 1, b: { c: 1, d: 2 } }], '{_id: 1, b: {d: 2}}'],
  [[{ $unset: [] }], [one], '!31119'],
  [[{ $unset: 5 }], [one], '!31002'],
  [[{ $unset: [5] }], [one], '!31120'],
]);

table('$addFields', [
  [
    [{ $addFields: { z: 1, e: '$a.b' } }],
    [one],
    '{_id: 1, a: {b: 1, c: 2}, d: [{x: 1, y: 2}, 5, [{x: 3, y: 4}]], e: 1, z: 1}',
  ],
  [[{ $set: { 'a.z': 1 } }], [{ a: 5 }], '{a: {z: 1}}'],
  [[{ $set: { 'a.z': 1 } }], [{ a: [1, { b: 2 }, [{}]] }], '{a: [{z: 1}, {b: 2, z: 1}, [{z: 1}]]}'],
  [[{ $set: { a: { x: 9 } } }], [{ a: { y: 1 } }], '{a: {y: 1, x: 9}}'],
  [[{ $set: { a: { $literal: { x: 9 } } } }], [{ a: { y: 1 } }], '{a: {x: 9}}'],
  [[{ $set: { a: '$$REMOVE' } }], [{ a: 1, b: 2 }], '{b: 2}'],
  [[{ $set: { a: '$b', b: '$a' } }], [{ a: 1, b: 2 }], '{a: 2, b: 1}'],
  [[{ $set: { 'a.b.c': 1 } }], [{}], '{a: {b: {c: 1}}}'],
  [[{ $set: {} }], [{ a: 1 }], '{a: 1}'],
  [[{ $set: { a: 1, 'a.b': 2 } }], [{}], '!40176'],
  [[{ $set: { a: {}, b: { c: {} } } }], [{ a: 5, b: 6 }], '{a: {}, b: {c: {}}}'],
  [[{ $set: { a: { $add: [1], b: 2 } } }], [{}], '!40181'],
  [[{ $set: { a: { 'b.c': 1 } } }], [{}], '!40183'],
  [[{ $set: 5 }], [{}], '!40272'],
  [[{ $replaceRoot: { newRoot: '$a' } }], [one], '{b: 1, c: 2}'],
  [[{ $replaceWith: { $mergeObjects: [{ z: 0 }, '$a'] } }], [one], '{z: 0, b: 1, c: 2}'],
  [[{ $replaceWith: '$e' }], [one], '!40228'],
  [[{ $replaceRoot: { newRoot: '$nope' } }], [one], '!40228'],
  [[{ $replaceRoot: {} }], [one], '!40231'],
  [[{ $replaceRoot: { x: 1 } }], [one], '!40230'],
]);

table('$unwind', [
  [
    [{ $unwind: '$a' }],
    [{ _id: 1, a: [1, 2] }, { _id: 2, a: 5 }, { _id: 3, a: [] }, { _id: 4 }, { _id: 5, a: null }],
    '{_id: 1, a: 1} {_id: 1, a: 2} {_id: 2, a: 5}',
  ],
  [
    [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }],
    [{ _id: 1, a: [7] }, { _id: 2, a: 5 }, { _id: 3, a: [], b: 1 }, { _id: 4 }, { _id: 5, a: null }],
    '{_id: 1, a: 7, i: 0L} {_id: 2, a: 5, i: null} {_id: 3, b: 1, i: null} {_id: 4, i: null} {_id: 5, a: null, i: null}',
  ],
  [[{ $unwind: '$a.b' }], [{ a: { b: [1, [2]] }, c: 1 }], '{a: {b: 1}, c: 1} {a: {b: [2]}, c: 1}'],
  [[{ $unwind: '$a.b' }], [{ a: [{ b: [1] }] }], ''],
  [[{ $unwind: 'a' }], [], '!28818'],
  [[{ $unwind: 5 }], [], '!15981'],
  [[{ $unwind: {} }], [], '!28812'],
  [[{ $unwind: { path: '$a', x: 1 } }], [], '!28811'],
  [[{ $unwind: { path: '$a', includeArrayIndex: '$i' } }], [], '!28822'],
]);

const sales = [
  { _id: 1, k: 'a', v: 1 },
  { _id: 2, k: 'b', v: double(2) },
  { _id: 3, k: 'a', v: 5n },
  { _id: 4, v: null },
  { _id: 5, k: null, v: 'x' },
];

table('$group', [
  [
    [{ $group: { _id: '$k', s: { $sum: '$v' }, a: { $avg: '$v' }, m: { $max: '$v' }, n: { $count: {} } } }],
    sales,
    '{_id: "a", s: 6L, a: 3.0, m: 5L, n: 2} {_id: "b", s: 2.0, a: 2.0, m: 2.0, n: 1} {_id: null, s: 0, a: null, m: "x", n: 2}',
  ],
  [
    [{ $group: { _id: null, p: { $push: '$v' }, f: { $first: '$k' }, l: { $last: '$k' } } }],
    sales,
    '{_id: null, p: [1, 2.0, 5L, null, "x"], f: "a", l: null}',
  ],
  [
    [{ $group: { _id: null, p: { $push: '$q' }, f: { $first: '$q' }, s: { $addToSet: '$k' } } }],
    sales,
    '{_id: null, p: [], f: null, s: ["a", "b", null]}',
  ],
  [
    [{ $group: { _id: { k: '$k' }, n: { $sum: 1 } } }],
    sales,
    '{_id: {k: "a"}, n: 2} {_id: {k: "b"}, n: 1} {_id: {}, n: 1} {_id: {k: null}, n: 1}',
  ],
  [
    [{ $group: { _id: '$v' } }],
    [{ v: 5 }, { v: double(5) }, { v: 5n }, { v: decimal('5.0') }, { v: double(0.5) }, { v: decimal('0.5') }],
    '{_id: 5} {_id: 0.5}',
  ],
  [
    [{ $group: { _id: null, m: { $mergeObjects: '$o' } } }],
    [{ o: { a: 1 } }, { o: null }, { o: { b: 2 } }],
    '{_id: null, m: {a: 1, b: 2}}',
  ],
  [[{ $group: { _id: null, m: { $mergeObjects: '$o' } } }], [{ o: 5 }], '!40400'],
  [
    [{ $group: { _id: null, d: { $stdDevPop: '$v' }, s: { $stdDevSamp: '$v' } } }],
    [{ v: 2 }, { v: 4 }],
    '{_id: null, d: 1.0, s: 1.4142135623730951}',
  ],
  [
    [
      {
        $group: {
          _id: null,
          t: { $top: { sortBy: { v: -1 }, output: '$_id' } },
          b: { $bottomN: { n: 2, sortBy: { v: -1 }, output: '$_id' } },
        },
      },
    ],
    [
      { _id: 1, v: 5 },
      { _id: 2, v: 9 },
      { _id: 3, v: 1 },
    ],
    '{_id: null, t: 2, b: [1, 3]}',
  ],
  [
    [
      {
        $group: {
          _id: null,
          f: { $firstN: { n: 2, input: '$v' } },
          l: { $lastN: { n: 2, input: '$v' } },
          x: { $maxN: { n: 2, input: '$v' } },
        },
      },
    ],
    [{ v: 1 }, { v: 3 }, {}],
    '{_id: null, f: [1, 3], l: [3, null], x: [3, 1]}',
  ],
  [
    [{ $group: { _id: null, m: { $median: { input: '$v', method: 'approximate' } } } }],
    [{ v: 1 }, { v: 3 }, { v: 9 }],
    '{_id: null, m: 3.0}',
  ],
  [
    [{ $group: { _id: null, s: { $sum: '$v' } } }],
    [{ v: 2147483647 }, { v: 1 }],
    '{_id: null, s: 2147483648L}',
  ],
  [
    [{ $group: { _id: null, s: { $sum: '$v' } } }],
    [{ v: double(0.1) }, { v: double(0.2) }, { v: double(0.3) }],
    '{_id: null, s: 0.6}',
  ],
  [[{ $group: { _id: null, s: { $sum: '$v' } } }], [{ v: decimal('0.1') }, { v: 2 }], '{_id: null, s: 2.1M}'],
  [[{ $group: { _id: null, s: { $sum: '$v' } } }], [], ''],
  [[{ $group: {} }], [], '!15955'],
  [[{ $group: 5 }], [], '!15947'],
  [[{ $group: { _id: 1, a: 1 } }], [], '!40234'],
  [[{ $group: { _id: 1, a: { $nope: 1 } } }], [], '!15952'],
  [[{ $group: { _id: 1, a: { $sum: 1, $avg: 1 } } }], [], '!40238'],
  [[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], [], '!40235'],
  [[{ $group: { _id: 1, $a: { $sum: 1 } } }], [], '!40236'],
  [[{ $group: { _id: 1, a: { $sum: ['$a', 1] } } }], [], '!40237'],
  [[{ $group: { _id: 1, a: { $accumulator: {} } } }], [], '!238'],
  [[{ $group: { _id: 1, a: { $count: 1 } } }], [], '!14'],
  [[{ $sortByCount: '$k' }], sales, '{_id: "a", count: 2} {_id: null, count: 2} {_id: "b", count: 1}'],
  [[{ $sortByCount: 'k' }], sales, '!40148'],
  [[{ $count: 'n' }], sales, '{n: 5}'],
  [[{ $count: 'n' }], [], ''],
  [[{ $count: '' }], [], '!40157'],
  [[{ $count: '$n' }], [], '!40158'],
  [[{ $count: 'a.b' }], [], '!40160'],
  [
    [{ $bucket: { groupBy: '$v', boundaries: [0, 5, 10] } }],
    [{ v: 0 }, { v: 5 }, { v: 4.9 }, { v: 9 }],
    '{_id: 0, count: 2} {_id: 5, count: 2}',
  ],
  [
    [{ $bucket: { groupBy: '$v', boundaries: [0, 5], default: 'other', output: { s: { $sum: '$v' } } } }],
    [{ v: 9 }, { v: 1 }, {}],
    '{_id: 0, s: 1} {_id: "other", s: 9}',
  ],
  [[{ $bucket: { groupBy: '$v', boundaries: [0, 5] } }], [{ v: 5 }], '!40066'],
  [[{ $bucket: { groupBy: '$v', boundaries: [5, 0] } }], [], '!40194'],
  [[{ $bucket: { groupBy: '$v', boundaries: [0] } }], [], '!40192'],
  [[{ $bucket: { groupBy: '$v', boundaries: [0, 'a'] } }], [], '!40193'],
  [[{ $bucket: { groupBy: 'v', boundaries: [0, 1] } }], [], '!40202'],
  [[{ $bucket: { groupBy: '$v', boundaries: [0, 5], default: 3 } }], [], '!40199'],
  [[{ $bucket: { groupBy: '$v' } }], [], '!40198'],
  [
    [{ $bucketAuto: { groupBy: '$v', buckets: 2 } }],
    [{ v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }],
    '{_id: {min: 1, max: 3}, count: 2} {_id: {min: 3, max: 4}, count: 2}',
  ],
  [
    [{ $bucketAuto: { groupBy: '$v', buckets: 3 } }],
    [{ v: 1 }, { v: 1 }, { v: 1 }, { v: 2 }],
    '{_id: {min: 1, max: 2}, count: 3} {_id: {min: 2, max: 2}, count: 1}',
  ],
  [
    [{ $bucketAuto: { groupBy: '$v', buckets: 2, granularity: 'R5' } }],
    [{ v: 3 }, { v: 7 }, { v: 20 }, { v: 50 }],
    '{_id: {min: 2.5, max: 10.0}, count: 2} {_id: {min: 10.0, max: 63.0}, count: 2}',
  ],
  [[{ $bucketAuto: { groupBy: '$v', buckets: 0 } }], [], '!40243'],
  [[{ $bucketAuto: { groupBy: '$v', buckets: 1, granularity: 'R7' } }], [], '!40257'],
]);

table('order and number', [
  [
    [{ $sort: { v: 1 } }],
    [{ v: 'a' }, { v: 2 }, {}, { v: null }, { v: [5, 1] }],
    '{} {v: null} {v: [5, 1]} {v: 2} {v: "a"}',
  ],
  [
    [{ $sort: { v: -1, _id: 1 } }, { $limit: 2 }],
    [
      { _id: 1, v: 1 },
      { _id: 2, v: 3 },
      { _id: 3, v: 3 },
    ],
    '{_id: 2, v: 3} {_id: 3, v: 3}',
  ],
  [[{ $sort: { v: 1 } }, { $skip: 1 }, { $limit: 1 }], [{ v: 3 }, { v: 2 }, { v: 1 }], '{v: 2}'],
  [[{ $sort: {} }], [], '!15976'],
  [[{ $sort: 5 }], [], '!15973'],
  [[{ $sort: { a: 2 } }], [], '!15975'],
  [[{ $sort: { a: 'x' } }], [], '!15974'],
  [[{ $limit: 0 }], [], '!15958'],
  [[{ $limit: -1 }], [], '!5107201'],
  [[{ $limit: 1.5 }], [], '!5107201'],
  [[{ $limit: double(2) }], [{ a: 1 }, { a: 2 }, { a: 3 }], '{a: 1} {a: 2}'],
  [[{ $skip: 2 }], [{ a: 1 }, { a: 2 }, { a: 3 }], '{a: 3}'],
  [[{ $skip: 'x' }], [], '!5107200'],
  [[{ $sample: { size: 5 } }, { $sort: { a: 1 } }], [{ a: 1 }, { a: 2 }], '{a: 1} {a: 2}'],
  [[{ $sample: { size: 1 } }, { $count: 'n' }], [{ a: 1 }, { a: 2 }], '{n: 1}'],
  [[{ $sample: { size: -1 } }], [], '!28747'],
  [[{ $match: { a: { $gt: 1 } } }], [{ a: 1 }, { a: 2 }], '{a: 2}'],
  [
    [{ $match: { $expr: { $gt: ['$a', '$b'] } } }],
    [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
    ],
    '{a: 3, b: 2}',
  ],
  [[{ $match: 5 }], [], '!15959'],
  [[{ $nope: 1 }], [], '!40324'],
  [[{ $match: {}, $limit: 1 }], [], '!40323'],
  [[{ $geoNear: {} }], [], '!238'],
  [[{ $out: 'x' }, { $match: {} }], [], '!40601'],
  [[{ $match: {} }, { $documents: [] }], [], '!40602'],
  [[{ $documents: [{ a: 1 }, { a: 2 }] }, { $match: { a: 2 } }], [], '{a: 2}'],
  [[{ $documents: 5 }], [], '!5858203'],
  [[{ $changeStream: {} }, { $group: { _id: 1 } }], [], '!20'],
  [[{ $changeStream: 5 }], [], '!50808'],
  [[{ $changeStream: {} }, { $match: { a: 1 } }], [{ a: 1 }, { a: 2 }], '{a: 1}'],
  [
    [{ $redact: { $cond: [{ $eq: ['$l', 5] }, '$$PRUNE', '$$DESCEND'] } }],
    [{ l: 1, a: { l: 5 }, b: [{ l: 5 }, { l: 2 }, 7] }],
    '{l: 1, b: [{l: 2}, 7]}',
  ],
  [[{ $redact: 5 }], [{}], '!17053'],
  [
    [{ $facet: { n: [{ $count: 'c' }], m: [{ $match: { a: 1 } }] } }],
    [{ a: 1 }, { a: 2 }],
    '{n: [{c: 2}], m: [{a: 1}]}',
  ],
  [[{ $facet: {} }], [], '!40169'],
  [[{ $facet: { a: [{ $out: 'x' }] } }], [], '!40600'],
  [[{ $facet: { a: 5 } }], [], '!40170'],
]);

const people = {
  orders: [
    { _id: 1, who: 1, sum: 5 },
    { _id: 2, who: [1, 2], sum: 7 },
    { _id: 3, who: null, sum: 1 },
    { _id: 4, sum: 2 },
  ],
  tree: [
    { _id: 'a', up: null },
    { _id: 'b', up: 'a' },
    { _id: 'c', up: 'b' },
    { _id: 'd', up: 'c' },
  ],
};

const lookup = (more: object) => ({ $lookup: { from: 'orders', as: 'o', ...more } });
const ids = { $project: { _id: 1, o: '$o._id' } };

table(
  'joins',
  [
    [
      [lookup({ localField: '_id', foreignField: 'who' }), ids],
      [{ _id: 1 }, { _id: 2 }, { _id: 9 }],
      '{_id: 1, o: [1, 2]} {_id: 2, o: [2]} {_id: 9, o: []}',
    ],
    [
      [lookup({ localField: 'x', foreignField: 'who' }), ids],
      [{ _id: 1 }, { _id: 2, x: null }, { _id: 3, x: [] }, { _id: 4, x: [2, 3] }],
      '{_id: 1, o: [3, 4]} {_id: 2, o: [3, 4]} {_id: 3, o: [3, 4]} {_id: 4, o: [2]}',
    ],
    [
      [lookup({ let: { w: '$_id' }, pipeline: [{ $match: { $expr: { $eq: ['$who', '$$w'] } } }] }), ids],
      [{ _id: 1 }],
      '{_id: 1, o: [1]}',
    ],
    [
      [
        lookup({
          localField: '_id',
          foreignField: 'who',
          let: { s: '$min' },
          pipeline: [{ $match: { $expr: { $gt: ['$sum', '$$s'] } } }],
        }),
        ids,
      ],
      [{ _id: 1, min: 6 }],
      '{_id: 1, o: [2]}',
    ],
    [
      [lookup({ pipeline: [{ $match: { sum: { $lt: 3 } } }, { $project: { _id: 1 } }] })],
      [{ _id: 1 }],
      '{_id: 1, o: [{_id: 3}, {_id: 4}]}',
    ],
    [
      [
        { $lookup: { from: 'orders', localField: '_id', foreignField: 'who', as: 'x.y' } },
        { $project: { n: { $size: '$x.y' } } },
      ],
      [{ _id: 2, x: { z: 1 } }],
      '{_id: 2, n: 1}',
    ],
    [
      [{ $lookup: { as: 'o', pipeline: [{ $documents: [{ q: 1 }] }] } }],
      [{ _id: 1 }],
      '{_id: 1, o: [{q: 1}]}',
    ],
    [[lookup({ localField: 'a' })], [], '!9'],
    [[lookup({})], [], '!9'],
    [[lookup({ localField: 'a', foreignField: 'b', x: 1 })], [], '!9'],
    [[lookup({ localField: 5, foreignField: 'b' })], [], '!9'],
    [[{ $lookup: { from: 'orders', localField: 'a', foreignField: 'b' } }], [], '!9'],
    [[lookup({ let: { W: 1 }, pipeline: [] })], [], '!9'],
    [[lookup({ pipeline: [{ $out: 'x' }] })], [], '!51047'],
    [[lookup({ pipeline: [{ $match: { $expr: '$$nope' } }] })], [{}], '!17276'],
    [
      [
        {
          $graphLookup: {
            from: 'tree',
            startWith: '$up',
            connectFromField: 'up',
            connectToField: '_id',
            as: 'p',
            depthField: 'd',
          },
        },
        { $project: { p: 1 } },
      ],
      [{ _id: 'd', up: 'c' }],
      '{_id: "d", p: [{_id: "c", up: "b", d: 0L}, {_id: "b", up: "a", d: 1L}, {_id: "a", up: null, d: 2L}]}',
    ],
    [
      [
        {
          $graphLookup: {
            from: 'tree',
            startWith: '$up',
            connectFromField: 'up',
            connectToField: '_id',
            as: 'p',
            maxDepth: 0,
          },
        },
        { $project: { p: '$p._id' } },
      ],
      [{ _id: 'd', up: 'c' }],
      '{_id: "d", p: ["c"]}',
    ],
    [
      [
        {
          $graphLookup: {
            from: 'tree',
            startWith: '$up',
            connectFromField: 'up',
            connectToField: '_id',
            as: 'p',
            restrictSearchWithMatch: { _id: { $ne: 'b' } },
          },
        },
        { $project: { p: '$p._id' } },
      ],
      [{ _id: 'd', up: ['c', 'a'] }],
      '{_id: "d", p: ["a", "c"]}',
    ],
    [[{ $graphLookup: { from: 'tree' } }], [], '!40105'],
    [[{ $graphLookup: 4 }], [], '!9'],
    [[{ $graphLookup: { as: 'x' } }], [], '!9'],
    [[{ $graphLookup: { from: '' } }], [], '!73'],
    [[{ $graphLookup: { from: 'tree', as: '$x' } }], [], '!16410'],
    [[{ $graphLookup: { from: 'tree', as: 0 } }], [], '!40103'],
    [[{ $graphLookup: { from: 'tree', maxDepth: 2.5 } }], [], '!40102'],
    [[{ $graphLookup: { from: 'tree', maxDepth: -1 } }], [], '!40101'],
    [[{ $unionWith: 'tree' }, { $count: 'n' }], [{ _id: 1 }], '{n: 5}'],
    [
      [{ $unionWith: { coll: 'tree', pipeline: [{ $match: { _id: 'a' } }] } }],
      [{ _id: 1 }],
      '{_id: 1} {_id: "a", up: null}',
    ],
    [[{ $unionWith: { pipeline: [{ $documents: [{ z: 1 }] }] } }], [{ _id: 1 }], '{_id: 1} {z: 1}'],
    [[{ $unionWith: 5 }], [], '!9'],
  ],
  people,
);

const rows = [
  { _id: 1, s: 'x', q: 1, t: 10 },
  { _id: 2, s: 'x', q: 2, t: 20 },
  { _id: 3, s: 'x', q: 2, t: 40 },
  { _id: 4, s: 'y', q: 5, t: 5 },
];
const windows = (output: object, more: object = { partitionBy: '$s', sortBy: { q: 1 } }) => ({
  $setWindowFields: { ...more, output },
});
const just = (name: string) => ({ $project: { _id: 1, [name]: 1 } });

table('$setWindowFields', [
  [
    [
      windows({ r: { $rank: {} }, d: { $denseRank: {} }, n: { $documentNumber: {} } }),
      { $project: { s: 0, q: 0, t: 0 } },
    ],
    rows,
    '{_id: 1, r: 1L, d: 1L, n: 1L} {_id: 2, r: 2L, d: 2L, n: 2L} {_id: 3, r: 2L, d: 2L, n: 3L} {_id: 4, r: 1L, d: 1L, n: 1L}',
  ],
  [
    [windows({ r: { $rank: {} } }, { sortBy: { q: -1 } }), just('r')],
    rows,
    '{_id: 4, r: 1L} {_id: 2, r: 2L} {_id: 3, r: 2L} {_id: 1, r: 4L}',
  ],
  [
    [windows({ c: { $sum: '$t', window: { documents: ['unbounded', 'current'] } } }), just('c')],
    rows,
    '{_id: 1, c: 10} {_id: 2, c: 30} {_id: 3, c: 70} {_id: 4, c: 5}',
  ],
  [
    [windows({ c: { $sum: '$t' } }), just('c')],
    rows,
    '{_id: 1, c: 70} {_id: 2, c: 70} {_id: 3, c: 70} {_id: 4, c: 5}',
  ],
  [
    [windows({ c: { $avg: '$t', window: { documents: [-1, 0] } } }), just('c')],
    rows,
    '{_id: 1, c: 10.0} {_id: 2, c: 15.0} {_id: 3, c: 30.0} {_id: 4, c: 5.0}',
  ],
  [
    [windows({ c: { $push: '$t', window: { documents: [1, 2] } } }), just('c')],
    rows,
    '{_id: 1, c: [20, 40]} {_id: 2, c: [40]} {_id: 3, c: []} {_id: 4, c: []}',
  ],
  [
    [windows({ c: { $max: '$t', window: { documents: [-1, 0] } } }), just('c')],
    rows,
    '{_id: 1, c: 10} {_id: 2, c: 20} {_id: 3, c: 40} {_id: 4, c: 5}',
  ],
  [
    [windows({ c: { $sum: '$t', window: { range: [0, 'current'] } } }), just('c')],
    rows,
    '{_id: 1, c: 10} {_id: 2, c: 60} {_id: 3, c: 60} {_id: 4, c: 5}',
  ],
  [
    [windows({ c: { $sum: '$t', window: { range: [-1, 0] } } }), just('c')],
    rows,
    '{_id: 1, c: 10} {_id: 2, c: 70} {_id: 3, c: 70} {_id: 4, c: 5}',
  ],
  [
    [windows({ c: { $shift: { output: '$t', by: -1, default: 'none' } } }), just('c')],
    rows,
    '{_id: 1, c: "none"} {_id: 2, c: 10} {_id: 3, c: 20} {_id: 4, c: "none"}',
  ],
  [
    [windows({ c: { $count: {}, window: { documents: [-1, 1] } } }), just('c')],
    rows,
    '{_id: 1, c: 2} {_id: 2, c: 3} {_id: 3, c: 2} {_id: 4, c: 1}',
  ],
  [[windows({ 'c.d': { $first: '$t' } }), just('c')], [rows[0] as object], '{_id: 1, c: {d: 10}}'],
  [
    [windows({ c: { $locf: '$v' } }, { sortBy: { _id: 1 } }), just('c')],
    [{ _id: 1 }, { _id: 2, v: 5 }, { _id: 3, v: null }],
    '{_id: 1, c: null} {_id: 2, c: 5} {_id: 3, c: 5}',
  ],
  [
    [windows({ c: { $linearFill: '$v' } }, { sortBy: { _id: 1 } }), just('c')],
    [{ _id: 1, v: 10 }, { _id: 2 }, { _id: 3, v: 20 }, { _id: 4 }],
    '{_id: 1, c: 10} {_id: 2, c: 15.0} {_id: 3, c: 20} {_id: 4, c: null}',
  ],
  [
    [
      windows(
        { c: { $derivative: { input: '$v' }, window: { documents: [-1, 0] } } },
        { sortBy: { _id: 1 } },
      ),
      just('c'),
    ],
    [
      { _id: 1, v: 10 },
      { _id: 3, v: 20 },
    ],
    '{_id: 1, c: null} {_id: 3, c: 5.0}',
  ],
  [
    [
      windows(
        { c: { $integral: { input: '$v' }, window: { documents: ['unbounded', 'current'] } } },
        { sortBy: { _id: 1 } },
      ),
      just('c'),
    ],
    [
      { _id: 1, v: 10 },
      { _id: 3, v: 20 },
    ],
    '{_id: 1, c: 0} {_id: 3, c: 30.0}',
  ],
  [
    [windows({ c: { $expMovingAvg: { input: '$v', N: 3 } } }, { sortBy: { _id: 1 } }), just('c')],
    [
      { _id: 1, v: 10 },
      { _id: 2, v: 20 },
    ],
    '{_id: 1, c: 10.0} {_id: 2, c: 15.0}',
  ],
  [
    [windows({ c: { $covariancePop: ['$a', '$b'] } }, {}), just('c')],
    [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, a: 3, b: 6 },
    ],
    '{_id: 1, c: 2.0} {_id: 2, c: 2.0}',
  ],
  [
    [
      windows({ c: { $sum: '$t', window: { range: [-1, 'current'], unit: 'day' } } }, { sortBy: { at: 1 } }),
      just('c'),
    ],
    [
      { _id: 1, at: date(0), t: 1 },
      { _id: 2, at: date(86_400_000), t: 2 },
      { _id: 3, at: date(200_000_000), t: 4 },
    ],
    '{_id: 1, c: 1} {_id: 2, c: 3} {_id: 3, c: 4}',
  ],
  [
    [windows({ c: { $sum: '$t', window: { range: [-1, 0] } } }, { sortBy: { at: 1 } })],
    [{ at: date(0) }],
    '!5429413',
  ],
  [
    [windows({ c: { $sum: '$t', window: { range: [-1, 0] } } }, { sortBy: { at: 1 } })],
    [{ at: 'x' }],
    '!5429414',
  ],
  [[windows({ r: { $rank: {} } }, {})], [], '!5371602'],
  [[windows({ r: { $rank: { x: 1 } } })], [], '!5371603'],
  [[windows({ r: { $rank: {}, window: {} } })], [], '!5371601'],
  [[windows({ r: { $nope: {} } })], [], '!9'],
  [[windows({ r: { $sum: 1, window: { documents: [1, -1] } } })], [], '!5339900'],
  [[windows({ r: { $sum: 1, window: { documents: [-1, 1] } } }, {})], [], '!5339901'],
  [[windows({ r: { $sum: 1, window: { range: [-1, 1] } } }, { sortBy: { a: 1, b: 1 } })], [], '!5339902'],
  [[windows({ r: { $sum: 1 } }, { partitionBy: '$a' })], [{ a: [1] }], '!14'],
]);

table('$densify and $fill', [
  [
    [{ $densify: { field: 'v', range: { step: 1, bounds: 'full' } } }],
    [{ v: 1 }, { v: 3 }, { v: 4.5 }],
    '{v: 1} {v: 2} {v: 3} {v: 4} {v: 4.5}',
  ],
  [[{ $densify: { field: 'v', range: { step: 1, bounds: [0, 3] } } }], [{ v: 1 }], '{v: 0} {v: 1} {v: 2}'],
  [
    [{ $densify: { field: 'v', partitionByFields: ['k'], range: { step: 1, bounds: 'partition' } } }],
    [
      { k: 'a', v: 1 },
      { k: 'a', v: 3 },
      { k: 'b', v: 7 },
    ],
    '{k: "a", v: 1} {k: "a", v: 2} {k: "a", v: 3} {k: "b", v: 7}',
  ],
  [
    [{ $densify: { field: 'v', range: { step: 1, unit: 'day', bounds: 'full' } } }],
    [{ v: date(0) }, { v: date(2 * 86_400_000) }],
    '{v: new Date(0)} {v: new Date(86400000)} {v: new Date(172800000)}',
  ],
  [[{ $densify: { field: 'v', range: { step: 0, bounds: 'full' } } }], [], '!5733401'],
  [[{ $densify: { field: 'v', range: { step: 1, bounds: 'full' } } }], [{ v: 'x' }], '!5733201'],
  [[{ $fill: { output: { v: { value: 0 } } } }], [{ v: null }, { v: 1 }, {}], '{v: 0} {v: 1} {v: 0}'],
  [
    [{ $fill: { sortBy: { _id: 1 }, output: { v: { method: 'locf' }, w: { value: 'z' } } } }],
    [{ _id: 1, v: 1 }, { _id: 2 }],
    '{_id: 1, v: 1, w: "z"} {_id: 2, v: 1, w: "z"}',
  ],
  [
    [{ $fill: { sortBy: { _id: 1 }, output: { v: { method: 'linear' } } } }],
    [
      { _id: 1, v: 1 },
      { _id: 2, v: null },
      { _id: 3, v: 3 },
    ],
    '{_id: 1, v: 1} {_id: 2, v: 2.0} {_id: 3, v: 3}',
  ],
  [[{ $fill: { output: { v: { method: 'x' } } } }], [], '!6050202'],
  [[{ $fill: { output: {} } }], [], '!6050203'],
]);

describe('the last stage', () => {
  const env: PipelineEnv = { now: new DateTime(0), data: dataOf({}, () => env) };
  const sinkOf = (stage: object) => {
    try {
      return compilePipeline([doc(stage)], env).sink;
    } catch (error) {
      if (error instanceof MongoError) return error.code;
      throw error;
    }
  };

  it('names where $out goes', () => {
    expect(sinkOf({ $out: 'x' })).toEqual({ kind: 'out', db: undefined, collection: 'x' });
    expect(sinkOf({ $out: { db: 'd', coll: 'x' } })).toEqual({ kind: 'out', db: 'd', collection: 'x' });
    expect(sinkOf({ $out: 5 })).toBe(16990);
  });

  it('says how $merge treats matches', () => {
    expect(sinkOf({ $merge: 'x' })).toMatchObject({
      kind: 'merge',
      collection: 'x',
      on: ['_id'],
      whenMatched: 'merge',
      whenNotMatched: 'insert',
    });
    expect(sinkOf({ $merge: { into: 'x', on: ['a', 'b'], whenMatched: 'fail' } })).toMatchObject({
      on: ['a', 'b'],
      whenMatched: 'fail',
    });
    expect(sinkOf({ $merge: { into: 'x', whenMatched: 'nope' } })).toBe(2);
    expect(sinkOf({ $merge: { into: 'x', whenMatched: [{ $group: { _id: 1 } }] } })).toBe(72);
    expect(sinkOf({ $merge: { into: 'x', let: { a: 1 } } })).toBe(51199);
    expect(sinkOf({ $merge: { into: 'x', whenMatched: [{ $set: { a: '$$new.a' } }] } })).toMatchObject({
      kind: 'merge',
    });
    expect(sinkOf({ $merge: {} })).toBe(40414);
  });

  it('bounds sorts and groups where the client forbids disk use', () => {
    const docs = Array.from({ length: 30 }, (_, i) => ({ _id: i, text: 'x'.repeat(4_000_000) }));
    expect(run([{ $sort: { _id: 1 } }, { $count: 'n' }], docs, {}, false)).toBe('!292');
    expect(run([{ $sort: { _id: 1 } }, { $count: 'n' }], docs)).toBe('{n: 30}');
    expect(run([{ $group: { _id: null, all: { $push: '$text' } } }, { $count: 'n' }], docs)).toBe('!146');
  });
});
