import { compareValues } from '../../core/compare.ts';
import { fail } from '../../core/errors.ts';
import { isNumber, type NumberValue, toDouble } from '../../core/numbers.ts';
import { DateTime, type Value } from '../../core/values.ts';
import { type Unit, unitOf } from '../dates/units.ts';
import { namedArguments, nameOfType, refuse } from '../expressions/arguments.ts';
import { splitPath } from '../expressions/field-path.ts';
import { asLong } from '../expressions/integers.ts';

/** What a sequence runs over. */
export type Point = NumberValue | DateTime;

/** A parsed $densify. */
export interface DensifySpec {
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
  if (!isNumber(step)) {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$densify.range.step' is the wrong type '${nameOfType(step)}', expected types '[int, decimal, double, long']`,
    );
  }
  if (toDouble(step) <= 0) {
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
  if (typeof spec !== 'string') {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$densify.range.unit' is the wrong type '${nameOfType(spec)}', expected type 'string'`,
    );
  }
  const unit = unitOf(spec);
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
    return badValue(
      low instanceof DateTime ? 5733402 : 5733406,
      'a bounding array must contain either both dates or both numeric types',
    );
  }
  if (dates !== (unit !== undefined)) {
    return badValue(dates ? 5733408 : 5733409, 'a unit must be given with date bounds, and only with them');
  }
  if (compareValues(low, high) > 0) {
    return badValue(5733402, 'the bounds in a range statement must be in ascending order');
  }
  return [low as Point, high as Point];
}

/** Parses a $densify, with MongoDB's codes for what is wrong with it. */
export function parseDensify(spec: Value): DensifySpec {
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
