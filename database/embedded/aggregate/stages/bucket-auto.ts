import { compareValues } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { isNaNValue, isNumber, toDouble } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import { sizeOf } from '../accumulators/size.ts';
import type { Statement } from '../accumulators/statement.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Expression } from '../expressions/expression.ts';
import { asInt } from '../expressions/integers.ts';
import { Memory } from '../memory.ts';
import { bucketOptions, groupByOf, outputOf } from './bucket.ts';
import { type Granularity, granularityOf } from './granularity.ts';
import type { StageContext, StageParser, StageTable } from './stage.ts';

interface Sorted {
  readonly key: Value;
  readonly doc: Document;
}

function bucketCount(spec: Value | undefined): number {
  if (!isNumber(spec)) {
    refuse(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${nameOfType(spec)}`,
    );
  }
  const count = asInt(spec);
  if (count === undefined) {
    refuse(
      40242,
      "The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found another number",
    );
  }
  if (count <= 0)
    refuse(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`);
  return count;
}

function granularity(spec: Value | undefined): Granularity | undefined {
  if (spec === undefined) return undefined;
  if (typeof spec !== 'string') {
    refuse(
      40261,
      `The $bucketAuto 'granularity' field must be a string, but found type: ${nameOfType(spec)}`,
    );
  }
  return granularityOf(spec) ?? refuse(40257, `Unknown rounding granularity '${spec}'`);
}

function checkRoundable(value: Value): void {
  if (!isNumber(value)) {
    refuse(
      40258,
      `$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: ${nameOfType(value)}`,
    );
  }
  if (isNaNValue(value))
    refuse(40259, "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a NaN");
  if (toDouble(value) < 0) {
    refuse(
      40260,
      `$bucketAuto can specify a 'granularity' with non-negative numbers only, but found a negative number: ${toDouble(value)}`,
    );
  }
}

function makeBucket(
  items: readonly Sorted[],
  min: Value,
  max: Value,
  statements: readonly Statement[],
): Document {
  const id = Document.of([
    ['min', min],
    ['max', max],
  ]);
  const states = statements.map(({ create }) => create(id));
  for (const { doc } of items) {
    for (const [i, state] of states.entries()) state.add(statements[i]?.argument.evaluate(doc));
  }
  return Document.of([
    ['_id', id],
    ...statements.map(({ field }, i) => [field, states[i]?.result() ?? null] as [string, Value]),
  ]);
}

/** Cuts sorted documents into buckets of about the same size, equal values staying together. */
function* buckets(
  all: readonly Sorted[],
  count: number,
  statements: readonly Statement[],
  context: StageContext,
): Iterable<Document> {
  const size = Math.max(1, Math.round(all.length / count));
  const same = (a: Sorted, b: Sorted): boolean => compareValues(a.key, b.key, context.env.collation) === 0;
  for (let from = 0, made = 1; from < all.length; made++) {
    let to = made === count ? all.length : Math.min(all.length, from + size);
    while (to < all.length && same(all[to] as Sorted, all[to - 1] as Sorted)) to++;
    const next = all[to] ?? all[all.length - 1];
    yield makeBucket(all.slice(from, to), (all[from] as Sorted).key, (next as Sorted).key, statements);
    from = to;
  }
}

/** The same with bounds rounded to a series: a bucket reaches to its last value rounded up. */
function* roundedBuckets(
  all: readonly Sorted[],
  count: number,
  statements: readonly Statement[],
  rounding: Granularity,
): Iterable<Document> {
  const size = Math.max(1, Math.round(all.length / count));
  const keyAt = (i: number): number => toDouble((all[i] as Sorted).key as number);
  let min: number | undefined;
  for (let from = 0, made = 1; from < all.length; made++) {
    min ??= rounding.down(keyAt(from));
    let to = made === count ? all.length : Math.min(all.length, from + size);
    const max = keyAt(to - 1) === 0 ? zeroEnd(all, to, rounding) : rounding.up(keyAt(to - 1));
    while (to < all.length && keyAt(to) < max) to++;
    yield makeBucket(all.slice(from, to), min, max, statements);
    from = to;
    min = max;
  }
}

/** A bucket that ends in zeros reaches to the next value rounded down. */
function zeroEnd(all: readonly Sorted[], to: number, rounding: Granularity): number {
  const next = all.slice(to).find(({ key }) => toDouble(key as number) > 0);
  return next === undefined ? 0 : rounding.down(next.key as number);
}

function sortedBy(source: Iterable<Document>, groupBy: Expression, context: StageContext): Sorted[] {
  const memory = new Memory('$bucketAuto', context.env, true);
  const all: Sorted[] = [];
  for (const doc of source) {
    all.push({ key: groupBy.evaluate(doc) ?? null, doc });
    memory.add(sizeOf(doc));
  }
  return all.sort((a, b) => compareValues(a.key, b.key, context.env.collation));
}

const bucketAuto: StageParser = (spec, context) => {
  const { env, name } = context;
  const options = bucketOptions(spec, name, ['groupBy', 'buckets', 'output', 'granularity'], [40240, 40245]);
  const compiler = newCompiler(env);
  const groupBySpec = options.get('groupBy');
  if (groupBySpec === undefined || !options.has('buckets')) {
    refuse(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  const groupBy = groupByOf(groupBySpec, compiler, name, 40239);
  const count = bucketCount(options.get('buckets'));
  const rounding = granularity(options.get('granularity'));
  const statements = outputOf(options.get('output'), compiler, name, 40244);
  return {
    *run(source) {
      const all = sortedBy(source, groupBy, context);
      if (rounding === undefined) {
        yield* buckets(all, count, statements, context);
        return;
      }
      for (const { key } of all) checkRoundable(key);
      yield* roundedBuckets(all, count, statements, rounding);
    },
  };
};

/** Grouping into a number of buckets. */
export const bucketAutoStages: StageTable = { $bucketAuto: bucketAuto };
