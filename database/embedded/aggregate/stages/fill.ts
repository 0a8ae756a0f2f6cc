import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { namedArguments, nameOfType, refuse } from '../expressions/arguments.ts';
import type { StageParser, StageTable } from './stage.ts';

const idl = {
  object: (op: string, type: string) => `The ${op} stage specification must be an object, found ${type}`,
  unknown: (op: string, key: string) => `BSON field '${op}.${key}' is an unknown field.`,
  missing: (op: string, key: string) => `BSON field '${op}.${key}' is missing but a required field`,
};

interface Fills {
  /** Window functions for fields filled from their neighbours. */
  readonly methods: [string, Value][];
  /** Expressions for fields filled with a value. */
  readonly values: [string, Value][];
}

const METHODS: Readonly<Record<string, string>> = { linear: '$linearFill', locf: '$locf' };

function addOutput(field: string, spec: Value, fills: Fills): void {
  if (!(spec instanceof Document)) {
    refuse(6050200, 'Each fill output specification must be an object with exactly one field');
  }
  const method = spec.get('method');
  const value = spec.get('value');
  for (const key of spec.keys()) {
    if (key !== 'method' && key !== 'value') refuse(40415, idl.unknown('$fill.output', key));
  }
  if (method !== undefined && value !== undefined) {
    refuse(
      6050201,
      "Each fill output specification must have exactly one of 'method' or 'value' fields, not both",
    );
  }
  if (method !== undefined) {
    const operator =
      typeof method === 'string' && Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (operator === undefined) refuse(6050202, 'Method must be either locf or linear');
    fills.methods.push([field, Document.of([[operator, `$${field}`]])]);
  }
  if (value !== undefined) {
    fills.values.push([field, Document.of([['$ifNull', [`$${field}`, value]]])]);
  }
}

function partitionOf(raw: ReadonlyMap<string, Value>): [string, Value][] {
  const by = raw.get('partitionBy');
  const fields = raw.get('partitionByFields');
  if (by !== undefined && fields !== undefined) {
    refuse(6050204, "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'");
  }
  if (by !== undefined) {
    if (typeof by !== 'string' && !(by instanceof Document)) {
      fail(14, 'TypeMismatch', `BSON field '$fill.partitionBy' is the wrong type '${nameOfType(by)}'`);
    }
    return [['partitionBy', by]];
  }
  if (fields === undefined) return [];
  if (!Array.isArray(fields) || fields.some((field) => typeof field !== 'string')) {
    fail(14, 'TypeMismatch', "BSON field '$fill.partitionByFields' must be an array of strings");
  }
  fields.forEach((field) => {
    if ((field as string).startsWith('$')) {
      refuse(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    }
  });
  return [['partitionBy', Document.of(fields.map((field, i) => [`p${i}`, `$${field as string}`]))]];
}

/** Null and missing values filled: from the neighbours by window functions, or with a value. */
const fill: StageParser = (spec, { compile, name }) => {
  const raw = namedArguments(spec, name, {
    required: ['output'],
    optional: ['partitionBy', 'partitionByFields', 'sortBy'],
    codes: [9, 40415, 40414],
    messages: idl,
  });
  const output = raw.get('output');
  if (!(output instanceof Document) || output.size === 0) {
    refuse(6050203, "The output field in '$fill' must contain an object with at least one element");
  }
  const fills: Fills = { methods: [], values: [] };
  for (const [field, value] of output.entries()) addOutput(field, value, fills);
  const partition = partitionOf(raw);
  const sortBy = raw.get('sortBy');
  const window: [string, Value][] = [
    ...partition,
    ...(sortBy === undefined ? [] : [['sortBy', sortBy] as [string, Value]]),
    ['output', Document.of(fills.methods)],
  ];
  const stages: Value[] = [];
  if (fills.methods.length > 0) stages.push(Document.of([['$setWindowFields', Document.of(window)]]));
  if (fills.values.length > 0) stages.push(Document.of([['$addFields', Document.of(fills.values)]]));
  return compile(stages, 'top');
};

/** Filling nulls. */
export const fillStages: StageTable = { $fill: fill };
