import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { BSON, typeNames, typeOf, type Value } from '../core/values.ts';

/** The BSON types a field may have: names of types, or one of the sets below. */
export type FieldType = readonly number[];
export type FieldTypes = Readonly<Record<string, FieldType>>;

const numbers = [BSON.long, BSON.int, BSON.decimal, BSON.double];

/** What fields of commands can be; `any` leaves the check to the command. */
export const types = {
  any: [],
  string: [BSON.string],
  object: [BSON.object],
  array: [BSON.array],
  bool: [BSON.bool],
  boolish: [BSON.bool, ...numbers],
  number: numbers,
  long: [BSON.long, BSON.int],
  arrayOrObject: [BSON.array, BSON.object],
  stringOrObject: [BSON.string, BSON.object],
  namespace: [BSON.string],
} as const satisfies Record<string, FieldType>;

/** What every command may carry (manual, "Database Commands"; sessions and Stable API specifications). */
const generic: FieldTypes = {
  $db: types.string,
  lsid: types.object,
  $clusterTime: types.object,
  txnNumber: types.any,
  stmtId: types.number,
  startTransaction: types.bool,
  autocommit: types.bool,
  readConcern: types.object,
  writeConcern: types.object,
  $readPreference: types.object,
  $queryOptions: types.object,
  maxTimeMS: types.number,
  comment: types.any,
  apiVersion: types.string,
  apiStrict: types.bool,
  apiDeprecationErrors: types.bool,
  $client: types.any,
  $audit: types.any,
  $configServerState: types.any,
  maxTimeMSOpOnly: types.number,
  coordinator: types.bool,
};

/**
 * Throws 40415 for a field that a command does not know, 14 for one of a wrong type; null stands for a field
 * left out, as everywhere in MongoDB's commands.
 */
export function checkFields(
  command: string,
  body: Document,
  fields: FieldTypes,
  present: ReadonlySet<string>,
): void {
  const keys = body.keys();
  const values = body.values();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const type = own(fields, key) ?? own(generic, key);
    if (type === undefined) {
      if (key === command) continue;
      fail(40415, 'Location40415', `BSON field '${command}.${key}' is an unknown field.`);
    }
    checkType(`${command}.${key}`, values[i] as Value, type);
  }
  for (const key of present) {
    if (own(fields, key) === undefined)
      fail(40415, 'Location40415', `BSON field '${command}.${key}' is an unknown field.`);
    if (body.has(key)) fail(40413, 'Location40413', `BSON field '${command}.${key}' is a duplicate field`);
  }
}

function own(fields: FieldTypes, key: string): FieldType | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Throws 14 TypeMismatch. */
export function checkType(name: string, value: Value, type: FieldType): void {
  if (type.length === 0 || value === null) return;
  const actual = typeOf(value);
  if (type.includes(actual)) return;
  const expected =
    type.length === 1
      ? `expected type '${typeNames[type[0] as number]}'`
      : `expected types '[${type.map((one) => typeNames[one]).join(', ')}]'`;
  fail(14, 'TypeMismatch', `BSON field '${name}' is the wrong type '${typeNames[actual]}', ${expected}`);
}

/** Throws 40414 for a field that must be there. */
export function required(command: string, body: Document, field: string): Value {
  const value = body.get(field);
  if (value === undefined || value === null) {
    fail(40414, 'Location40414', `BSON field '${command}.${field}' is missing but a required field`);
  }
  return value;
}
