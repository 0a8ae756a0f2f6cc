import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choiceShape, filterShape, pipelineShape } from './shape.ts';

test.each<[string, unknown, unknown]>([
  ['values', { status: 'ACTIVE', depth: 3, at: new Date(0) }, { status: '?', depth: '?', at: '?' }],
  ['lists of values', { code: { $in: ['a', 'b', 'c'] } }, { code: { $in: '[3 values]' } }],
  ['a list of one value', { code: { $in: ['a'] } }, { code: { $in: '[1 value]' } }],
  ['patterns', { path: /^\/BCA\//u, name: { $regex: 'An' } }, { path: '?', name: { $regex: '?' } }],
  [
    'alternatives, each form once',
    { $or: [{ a: 1 }, { a: 2 }, { b: { $gt: 1 } }] },
    { $or: [{ a: '?' }, { b: { $gt: '?' } }, '… 3 in all'] },
  ],
  ['a text that looks like a path', { name: '$Nguyễn' }, { name: '?' }],
  [
    'paths within $expr',
    { $expr: { $eq: ['$path', '$$top'] }, code: 'x' },
    { $expr: { $eq: ['$path', '$$top'] }, code: '?' },
  ],
])('a filter loses its values: %s', (_, filter, shape) => {
  expect(filterShape(filter)).toEqual(shape);
});

test('a pipeline keeps its stages, paths and collections, the inner ones too', () => {
  const pipeline = [
    {
      $documents: [
        { key: 'T01.1', top: '$/BCA/' },
        { key: 'T44.2', top: '/BCA/T44.2/' },
      ],
    },
    {
      $lookup: {
        from: 'units_units',
        localField: 'key',
        foreignField: 'parentId',
        let: { top: '$top' },
        pipeline: [
          { $match: { status: 'ACTIVE', $expr: { $gte: ['$path', '$$top'] } } },
          { $sort: { path: 1 } },
          { $project: { code: 1, label: { $concat: ['$code', ' of An'] } } },
        ],
        as: 'rows',
      },
    },
    { $facet: { few: [{ $match: { code: 'x' } }] } },
    { $group: { _id: '$status', sum: { $sum: { $cond: [{ $eq: ['$a', { $literal: '$An' }] }, 1, 0] } } } },
  ];
  expect(pipelineShape(pipeline)).toEqual([
    { $documents: [{ key: '?', top: '?' }, '… 2 in all'] },
    {
      $lookup: {
        from: 'units_units',
        localField: 'key',
        foreignField: 'parentId',
        let: { top: '$top' },
        pipeline: [
          { $match: { status: '?', $expr: { $gte: ['$path', '$$top'] } } },
          { $sort: { path: 1 } },
          { $project: { code: 1, label: { $concat: ['$code', '?'] } } },
        ],
        as: 'rows',
      },
    },
    { $facet: { few: [{ $match: { code: '?' } }] } },
    { $group: { _id: '$status', sum: { $sum: { $cond: [{ $eq: ['$a', { $literal: '?' }] }, '?', '?'] } } } },
  ]);
});

test('projections and sorts stay as they are, also as the map that the driver makes of a sort', () => {
  expect(choiceShape({ code: 1, _id: 0 })).toEqual({ code: 1, _id: 0 });
  expect(choiceShape(new Map([['path', -1]]))).toEqual({ path: -1 });
  expect(choiceShape(undefined)).toBe(null);
});

test('no value of a filter or of a matching stage survives, wherever it stands', () => {
  const mark = 'Phạm Thị Tư';
  const name = fc.constantFrom('a', 'b', '$and', '$or', '$elemMatch', '$not', '$in', '$eq');
  const marked = fc.constantFrom(mark, `$${mark}`, `$$${mark}`);
  const { filter } = fc.letrec((tie) => ({
    filter: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    value: fc.oneof({ maxDepth: 4 }, marked, fc.array(tie('value'), { maxLength: 3 }), tie('filter')),
  }));
  fc.assert(
    fc.property(filter, (given) => {
      const shapes = [
        filterShape(given),
        pipelineShape([{ $match: given }, { $lookup: { from: 'c', pipeline: [{ $match: given }] } }]),
        pipelineShape([{ $facet: { one: [{ $match: given }] } }, { $documents: [given] }]),
        pipelineShape([{ $graphLookup: { from: 'c', restrictSearchWithMatch: given } }]),
      ];
      expect(JSON.stringify(shapes)).not.toContain(mark);
    }),
    { seed: 7 },
  );
});
