import { compareValues, hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import { compileSort } from '../../core/sort.ts';
import { DateTime, int32, type Value } from '../../core/values.ts';
import { addUnits } from '../dates/units.ts';
import { UTC } from '../dates/zone.ts';
import { refuse } from '../expressions/arguments.ts';
import { addNumbers } from '../expressions/arithmetic.ts';
import { isNullish } from '../expressions/expression.ts';
import { valueAt } from '../expressions/field-path.ts';
import { type DensifySpec, type Point, parseDensify } from './densify-spec.ts';
import type { StageParser, StageTable } from './stage.ts';
import { withNested } from './unwind.ts';

/** The next point of the sequence. */
function stepped(from: Point, { step, unit }: DensifySpec): Point {
  if (!(from instanceof DateTime)) return addNumbers(from, step);
  return new DateTime(addUnits(from.ms, unit ?? 'millisecond', toDouble(step), UTC));
}

function pointOf(doc: Document, so: DensifySpec): Point | undefined {
  const value = valueAt(doc, so.field, 0);
  if (isNullish(value)) return undefined;
  if (value instanceof DateTime) {
    if (so.unit === undefined)
      refuse(6053600, 'Encountered date densify value in collection when unit was not specified.');
    return value;
  }
  if (!isNumber(value)) return refuse(5733201, 'Densify field type must be numeric or a date');
  if (so.unit !== undefined)
    refuse(5733201, 'Encountered numeric densify value in collection when unit was specified.');
  return value;
}

interface Partition {
  /** The partition's own fields, which made documents carry. */
  readonly fields: readonly (readonly [readonly string[], Value])[];
  readonly docs: { readonly doc: Document; readonly point: Point }[];
}

const MOST_MADE = 500_000;

class Densifier {
  readonly #so: DensifySpec;
  #made = 0;
  constructor(so: DensifySpec) {
    this.#so = so;
  }

  #make(point: Point, { fields }: Partition): Document {
    if (++this.#made > MOST_MADE) {
      refuse(
        5897900,
        `Generated ${this.#made} documents in $densify, which is over the limit of ${MOST_MADE}. Increase the 'internalQueryMaxAllowedDensifyDocs' parameter to allow more generated documents`,
      );
    }
    const start = fields.reduce((doc, [path, value]) => withNested(doc, path, value), Document.of());
    return withNested(start, this.#so.field, point);
  }

  /** The documents of a partition with those that are missing between its bounds. */
  *fill(partition: Partition, low: Point, high: Point, closed: boolean): Iterable<Document> {
    let next = low;
    const advance = (): void => {
      next = stepped(next, this.#so);
    };
    const inside = (point: Point): boolean => compareValues(point, high) < (closed ? 1 : 0);
    for (const { doc, point } of partition.docs) {
      while (inside(next) && compareValues(next, point) < 0) {
        yield this.#make(next, partition);
        advance();
      }
      if (compareValues(next, point) === 0) advance();
      yield doc;
    }
    while (inside(next)) {
      yield this.#make(next, partition);
      advance();
    }
  }
}

function partitionsOf(
  source: Iterable<Document>,
  so: DensifySpec,
): { partitions: Partition[]; bare: Document[] } {
  const partitions = new Map<string, Partition>();
  const bare: Document[] = [];
  const sorter = compileSort(Document.of([[so.field.join('.'), int32(1)]]));
  const sorted = [...source].map((doc) => ({ doc, key: sorter.keyOf(doc) }));
  sorted.sort((a, b) => sorter.compareKeys(a.key, b.key));
  for (const { doc } of sorted) {
    const point = pointOf(doc, so);
    if (point === undefined) {
      bare.push(doc);
      continue;
    }
    const values = so.partitionBy.map((path) => valueAt(doc, path, 0));
    const key = values.map((value) => hashKey(value)).join('\0');
    let partition = partitions.get(key);
    if (partition === undefined) {
      const fields = so.partitionBy.flatMap((path, i) =>
        values[i] === undefined ? [] : [[path, values[i] as Value] as const],
      );
      partition = { fields, docs: [] };
      partitions.set(key, partition);
    }
    partition.docs.push({ doc, point });
  }
  return { partitions: [...partitions.values()], bare };
}

function outermost(partitions: readonly Partition[]): readonly [Point, Point] | undefined {
  const points = partitions.flatMap(({ docs }) => [docs[0]?.point, docs.at(-1)?.point]) as Point[];
  const sorted = points.sort(compareValues);
  const low = sorted[0];
  const high = sorted.at(-1);
  return low === undefined || high === undefined ? undefined : [low, high];
}

const densify: StageParser = (spec) => {
  const so = parseDensify(spec);
  return {
    *run(source) {
      const { partitions, bare } = partitionsOf(source, so);
      yield* bare;
      const densifier = new Densifier(so);
      const explicit = Array.isArray(so.bounds) ? (so.bounds as readonly [Point, Point]) : undefined;
      const full = explicit ?? (so.bounds === 'full' ? outermost(partitions) : undefined);
      if (partitions.length === 0 && explicit !== undefined && so.partitionBy.length === 0) {
        partitions.push({ fields: [], docs: [] });
      }
      for (const partition of partitions) {
        const [low, high] = full ?? (outermost([partition]) as readonly [Point, Point]);
        yield* densifier.fill(partition, low, high, explicit === undefined);
      }
    },
  };
};

/** Filling gaps in a sequence with documents. */
export const densifyStages: StageTable = { $densify: densify };
