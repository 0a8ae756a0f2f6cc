import mongoose from 'mongoose';
import { Document } from './core/document.ts';
import {
  Binary,
  Code,
  DateTime,
  Decimal128,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  RegExpValue,
  SymbolValue,
  Timestamp,
  typeNames,
  typeOf,
  type Value,
} from './core/values.ts';

const { BSON } = mongoose.mongo;

/**
 * A value as the driver writes it back byte for byte: documents become Maps, which keep the order of any names,
 * numbers become the driver's classes, which keep their types. Throws for types that the driver cannot write.
 */
export function toDriver(value: Value): unknown {
  if (value instanceof Document)
    return new Map(value.entries().map(([name, item]) => [name, toDriver(item)]));
  if (Array.isArray(value)) return value.map(toDriver);
  if (typeof value === 'number') return new BSON.Double(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return BSON.Long.fromBigInt(value);
  return toDriverClass(value);
}

function toDriverClass(value: Value): unknown {
  if (value instanceof Int32) return new BSON.Int32(value.value);
  if (value instanceof ObjectId) return new BSON.ObjectId(value.bytes);
  if (value instanceof DateTime && value.wide === undefined) return new Date(value.ms);
  if (value instanceof Decimal128) return new BSON.Decimal128(value.bytes);
  if (value instanceof Binary) return new BSON.Binary(value.bytes, value.subtype);
  if (value instanceof Timestamp) return new BSON.Timestamp({ t: value.t, i: value.i });
  if (value instanceof RegExpValue) return new BSON.BSONRegExp(value.pattern, value.flags);
  if (value instanceof Code)
    return new BSON.Code(value.code, value.scope && (toDriver(value.scope) as Record<string, unknown>));
  if (value instanceof SymbolValue) return new BSON.BSONSymbol(value.value);
  if (value instanceof MinKey) return new BSON.MinKey();
  if (value instanceof MaxKey) return new BSON.MaxKey();
  throw new Error(`a value of type ${typeNames[typeOf(value as Value)]} cannot be written by the driver`);
}
