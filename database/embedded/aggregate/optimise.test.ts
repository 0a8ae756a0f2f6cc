import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatch } from '../core/match/matcher.ts';
import { doc, stored, text, value } from '../core/testing/literal.ts';
import { DateTime, type Value } from '../core/values.ts';
import type { PipelineEnv } from './env.ts';
import { comparisonsOf } from './expressions/comparisons.ts';
import { optimise } from './optimise.ts';
import { compilePipeline } from './pipeline.ts';
import { matchEnvOf } from './stages/filters.ts';
import { sortStage } from './stages/sort.ts';

const env: PipelineEnv = {
  now: new DateTime(0),
  variables: new Map<string, Value | undefined>([
    ['v', 5n],
    ['gone', undefined],
  ]),
  data: { aggregate: () => [], lookupEqual: () => [] },
};

function shown(pipeline: object[]): string {
  const { filter, sort, skip, limit, rest } = optimise(pipeline.map(doc), env);
  return [
    filter && `filter ${text(filter)}`,
    sort && `sort ${text(sort)}`,
    skip > 0 && `skip ${skip}`,
    limit < Infinity && `limit ${limit}`,
    ...rest.map(text),
  ]
    .filter(Boolean)
    .join(' | ');
}

const cases: [object[], string][] = [
  [[{ $match: { a: 1 } }, { $match: { b: 2 } }], 'filter {a: 1, b: 2}'],
  [[{ $match: { a: 1 } }, { $match: { a: 2 } }], 'filter {$and: [{a: 1}, {a: 2}]}'],
  [[{ $sort: { a: 1 } }, { $match: { b: 2 } }, { $limit: 5 }], 'filter {b: 2} | sort {a: 1} | limit 5'],
  [[{ $sort: { a: 1 } }, { $skip: 2 }, { $limit: 5 }, { $limit: 3 }], 'sort {a: 1} | skip 2 | limit 3'],
  [[{ $limit: 10 }, { $skip: 4 }], 'skip 4 | limit 6'],
  [[{ $limit: 2 }, { $skip: 4 }], 'limit 2 | {$skip: 4}'],
  [[{ $limit: 2 }, { $match: { a: 1 } }], 'limit 2 | {$match: {a: 1}}'],
  [
    [{ $sort: { a: 1 } }, { $project: { a: 1 } }, { $limit: 3 }],
    'sort {a: 1} | limit 3 | {$project: {a: 1}}',
  ],
  [
    [{ $addFields: { x: 1 } }, { $match: { a: 1, x: 1 } }],
    'filter {a: 1} | {$addFields: {x: 1}} | {$match: {x: 1}}',
  ],
  [[{ $addFields: { 'x.y': 1 } }, { $match: { x: 1 } }], '{$addFields: {x.y: 1}} | {$match: {x: 1}}'],
  [
    [{ $project: { a: 1 } }, { $match: { 'a.b': 1, c: 1 } }],
    'filter {a.b: 1} | {$project: {a: 1}} | {$match: {c: 1}}',
  ],
  [[{ $project: { a: '$b' } }, { $match: { a: 1 } }], '{$project: {a: "$b"}} | {$match: {a: 1}}'],
  [[{ $project: { a: 0 } }, { $match: { b: 1 } }], 'filter {b: 1} | {$project: {a: 0}}'],
  [
    [{ $unwind: '$a' }, { $match: { b: 1, 'a.x': 2 } }],
    'filter {b: 1} | {$unwind: "$a"} | {$match: {a.x: 2}}',
  ],
  [
    [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'j' } }, { $match: { a: 1, j: [] } }],
    'filter {a: 1} | {$lookup: {from: "x", localField: "a", foreignField: "b", as: "j"}} | {$match: {j: []}}',
  ],
  [
    [{ $addFields: { x: 1 } }, { $match: { $expr: { $eq: ['$a', '$b'] } } }],
    'filter {$expr: {$eq: ["$a", "$b"]}} | {$addFields: {x: 1}}',
  ],
  [
    [{ $addFields: { x: 1 } }, { $match: { $expr: { $eq: ['$$ROOT', '$b'] } } }],
    '{$addFields: {x: 1}} | {$match: {$expr: {$eq: ["$$ROOT", "$b"]}}}',
  ],
  [[{ $group: { _id: '$a' } }, { $match: { _id: 1 } }], '{$group: {_id: "$a"}} | {$match: {_id: 1}}'],
  [
    [{ $match: { $or: [{ a: 1 }, { b: 2 }] } }, { $sort: { c: 1 } }],
    'filter {$or: [{a: 1}, {b: 2}]} | sort {c: 1}',
  ],
];

