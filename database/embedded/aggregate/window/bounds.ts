import { compareValues } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import type { SortPart } from '../../core/sort.ts';
import { DateTime, int32, type Value } from '../../core/values.ts';
import { addUnits, type Unit, unitOf } from '../dates/units.ts';
import { UTC } from '../dates/zone.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { addNumbers } from '../expressions/arithmetic.ts';
import type { Compiler } from '../expressions/expression.ts';
import { asInt } from '../expressions/integers.ts';

type Bound<T> = 'unbounded' | T;

/** Which documents of its partition a function sees from a document. */
export type Bounds =
  | { readonly kind: 'documents'; readonly lower: Bound<number>; readonly upper: Bound<number> }
  | {
      readonly kind: 'range';
      readonly lower: Bound<NumberValue>;
      readonly upper: Bound<NumberValue>;
      readonly unit: Unit | undefined;
    };

export const WHOLE: Bounds = { kind: 'documents', lower: 'unbounded', upper: 'unbounded' };

export function unparsable(message: string): never {
  fail(9, 'FailedToParse', message);
}

function boundOf<T>(spec: Value, compiler: Compiler, zero: T, read: (value: Value) => T): Bound<T> {
  if (spec === 'unbounded') return 'unbounded';
  if (spec === 'current') return zero;
  if (typeof spec === 'string') {
    unparsable("Window bounds must be 'unbounded', 'current', or a number.");
  }
  const { form } = compiler.compile(spec);
  if (form.kind !== 'constant') unparsable('Window bounds expression must be a constant.');
  return read(form.value ?? null);
}

function pairOf(spec: Value): readonly [Value, Value] {
  if (!Array.isArray(spec) || spec.length !== 2) unparsable('Window bounds must be a 2-element array');
  return spec as unknown as readonly [Value, Value];
}

function checkForward(lower: Bound<NumberValue>, upper: Bound<NumberValue>): void {
  if (lower === 'unbounded' || upper === 'unbounded' || compareValues(lower, upper) <= 0) return;
  refuse(5339900, `Lower bound must not exceed upper bound: [${toDouble(lower)}, ${toDouble(upper)}]`);
}

function documentBounds(spec: Value, sort: readonly SortPart[] | undefined, compiler: Compiler): Bounds {
  const [low, high] = pairOf(spec);
  const read = (value: Value): number =>
    asInt(value) ?? unparsable('Numeric document-based bounds must be an integer');
  const lower = boundOf(low, compiler, 0, read);
  const upper = boundOf(high, compiler, 0, read);
  checkForward(lower, upper);
  if (sort === undefined && !(lower === 'unbounded' && upper === 'unbounded')) {
    refuse(5339901, 'Document-based bounds require a sortBy');
  }
  return { kind: 'documents', lower, upper };
}

function unitFrom(spec: Value | undefined): Unit | undefined {
  if (spec === undefined) return undefined;
  if (typeof spec !== 'string') unparsable("'unit' must be a string");
  return unitOf(spec) ?? unparsable(`unknown time unit value: ${spec}`);
}

function rangeBounds(
  spec: Value,
  unitSpec: Value | undefined,
  sort: readonly SortPart[] | undefined,
  compiler: Compiler,
): Bounds {
  const [low, high] = pairOf(spec);
  const unit = unitFrom(unitSpec);
  const read = (value: Value): NumberValue => {
    if (!isNumber(value)) unparsable('Range-based bounds expression must be a number');
    if (unit !== undefined && asInt(value) === undefined) {
      unparsable("With 'unit', range-based bounds must be an integer");
    }
    return value;
  };
  const lower = boundOf<NumberValue>(low, compiler, int32(0), read);
  const upper = boundOf<NumberValue>(high, compiler, int32(0), read);
  checkForward(lower, upper);
  if (sort === undefined || sort.length !== 1) {
    refuse(5339902, 'Range-based bounds require sortBy a single field');
  }
  if (sort[0]?.descending) refuse(8947401, 'Range-based bounds require an ascending sortBy');
  return { kind: 'range', lower, upper, unit };
}

/**
 * Parses a `window`.
 * @throws 9 for a malformed one, 5339900 to 5339902 and 8947401 for bounds that do not fit the sort.
 */
export function parseBounds(spec: Value, sort: readonly SortPart[] | undefined, compiler: Compiler): Bounds {
  if (!(spec instanceof Document)) unparsable("'window' field must be an object");
  const documents = spec.get('documents');
  const range = spec.get('range');
  const unit = spec.get('unit');
  if (documents !== undefined && range !== undefined) {
    unparsable("Window bounds can specify either 'documents' or 'unit', not both.");
  }
  if (range === undefined && unit !== undefined) {
    unparsable("Window bounds can only specify 'unit' with range-based bounds.");
  }
  const known = [documents, range, unit].filter((value) => value !== undefined).length;
  if (spec.size > known) {
    unparsable(
      "'window' field can only contain 'documents' as the only argument or 'range' with an optional 'unit' field",
    );
  }
  if (documents !== undefined) return documentBounds(documents, sort, compiler);
  return range === undefined ? WHOLE : rangeBounds(range, unit, sort, compiler);
}

/** The first index of a window and the one after its last. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

function documentExtent(
  i: number,
  size: number,
  { lower, upper }: Extract<Bounds, { kind: 'documents' }>,
): Extent {
  const from = lower === 'unbounded' ? 0 : Math.min(size, Math.max(0, i + lower));
  const to = upper === 'unbounded' ? size : Math.max(0, Math.min(size, i + upper + 1));
  return { from, to: Math.max(from, to) };
}

type RangeBounds = Extract<Bounds, { kind: 'range' }>;

function checkRangeValue(value: Value | undefined, unit: Unit | undefined): NumberValue | DateTime {
  if (unit !== undefined) {
    if (value instanceof DateTime) return value;
    refuse(5429513, `Invalid range: Expected the sortBy field to be a Date, but it was ${nameOfType(value)}`);
  }
  if (value instanceof DateTime) {
    refuse(5429413, 'For windows that involve date or time ranges, a unit must be provided.');
  }
  if (!isNumber(value)) {
    refuse(
      5429414,
      `Invalid range: Expected the sortBy field to be a number, but it was ${nameOfType(value)}`,
    );
  }
  return value;
}

function moved(value: NumberValue | DateTime, by: NumberValue, unit: Unit | undefined): Value {
  if (value instanceof DateTime) {
    return new DateTime(addUnits(value.ms, unit ?? 'millisecond', toDouble(by), UTC));
  }
  return addNumbers(value, by);
}

/** Both edges move forward only, because the values ascend. */
function rangeExtents(values: readonly (Value | undefined)[], { lower, upper, unit }: RangeBounds): Extent[] {
  let from = 0;
  let to = 0;
  return values.map((raw) => {
    const value = checkRangeValue(raw, unit);
    if (lower !== 'unbounded') {
      const low = moved(value, lower, unit);
      while (from < values.length && compareValues(values[from], low) < 0) from++;
    }
    if (upper === 'unbounded') to = values.length;
    else {
      const high = moved(value, upper, unit);
      while (to < values.length && compareValues(values[to], high) <= 0) to++;
    }
    return { from, to: Math.max(from, to) };
  });
}

/** The window of every document of a partition; `values` are what the partition is sorted by. */
export function extentsOf(bounds: Bounds, values: readonly (Value | undefined)[]): Extent[] {
  if (bounds.kind === 'range') return rangeExtents(values, bounds);
  return values.map((_, i) => documentExtent(i, values.length, bounds));
}
