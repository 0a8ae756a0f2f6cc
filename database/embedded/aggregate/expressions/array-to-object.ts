import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse, unary } from './arguments.ts';
import { isNullish, type OperatorTable } from './expression.ts';

function checkKey(key: string, code: number): string {
  if (key.includes('\0')) refuse(code, 'Key field cannot contain an embedded null byte');
  return key;
}

function ofPair(item: Value): [string, Value] {
  if (!Array.isArray(item)) {
    refuse(
      40396,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Array was detected, now found: ${nameOfType(item)}`,
    );
  }
  if (item.length !== 2) {
    refuse(40397, `$arrayToObject requires an array of size 2 arrays, found array of size: ${item.length}`);
  }
  const [key, value] = item as [Value, Value];
  if (typeof key !== 'string') {
    refuse(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${nameOfType(key)}`,
    );
  }
  return [checkKey(key, 4940400), value];
}

function ofKeyValue(item: Value): [string, Value] {
  if (!(item instanceof Document)) {
    refuse(
      40391,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Object was detected, now found: ${nameOfType(item)}`,
    );
  }
  if (item.size !== 2) {
    refuse(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${item.size}`,
    );
  }
  const key = item.get('k');
  const value = item.get('v');
  if (key === undefined || value === undefined) {
    refuse(
      40393,
      `$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys from: {${item.keys().join(', ')}}`,
    );
  }
  if (typeof key !== 'string') {
    refuse(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${nameOfType(key)}`,
    );
  }
  return [checkKey(key, 4940401), value];
}

/** The first item decides whether all are [k, v] pairs or {k, v} documents; the last of equal keys wins. */
function arrayToObject(list: Value | undefined): Value {
  if (isNullish(list)) return null;
  if (!Array.isArray(list))
    refuse(40386, `$arrayToObject requires an array input, found: ${nameOfType(list)}`);
  const [first] = list;
  if (first !== undefined && !Array.isArray(first) && !(first instanceof Document)) {
    refuse(40398, `Unrecognised input type format for $arrayToObject: ${nameOfType(first)}`);
  }
  const read = Array.isArray(first) ? ofPair : ofKeyValue;
  const object = Document.of();
  for (const item of list) object.set(...read(item));
  return object;
}

/** Objects from keys and values. */
export const arrayToObjectOperators: OperatorTable = { $arrayToObject: unary(arrayToObject) };
