import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { isNumber, toDouble } from '../numbers.ts';
import type { Value } from '../values.ts';
import { typeNames, typeOf } from '../values.ts';

export interface Slice {
  readonly skip: number | undefined;
  readonly limit: number;
}

const MAX_INT = 2147483647;

const int = (value: Value): number => {
  const n = isNumber(value) ? Math.trunc(toDouble(value)) : 0;
  return Math.max(-MAX_INT - 1, Math.min(MAX_INT, n || 0));
};

function argument(code: number, which: string, value: Value): number {
  if (!isNumber(value)) {
    fail(
      code,
      `Location${code}`,
      `$slice expects the ${which} argument to be a number, got ${typeNames[typeOf(value)]}`,
    );
  }
  return int(value);
}

/** The argument of find's `$slice`: n, -n or [skip, limit]. Throws 31257–31259, 31272 or 31273. */
export function parseSlice(spec: Value): Slice {
  if (isNumber(spec)) return { skip: undefined, limit: int(spec) };
  if (!Array.isArray(spec)) {
    return fail(31273, 'Location31273', '$slice only supports numbers and [skip, limit] arrays');
  }
  if (spec.length !== 2) {
    fail(31272, 'Location31272', '$slice array argument should be of form [skip, limit]');
  }
  const skip = argument(31257, 'skip', spec[0] as Value);
  const limit = argument(31258, 'limit', spec[1] as Value);
  if (limit <= 0) fail(31259, 'Location31259', `$slice limit must be positive, got ${limit}`);
  return { skip, limit };
}

function sliced(items: readonly Value[], { skip, limit }: Slice): Value[] {
  if (skip === undefined) return limit < 0 ? items.slice(limit) : items.slice(0, limit);
  const start = skip < 0 ? Math.max(0, items.length + skip) : skip;
  return items.slice(start, start + limit);
}

/** Slices the array at a path; arrays on the way are gone through item by item. */
export function sliceAt(doc: Document, parts: readonly string[], slice: Slice): Document {
  const [name = '', ...rest] = parts;
  const value = doc.get(name);
  if (value === undefined) return doc;
  const next =
    rest.length === 0 ? (Array.isArray(value) ? sliced(value, slice) : value) : below(value, rest, slice);
  return next === value ? doc : doc.clone().set(name, next);
}

function below(value: Value, parts: readonly string[], slice: Slice): Value {
  if (Array.isArray(value)) return value.map((item) => below(item, parts, slice));
  return value instanceof Document ? sliceAt(value, parts, slice) : value;
}
