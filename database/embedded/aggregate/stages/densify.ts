import { compareValues, hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { compileSort } from '../../core/sort.ts';
import { DateTime, int32, type Value } from '../../core/values.ts';
import { addUnits, type Unit, unitOf } from '../dates/units.ts';
import { UTC } from '../dates/zone.ts';
import { namedArguments, nameOfType, refuse } from '../expressions/arguments.ts';
import { addNumbers } from '../expressions/arithmetic.ts';
import { isNullish } from '../expressions/expression.ts';
import { splitPath, valueAt } from '../expressions/field-path.ts';
import { asLong } from '../expressions/integers.ts';
import type { StageParser, StageTable } from './stage.ts';
import { withNested } from './unwind.ts';

type Point = NumberValue | DateTime;

interface DensifySpec {
  readonly field: readonly string[];
  readonly partitionBy: readonly (readonly string[])[];
  readonly step: NumberValue;
  readonly unit: Unit | undefined;
  readonly bounds: 'full' | 'partition' | readonly [Point, Point];
}

const badValue = (code: number, message: string): never => refuse(code, message);

const idl = {
  unknown: (op: string, key: string) => `BSON field '${op}.${key}' is an unknown field.`,
  missing: (op: string, key: string) => `BSON field '${op}.${key}' is missing but a required field`,
  object: (op: string, type: string) => `The ${op} specification must be an object, but found ${type}`,
};

function rangeOf(spec: Value): Pick<DensifySpec, 'step' | 'unit' | 'bounds'> {
  const raw = namedArguments(spec, 'RangeStatement', {
    required: ['step', 'bounds'],
    optional: ['unit'],
    codes: [14, 40415, 40414],
    messages: idl,
  });
  const step = raw.get('step');
  if (!isNumber(step) || toDouble(step) <= 0) {
    return badValue(
      5733401,
      'the step parameter in a range statement must be a strictly positive numeric value',
    );
  }
  const unit = unitIn(raw.get('unit'), step);
  return { step, unit, bounds: boundsOf(raw.get('bounds') ?? null, unit) };
}

function unitIn(spec: Value | undefined, step: NumberValue): Unit | undefined {
  if (spec === undefined) return undefined;
  const unit = typeof spec === 'string' ? unitOf(spec) : undefined;
  if (unit === undefined) fail(9, 'FailedToParse', `unknown time unit value: ${String(spec)}`);
  if (asLong(step) === undefined) {
    badValue(
      6586400,
      'The step parameter in a range satement must be a whole number when densifying a date range',
    );
  }
  return unit;
}

function boundsOf(spec: Value, unit: Unit | undefined): DensifySpec['bounds'] {
  if (spec === 'full' || spec === 'partition') return spec;
  if (!Array.isArray(spec)) {
    return badValue(
      5946802,
      "the bounds in a range statement must be the string 'full', 'partition', or an array of two elements",
    );
  }
  const [low, high] = spec;
  if (spec.length !== 2 || low === undefined || high === undefined) {
    return badValue(5733403, 'a bounding array in a range statement must have exactly two elements');
  }
  const dates = low instanceof DateTime && high instanceof DateTime;
  const numbers = isNumber(low) && isNumber(high);
  if (!dates && !numbers) {
    return badValue(5733406, 'a bounding array must contain either both dates or both numeric types');
  }
  if (dates !== (unit !== undefined)) {
    return badValue(dates ? 5733408 : 5733409, 'a unit must be given with date bounds, and only with them');
  }
  if (compareValues(low, high) > 0) {
    return badValue(5733402, 'the bounds in a range statement must be in ascending order');
  }
  return [low as Point, high as Point];
}

function parseDensify(spec: Value): DensifySpec {
  const raw = namedArguments(spec, '$densify', {
    required: ['field', 'range'],
    optional: ['partitionByFields'],
    codes: [5733410, 40415, 40414],
    messages: idl,
  });
  const field = raw.get('field');
  const partitions = raw.get('partitionByFields') ?? [];
  if (typeof field !== 'string')
    fail(
      14,
      'TypeMismatch',
      `BSON field '$densify.field' is the wrong type '${nameOfType(field)}', expected type 'string'`,
    );
  if (!Array.isArray(partitions) || partitions.some((path) => typeof path !== 'string')) {
    fail(14, 'TypeMismatch', "BSON field '$densify.partitionByFields' must be an array of strings");
  }
  if (field.startsWith('$'))
    refuse(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  const range = rangeOf(raw.get('range') as Value);
  if (range.bounds === 'partition' && partitions.length === 0) {
    badValue(
      5733408,
      "one may not specify the bounds as 'partition' without specifying a non-empty array of partitionByFields. You may have meant to specify 'full' bounds.",
    );
  }
  const overlap = partitions.some(
    (path) => path === field || field.startsWith(`${path}.`) || String(path).startsWith(`${field}.`),
  );
  if (overlap)
    badValue(
      5733411,
      'BSON field to densify may not be one of the partitionByFields, nor lie within or above one',
    );
  return {
    field: splitPath(field),
    partitionBy: partitions.map((path) => splitPath(path as string)),
    ...range,
  };
}

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
      badValue(6053600, 'Encountered date densify value in collection when unit was not specified.');
    return value;
  }
  if (!isNumber(value)) return badValue(5733201, 'Densify field type must be numeric or a date');
  if (so.unit !== undefined)
    badValue(5733201, 'Encountered numeric densify value in collection when unit was specified.');
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
      badValue(
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
