import type { Value } from '../core/values.ts';
import { cutKey, encodeValue, type Index } from '../store/index-definition.ts';
import { afterPrefix, entryPrefix } from '../store/keys.ts';
import { type Interval, isEverything, isPoint } from './intervals.ts';

/** A run of index keys: from `start` up to, not including, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

const MOST_RANGES = 4096;

/** One bound of a field as bytes; `past` asks for the place after all keys that begin with it. */
interface Edge {
  readonly bytes: Uint8Array;
  readonly past: boolean;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function edgesOf(index: Index, field: number, one: Interval): { low: Edge; high: Edge } {
  const descending = index.fields[field]?.direction === -1;
  const first = descending
    ? { value: one.high, inclusive: one.highInclusive }
    : { value: one.low, inclusive: one.lowInclusive };
  const last = descending
    ? { value: one.low, inclusive: one.lowInclusive }
    : { value: one.high, inclusive: one.highInclusive };
  return {
    low: edge(index, field, first.value, !first.inclusive),
    high: edge(index, field, last.value, last.inclusive),
  };
}

function edge(index: Index, field: number, value: Value, past: boolean): Edge {
  return { bytes: encodeValue(index, field, value), past };
}

/** A key that was cut stands for others too, so as a bound it is always taken in. */
function place(index: Index, prefix: Uint8Array, { bytes, past }: Edge, isEnd: boolean): Buffer {
  const cut = cutKey(concat(prefix, bytes));
  const key = entryPrefix(index.number, cut.bytes);
  return (cut.truncated ? isEnd : past) ? afterPrefix(key) : key;
}

/** Prefixes of all combinations of the points of the first fields, and how many fields they cover. */
function pointPrefixes(
  index: Index,
  bounds: readonly (readonly Interval[])[],
): { prefixes: Uint8Array[]; covered: number } {
  let prefixes: Uint8Array[] = [new Uint8Array(0)];
  let covered = 0;
  for (const intervals of bounds) {
    if (!intervals.every(isPoint) || prefixes.length * intervals.length > MOST_RANGES) break;
    const encoded = intervals.map((one) => encodeValue(index, covered, one.low));
    prefixes = prefixes.flatMap((prefix) => encoded.map((bytes) => concat(prefix, bytes)));
    covered++;
  }
  return { prefixes, covered };
}

/** The key ranges, in key order, that hold all entries within the bounds of the leading fields. */
export function keyRanges(index: Index, bounds: readonly (readonly Interval[])[]): KeyRange[] {
  const { prefixes, covered } = pointPrefixes(index, bounds);
  const next = bounds[covered];
  const ranges =
    next === undefined || isEverything(next)
      ? prefixes.map((prefix) => wholePrefix(index, prefix))
      : prefixes.flatMap((prefix) =>
          next.map((one) => {
            const { low, high } = edgesOf(index, covered, one);
            return { start: place(index, prefix, low, false), end: place(index, prefix, high, true) };
          }),
        );
  return ranges.sort((a, b) => Buffer.compare(a.start, b.start));
}

function wholePrefix(index: Index, prefix: Uint8Array): KeyRange {
  const start = entryPrefix(index.number, cutKey(prefix).bytes);
  return { start, end: afterPrefix(start) };
}
