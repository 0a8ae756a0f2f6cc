import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GraphError } from '../../server/errors.ts';
import { decodeCursor, encodeCursor, fingerprint, type SortValue } from './cursor.ts';
import { afterPosition, type Filter, type SortField, valueAt, withId } from './keyset.ts';

type Row = { readonly _id: string; readonly a: number | null; readonly b: string };

/** MongoDB's order for the values that appear here: null, numbers, strings. */
const rank = (value: SortValue): number => (value === null ? 0 : typeof value === 'number' ? 1 : 2);
const compare = (x: SortValue, y: SortValue): number =>
  rank(x) - rank(y) || (x === y ? 0 : (x as never) < (y as never) ? -1 : 1);

const inOrder = (rows: readonly Row[], sort: readonly SortField[]): Row[] =>
  rows.toSorted((x, y) => {
    for (const { field, direction } of sort) {
      const order = compare(valueAt(x, field), valueAt(y, field)) * direction;
      if (order !== 0) return order;
    }
    return 0;
  });

/** The few operators that a keyset filter uses, with MongoDB's type bracketing. */
function matches(row: Row, filter: Filter): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (condition as Filter[]).every((part) => matches(row, part));
    if (key === '$or') return (condition as Filter[]).some((part) => matches(row, part));
    const value = valueAt(row, key);
    if (condition === null || typeof condition !== 'object') return value === condition;
    const [[operator, operand]] = Object.entries(condition) as [[string, SortValue]];
    if (operator === '$ne') return value !== operand;
    if (rank(value) !== rank(operand)) return false;
    const order = compare(value, operand);
    return { $gt: order > 0, $gte: order >= 0, $lt: order < 0, $lte: order <= 0 }[operator] ?? false;
  });
}

const rowsOf = fc.uniqueArray(
  fc.record({
    _id: fc.stringMatching(/^[a-z]{1,3}$/),
    a: fc.option(fc.integer({ min: 0, max: 3 })),
    b: fc.constantFrom('x', 'y', 'z'),
  }),
  { selector: (row) => row._id, maxLength: 12 },
);
const direction = fc.constantFrom(1 as const, -1 as const);
/** `b` is filled in every row, which a sort may say or not. */
const fieldsOf: fc.Arbitrary<readonly SortField[]> = fc
  .tuple(direction, direction, fc.boolean(), fc.boolean())
  .map(([first, second, said, turned]) => {
    const b = { field: 'b', direction: second, ...(said ? { filled: true as const } : {}) };
    const fields = [{ field: 'a', direction: first }, b];
    return turned ? fields.toReversed() : fields;
  });

test('pages of any size, put together, are the whole list in order, nulls and ties included', () => {
  fc.assert(
    fc.property(rowsOf, fieldsOf, fc.integer({ min: 1, max: 4 }), (rows, fields, size) => {
      const sort = withId(fields);
      const whole = inOrder(rows, sort);
      const seen: Row[] = [];
      for (let page = whole.slice(0, size); page.length > 0; ) {
        seen.push(...page);
        const last = page.at(-1);
        const position = sort.map(({ field }) => valueAt(last, field));
        page = whole.filter((row) => matches(row, afterPosition(sort, position))).slice(0, size);
      }
      expect(seen).toEqual(whole);
    }),
  );
});

test('a cursor gives back what it was made of', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.date({ noInvalidDate: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      expect(decodeCursor(encodeCursor(values, 'print'), 'print', values.length)).toEqual(values);
    }),
  );
});

test('the fingerprint of a filter does not depend on the order of its fields', () => {
  expect(fingerprint({ a: 1, b: [1, 2] })).toBe(fingerprint({ b: [1, 2], a: 1 }));
  expect(fingerprint({ a: 1, b: [1, 2] })).not.toBe(fingerprint({ a: 1, b: [2, 1] }));
});

test.each([
  ['of another filter', encodeCursor(['x'], 'other'), 'CURSOR_MISMATCH'],
  ['with too few values', encodeCursor([], 'print'), 'CURSOR_MISMATCH'],
  ['no base64', '%%%', 'CURSOR_INVALID'],
  ['no list', Buffer.from('{"a":1}').toString('base64url'), 'CURSOR_INVALID'],
  ['an operator smuggled in', Buffer.from('["print",{"$gt":""}]').toString('base64url'), 'CURSOR_INVALID'],
])('a cursor %s is refused', (_, cursor, code) => {
  const decode = () => decodeCursor(cursor, 'print', 1);
  expect(decode).toThrow(GraphError);
  expect(decode).toThrow(expect.objectContaining({ code }));
});
