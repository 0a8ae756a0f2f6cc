import { describe, expect, test } from 'vitest';
import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { compileMatch } from '../match/matcher.ts';
import { date, doc, double, stored, text, value } from '../testing/literal.ts';
import type { Value } from '../values.ts';
import { compileProjection } from './project.ts';

/** Stands in for the aggregation expressions: `"$field"`, `{ $literal: … }`, constants. */
function expressions(spec: Value): { evaluate(root: Document): Value | undefined } {
  if (typeof spec === 'string' && spec.startsWith('$'))
    return { evaluate: (root) => root.get(spec.slice(1)) };
  if (spec instanceof Document && spec.keys()[0] === '$literal')
    return { evaluate: () => spec.get('$literal') };
  if (spec instanceof Document && spec.keys()[0] === '$slice')
    return fail(28667, 'Location28667', 'wrong arguments');
  if (spec instanceof Document)
    return fail(168, 'InvalidPipelineOperator', `Unrecognized expression '${spec.keys()[0]}'`);
  return { evaluate: () => spec };
}

const env = { now: date(0), expressions };

function project(spec: object, original: object, query: object = {}): string {
  const matcher = compileMatch(doc(query), env);
  const projected = compileProjection(doc(spec), env, matcher.tree)(stored(original), matcher);
  expect(text(Document.fromBytes(projected.toBytes()))).toBe(text(projected));
  return text(projected);
}

const full = { _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, 5, { g: 3 }] };

