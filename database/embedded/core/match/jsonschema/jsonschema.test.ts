import { expect, test } from 'vitest';
import { date, decimal, doc, double, oid, stored, text } from '../../testing/literal.ts';
import { compileMatch } from '../matcher.ts';

const ask = (schema: object, document: object): boolean =>
  compileMatch(doc({ $jsonSchema: schema }), { now: date(0) }).matches(stored(document));

const cases: readonly (readonly [schema: object, document: object, expected: boolean])[] = [
  [{}, {}, true],
  [{ required: ['a'] }, { a: null }, true],
  [{ required: ['a'] }, {}, false],
  [{ bsonType: 'object', required: ['a', 'b'] }, { a: 1 }, false],
  [{ properties: { a: { bsonType: 'int' } } }, {}, true],
  [{ properties: { a: { bsonType: 'int' } } }, { a: 1 }, true],
  [{ properties: { a: { bsonType: 'int' } } }, { a: double(1) }, false],
  [{ properties: { a: { bsonType: ['int', 'null'] } } }, { a: null }, true],
  [{ properties: { a: { bsonType: 'number' } } }, { a: decimal('1') }, true],
  [{ properties: { a: { bsonType: 'string' } } }, { a: ['x'] }, false],
  [{ properties: { a: { type: 'number' } } }, { a: 1n }, true],
  [{ properties: { a: { type: 'boolean' } } }, { a: true }, true],
  [{ properties: { a: { bsonType: 'objectId' } } }, { a: oid('1') }, true],
  [{ properties: { a: { minimum: 1, maximum: 3 } } }, { a: 3 }, true],
  [{ properties: { a: { minimum: 1, maximum: 3, exclusiveMaximum: true } } }, { a: 3 }, false],
  [{ properties: { a: { minimum: 1 } } }, { a: 'x' }, true],
  [{ properties: { a: { minimum: 1, exclusiveMinimum: false } } }, { a: 1 }, true],
  [{ properties: { a: { multipleOf: 3 } } }, { a: 9 }, true],
  [{ properties: { a: { multipleOf: decimal('0.1') } } }, { a: decimal('0.3') }, true],
  [{ properties: { a: { multipleOf: 3 } } }, { a: 10 }, false],
  [{ properties: { a: { minLength: 2 } } }, { a: '😀' }, false],
  [{ properties: { a: { maxLength: 2 } } }, { a: 'đđ' }, true],
  [{ properties: { a: { pattern: '^x' } } }, { a: 'xy' }, true],
  [{ properties: { a: { pattern: '^x' } } }, { a: 5 }, true],
  [{ properties: { a: { pattern: '^x' } } }, { a: 'yx' }, false],
  [{ properties: { a: { enum: [1, { x: 1, y: 2 }] } } }, { a: { y: 2, x: 1 } }, true],
  [{ properties: { a: { enum: [1] } } }, { a: double(1) }, true],
  [{ properties: { a: { enum: [1] } } }, { a: [1] }, false],
  [{ properties: { a: { items: { bsonType: 'int' } } } }, { a: [1, 2] }, true],
  [{ properties: { a: { items: { bsonType: 'int' } } } }, { a: [1, 'x'] }, false],
  [{ properties: { a: { items: [{ bsonType: 'int' }], additionalItems: false } } }, { a: [1, 2] }, false],
  [
    { properties: { a: { items: [{ bsonType: 'int' }], additionalItems: { bsonType: 'string' } } } },
    { a: [1, 'x'] },
    true,
  ],
  [{ properties: { a: { minItems: 1, maxItems: 2 } } }, { a: [] }, false],
  [{ properties: { a: { uniqueItems: true } } }, { a: [1, double(1)] }, false],
  [
    { properties: { a: { uniqueItems: true } } },
    {
      a: [
        { x: 1, y: 1 },
        { y: 1, x: 1 },
      ],
    },
    false,
  ],
  [
    { properties: { a: { properties: { b: { bsonType: 'int' } }, required: ['b'] } } },
    { a: { b: 'x' } },
    false,
  ],
  [{ properties: { _id: {}, a: {} }, additionalProperties: false }, { _id: 1, a: 1 }, true],
  [{ properties: { _id: {}, a: {} }, additionalProperties: false }, { _id: 1, b: 1 }, false],
  [{ patternProperties: { '^n_': { bsonType: 'int' } } }, { n_a: 'x' }, false],
  [{ patternProperties: { '^n_': {} }, additionalProperties: false }, { n_a: 'x' }, true],
  [{ additionalProperties: { bsonType: 'int' } }, { a: 1, b: 'x' }, false],
  [{ dependencies: { a: ['b'] } }, { a: 1 }, false],
  [{ dependencies: { a: ['b'] } }, { b: 1 }, true],
  [{ dependencies: { a: { required: ['c'] } } }, { a: 1, c: 1 }, true],
  [{ minProperties: 2 }, { a: 1 }, false],
  [{ maxProperties: 1 }, { a: 1 }, true],
  [{ allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1 }, false],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1 }, true],
  [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, false],
  [{ not: { required: ['a'] } }, { b: 1 }, true],
  [{ title: 'x', description: 'y' }, {}, true],
];

test.each(cases.map((row) => ({ row, name: `${text(doc(row[0]))} on ${text(doc(row[1]))}` })))(
  '$name',
  ({ row }) => {
    expect(ask(row[0], row[1])).toBe(row[2]);
  },
);

test.each([
  [{ foo: 1 }, 9, 'Unknown $jsonSchema keyword: foo'],
  [{ format: 'date' }, 9, "$jsonSchema keyword 'format' is not currently supported"],
  [{ type: 'integer' }, 9, "$jsonSchema type 'integer' is not currently supported."],
  [{ type: 'foo' }, 2, 'Unknown type name alias: foo'],
  [
    { type: 'string', bsonType: 'string' },
    9,
    "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'",
  ],
  [{ required: [] }, 9, "$jsonSchema keyword 'required' cannot be an empty array"],
  [
    { required: 'a' },
    14,
    "$jsonSchema keyword 'required' must be an array, but found an element of type string",
  ],
  [{ properties: 1 }, 14, "$jsonSchema keyword 'properties' must be an object"],
  [{ properties: { a: 1 } }, 14, "Nested schema for $jsonSchema property 'a' must be an object"],
  [
    { properties: { a: { exclusiveMaximum: true } } },
    9,
    "$jsonSchema keyword 'maximum' must be a present if exclusiveMaximum is present",
  ],
  [{ properties: { a: { minLength: -1 } } }, 9, 'Expected a non-negative number in: minLength: -1'],
  [{ properties: { a: { enum: [] } } }, 9, "$jsonSchema keyword 'enum' cannot be an empty array"],
  [
    { properties: { a: { multipleOf: 0 } } },
    9,
    "$jsonSchema keyword 'multipleOf' must have a positive value",
  ],
  [{ anyOf: [] }, 2, "$jsonSchema keyword 'anyOf' must be a non-empty array"],
])('the schema %j is refused', (schema, code, message) => {
  expect(() => ask(schema, {})).toThrow(expect.objectContaining({ code, message }));
});
