import { fail } from '../errors.ts';
import { isNumber, toDouble } from '../numbers.ts';
import { showDouble } from '../show.ts';
import type { Value } from '../values.ts';
import { BSON } from '../values.ts';

const numberTypes = [BSON.double, BSON.int, BSON.long, BSON.decimal];
const known: ReadonlySet<number> = new Set(Object.values(BSON));
const aliases: Readonly<Record<string, number>> = BSON;

function typesOfAlias(alias: string): readonly number[] {
  if (alias === 'number') return numberTypes;
  if (alias === 'missing') {
    fail(
      2,
      'BadValue',
      "'missing' is not a legal type name. To query for non-existence of a field, use {$exists:false}.",
    );
  }
  const type = Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
  return type === undefined ? fail(2, 'BadValue', `Unknown type name alias: ${alias}`) : [type];
}

function typesOf(value: Value): readonly number[] {
  if (typeof value === 'string') return typesOfAlias(value);
  if (!isNumber(value)) fail(14, 'TypeMismatch', 'type must be represented as a number or a string');
  const code = toDouble(value);
  if (code === 0) {
    fail(2, 'BadValue', 'Invalid numerical type code: 0. Instead use {$exists:false}.');
  }
  if (!known.has(code)) {
    const text = typeof value === 'number' && !Number.isInteger(code) ? showDouble(code) : String(code);
    fail(2, 'BadValue', `Invalid numerical type code: ${text}`);
  }
  return [code];
}

/** The types a `$type` names: numbers, aliases, or an array of them. Throws 2, 9 or 14 as MongoDB does. */
export function parseTypeSet(path: string, value: Value): ReadonlySet<number> {
  const types = new Set((Array.isArray(value) ? value : [value]).flatMap(typesOf));
  if (types.size === 0) fail(9, 'FailedToParse', `${path} must match at least one type`);
  return types;
}