const projections: readonly (readonly [spec: object, original: object, expected: string, query?: object])[] =
  [
    [{}, { _id: 1, a: 1 }, '{_id: 1, a: 1}'],
    [{ a: 1 }, full, '{_id: 1, a: 1}'],
    [{ a: true, _id: 0 }, full, '{a: 1}'],
    [{ a: double(0.5) }, full, '{_id: 1, a: 1}'],
    [{ a: 0 }, { _id: 1, a: 1, b: 2 }, '{_id: 1, b: 2}'],
    [{ _id: 0 }, { _id: 1, a: 1 }, '{a: 1}'],
    [{ _id: 1 }, full, '{_id: 1}'],
    [{ _id: 1, a: 0 }, { _id: 1, a: 1, b: 2 }, '{_id: 1, b: 2}'],
    [{ b: 1, a: 1 }, { _id: 1, a: 1, b: 2 }, '{_id: 1, a: 1, b: 2}'],
    [{ 'b.c': 1 }, full, '{_id: 1, b: {c: 2}}'],
    [{ b: { c: 1 } }, full, '{_id: 1, b: {c: 2}}'],
    [{ 'b.c': 0 }, { _id: 1, b: { c: 2, d: 3 } }, '{_id: 1, b: {d: 3}}'],
    [{ 'e.f': 1 }, full, '{_id: 1, e: [{f: 1}, {}]}'],
    [{ 'e.f': 0 }, { _id: 1, e: full.e }, '{_id: 1, e: [{g: 2}, 5, {g: 3}]}'],
    [{ 'e.f': 1 }, { _id: 1, e: [[{ f: 1, g: 1 }], 7] }, '{_id: 1, e: [[{f: 1}]]}'],
    [{ 'a.x': 1 }, full, '{_id: 1}'],
    [{ 'a.x': 0 }, { _id: 1, a: 1 }, '{_id: 1, a: 1}'],
    [{ 'b.x': 1 }, full, '{_id: 1, b: {}}'],
    [{ 'e.0': 1 }, { _id: 1, e: [1, 2] }, '{_id: 1, e: []}'],
    [{ '_id.x': 1 }, { _id: { x: 1, y: 2 }, a: 1 }, '{_id: {x: 1}}'],
    [{ '_id.x': 0 }, { _id: { x: 1, y: 2 }, a: 1 }, '{_id: {y: 2}, a: 1}'],
    [{ x: '$a' }, full, '{_id: 1, x: 1}'],
    [{ a: '$b', z: { $literal: 5 } }, { _id: 1, a: 1, b: 2 }, '{_id: 1, a: 2, z: 5}'],
    [{ x: 'text' }, { _id: 1 }, '{_id: 1, x: "text"}'],
    [{ x: '$none' }, { _id: 1 }, '{_id: 1}'],
    [{ 'n.x': '$a', a: 1 }, { _id: 1, a: 1 }, '{_id: 1, a: 1, n: {x: 1}}'],
    [{ 'b.x': '$a', 'b.c': 1 }, full, '{_id: 1, b: {c: 2, x: 1}}'],
    [{ a: { $slice: 2 } }, { _id: 1, a: [1, 2, 3], b: 1 }, '{_id: 1, a: [1, 2], b: 1}'],
    [{ a: { $slice: -2 } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [2, 3]}'],
    [{ a: { $slice: 0 } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: []}'],
    [{ a: { $slice: [1, 1] } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [2]}'],
    [{ a: { $slice: [-2, 1] } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [2]}'],
    [{ a: { $slice: [-9, 2] } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [1, 2]}'],
    [{ a: { $slice: [9, 2] } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: []}'],
    [{ a: { $slice: 1 }, b: 1 }, { _id: 1, a: [1, 2], b: 1, c: 1 }, '{_id: 1, a: [1], b: 1}'],
    [{ a: { $slice: 1 }, b: 0 }, { _id: 1, a: [1, 2], b: 1, c: 1 }, '{_id: 1, a: [1], c: 1}'],
    [{ a: { $slice: 1 }, _id: 1 }, { _id: 1, a: [1, 2], b: 1 }, '{_id: 1, a: [1]}'],
    [
      { 'a.b': { $slice: 1 } },
      { _id: 1, a: [{ b: [1, 2] }, { b: [3, 4] }] },
      '{_id: 1, a: [{b: [1]}, {b: [3]}]}',
    ],
    [{ a: { $slice: 1 } }, { _id: 1, a: 'x' }, '{_id: 1, a: "x"}'],
    [
      { a: { $elemMatch: { b: 2 } } },
      { _id: 1, a: [{ b: 1 }, { b: 2, c: 1 }, { b: 2 }], z: 1 },
      '{_id: 1, a: [{b: 2, c: 1}]}',
    ],
    [{ a: { $elemMatch: { $gt: 1 } } }, { _id: 1, a: [1, 2, 3] }, '{_id: 1, a: [2]}'],
    [{ a: { $elemMatch: { b: 9 } } }, { _id: 1, a: [{ b: 1 }] }, '{_id: 1}'],
    [{ a: { $elemMatch: { b: 1 } } }, { _id: 1, a: { b: 1 } }, '{_id: 1}'],
    [{ a: { $elemMatch: { b: 1 } }, z: 1 }, { _id: 1, a: [{ b: 1 }], z: 1 }, '{_id: 1, z: 1, a: [{b: 1}]}'],
    [
      { a: { $elemMatch: { b: 1 } }, z: 0 },
      { _id: 1, a: [{ b: 1 }, {}], y: 1, z: 1 },
      '{_id: 1, a: [{b: 1}], y: 1}',
    ],
    [{ 'a.$': 1 }, { _id: 1, a: [1, 5, 9] }, '{_id: 1, a: [5]}', { a: { $gt: 3 } }],
    [{ 'a.$': 1 }, { _id: 1, a: [{ b: 1 }, { b: 2, c: 3 }] }, '{_id: 1, a: [{b: 2, c: 3}]}', { 'a.b': 2 }],
    [{ 'x.a.$': 1 }, { _id: 1, x: { a: [1, 2], b: 1 } }, '{_id: 1, x: {a: [2]}}', { 'x.a': 2 }],
    [{ 'b.$': 1 }, { _id: 1, a: [1, 2], b: [3, 4] }, '{_id: 1, b: [4]}', { a: 2 }],
    [{ 'g.$': 1 }, { _id: 1, a: 1 }, '{_id: 1}', { a: 1 }],
    [{ 'a.c': 1, a: { b: 1 } }, { _id: 1, a: { b: 1, c: 2, d: 3 } }, '{_id: 1, a: {b: 1, c: 2}}'],
    [{ a: { $id: 1 } }, { _id: 1, a: { $ref: 'c', $id: 5 } }, '{_id: 1, a: {$id: 5}}'],
    [{ 'a.$': 1, b: 1 }, { _id: 1, a: [1], b: 2, c: 3 }, '{_id: 1, a: [1], b: 2}', { a: 1 }],
  ];

test.each(projections.map((row) => ({ row, name: `${text(doc(row[0]))} of ${text(doc(row[1]))}` })))(
  '$name',
  ({ row }) => {
    expect(project(row[0], row[1], row[3])).toBe(row[2]);
  },
);

describe('refused', () => {
  const refusals: readonly (readonly [spec: object, code: number, query?: object])[] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 0, b: '$x' }, 31310],
    [{ a: 0, b: { $literal: 1 } }, 31252],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ a: {} }, 51270],
    [{ a: { $foo: 1 } }, 31325],
    [{ a: { $slice: 'x' } }, 28667],
    [{ a: { $elemMatch: 5 } }, 31274],
    [{ 'a.b': { $elemMatch: {} } }, 31275],
    [{ 'a.$': 1, 'b.$': 1 }, 31276, { a: 1, b: 1 }],
    [{ 'a.$': 'x' }, 31308, { a: 1 }],
    [{ 'a.$': { b: 1 } }, 31271, { a: 1 }],
    [{ 'a.$.b': 1 }, 31394, { a: 1 }],
    [{ 'a.$': 0 }, 31395, { a: 1 }],
    [{ 'a.$': 1, b: { $elemMatch: {} } }, 31255, { a: 1 }],
    [{ b: { $elemMatch: {} }, 'a.$': 1 }, 31256, { a: 1 }],
    [{ $a: 1 }, 16410],
    [{ 'a.': 1 }, 40353],
    [{ 'a..b': 1 }, 15998],
  ];
  test.each(refusals.map((row) => ({ row, name: `${text(doc(row[0]))} with ${row[1]}` })))(
    '$name',
    ({ row }) => {
      expect(() => project(row[0], {}, row[2])).toThrow(expect.objectContaining({ code: row[1] }));
    },
  );

  test('a position the query did not find', () => {
    expect(() => project({ 'a.$': 1 }, { _id: 1, a: [] }, { a: { $exists: true } })).toThrow(
      expect.objectContaining({ code: 51246 }),
    );
  });
});

test('raw and built documents project alike', () => {
  const projection = compileProjection(doc({ a: 1 }), env);
  const built = Document.of([
    ['_id', 1],
    ['b', value([1])],
    ['a', null],
  ]);
  expect(text(projection(built))).toBe('{_id: 1.0, a: null}');
  expect(text(projection(Document.fromBytes(built.toBytes())))).toBe('{_id: 1.0, a: null}');
});