describe('what the planner is given', () => {
  it.each(cases.map((row) => [text(value(row[0])), row] as const))('%s', (_title, [pipeline, answer]) => {
    expect(shown(pipeline)).toBe(answer);
  });

  const field = fc.constantFrom('a', 'b', 'c');
  const small = fc.integer({ min: 0, max: 3 });
  const stage: fc.Arbitrary<object> = fc.oneof(
    fc.tuple(field, small).map(([name, n]) => ({ $match: { [name]: { $gte: n } } })),
    fc.tuple(field, fc.constantFrom(1, -1)).map(([name, way]) => ({ $sort: { [name]: way, _id: 1 } })),
    fc.tuple(field, field).map(([name, from]) => ({ $addFields: { [name]: `$${from}` } })),
    field.map((name) => ({ $project: { [name]: 1 } })),
    field.map((name) => ({ $unset: name })),
    field.map((name) => ({ $unwind: `$${name}` })),
    small.map((n) => ({ $skip: n })),
    small.map((n) => ({ $limit: n + 1 })),
  );
  const item = fc.oneof(small, fc.array(small, { maxLength: 2 }));
  const docs = fc.array(fc.record({ a: item, b: item, c: small }, { requiredKeys: [] }), { maxLength: 8 });

  it('gives the answer of the pipeline as it was written', () => {
    fc.assert(
      fc.property(fc.array(stage, { maxLength: 6 }), docs, (pipeline, items) => {
        const source = items.map((one, i) => stored({ _id: i, ...one }));
        const stages = pipeline.map(doc);
        const { filter, sort, skip, limit, rest } = optimise(stages, env);
        const matcher = compileMatch(filter ?? doc({}), matchEnvOf(env));
        const matched = source.filter((one) => matcher.matches(one));
        const sorted = sort === undefined ? matched : [...sortStage(sort, env).run(matched)];
        const left = [...compilePipeline(rest, env).run(sorted.slice(skip, skip + limit))];
        expect(left.map(text)).toEqual([...compilePipeline(stages, env).run(source)].map(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('comparisons that an $expr implies', () => {
  it.each([
    [{ $eq: ['$a', 5] }, 'a eq 5'],
    [{ $gt: [5, '$a.b'] }, 'a.b lt 5'],
    [{ $and: [{ $eq: ['$a', '$$v'] }, { $lte: ['$b', 'x'] }] }, 'a eq 5L, b lte "x"'],
    [{ $in: ['$a', [1, 2]] }, 'a in [1, 2]'],
    [{ $eq: ['$a', '$$gone'] }, 'a eq null'],
    [{ $gt: ['$a', '$$gone'] }, ''],
    [{ $eq: ['$a', [1]] }, ''],
    [{ $eq: ['$a', '$b'] }, ''],
    [{ $eq: ['$a.0', 1] }, ''],
    [{ $or: [{ $eq: ['$a', 1] }] }, ''],
  ] as [object, string][])('%j', (spec, answer) => {
    const found = comparisonsOf(value(spec), env);
    expect(
      found
        .map((one) => `${one.path} ${one.kind} ${text('values' in one ? [...one.values] : one.value)}`)
        .join(', '),
    ).toBe(answer);
  });
});
