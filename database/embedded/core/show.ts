import { decimalToString } from './decimal.ts';
import { Document } from './document.ts';
import type { Value } from './values.ts';
import {
  Binary,
  Code,
  DateTime,
  DbPointer,
  Decimal128,
  Int32,
  ObjectId,
  RegExpValue,
  SymbolValue,
  Timestamp,
  typeNames,
  typeOf,
} from './values.ts';

/** A double as the server prints it: always with a point or an exponent. */
export function showDouble(n: number): string {
  if (Number.isNaN(n)) return 'nan.0';
  if (!Number.isFinite(n)) return n < 0 ? '-inf.0' : 'inf.0';
  const text = Object.is(n, -0) ? '-0' : String(n);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A value as MongoDB's error messages show it. */
export function show(value: Value | undefined): string {
  switch (typeof value) {
    case 'undefined':
      return 'EOO';
    case 'number':
      return showDouble(value);
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? showArray(value) : showBoxed(value);
  }
}

const showArray = (items: readonly Value[]): string =>
  items.length === 0 ? '[]' : `[ ${items.map(show).join(', ')} ]`;

/** A field and its value as the server prints an element: `a: 1`. */
export function showElement(name: string, value: Value | undefined): string {
  return `${name}: ${show(value)}`;
}

function showDocument(doc: Document): string {
  const fields = doc.entries().map(([name, value]) => showElement(name, value));
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

type Boxed = Exclude<Value, null | boolean | string | number | bigint | Value[]>;

function showBoxed(value: Boxed): string {
  if (value instanceof Document) return showDocument(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`;
  if (value instanceof DateTime) return `new Date(${value.wide ?? value.ms})`;
  if (value instanceof Decimal128) return decimalToString(value);
  if (value instanceof Binary)
    return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (value instanceof RegExpValue) return `/${value.pattern}/${value.flags}`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof SymbolValue) return JSON.stringify(value.value);
  if (value instanceof Code)
    return value.scope ? `CodeWScope( ${value.code}, ${show(value.scope)})` : value.code;
  if (value instanceof DbPointer) return `DBRef('${value.namespace}', ${value.id.toHex()})`;
  const name = typeNames[typeOf(value)] as string;
  return name === 'undefined' ? name : name.charAt(0).toUpperCase() + name.slice(1);
}
