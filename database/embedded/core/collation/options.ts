import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { isNumber, toDouble } from '../numbers.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';
import { int32, typeNames, typeOf } from '../values.ts';

export interface CollationOptions {
  readonly locale: string;
  readonly caseLevel: boolean;
  readonly caseFirst: 'off' | 'upper' | 'lower';
  readonly strength: number;
  readonly numericOrdering: boolean;
  readonly alternate: 'non-ignorable' | 'shifted';
  readonly maxVariable: 'punct' | 'space';
  readonly normalization: boolean;
  readonly backwards: boolean;
}

const defaults: CollationOptions = {
  locale: 'simple',
  caseLevel: false,
  caseFirst: 'off',
  strength: 3,
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
};

/** The version of the collation rules that MongoDB 7.0 writes into its catalogue. */
const VERSION = '57.1';

const words: Readonly<Record<string, readonly string[]>> = {
  caseFirst: ['off', 'upper', 'lower'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
};

function wrongType(name: string, value: Value, expected: string): never {
  const got = typeNames[typeOf(value)];
  return fail(
    14,
    'TypeMismatch',
    `BSON field 'collation.${name}' is the wrong type '${got}', expected ${expected}`,
  );
}

function option(name: string, value: Value): unknown {
  if (name === 'locale' || name === 'version')
    return typeof value === 'string' ? value : wrongType(name, value, "type 'string'");
  if (Object.hasOwn(words, name)) return word(name, value);
  if (name === 'strength') return strength(value);
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toDouble(value) !== 0;
  return wrongType(name, value, "types '[bool, long, int, decimal, double']");
}

function notAValue(name: string, value: Value): never {
  const text = typeof value === 'string' ? value : show(value);
  return fail(
    2,
    'BadValue',
    `Enumeration value '${text}' for field 'collation.${name}' is not a valid value.`,
  );
}

function word(name: string, value: Value): string {
  if (typeof value !== 'string') return wrongType(name, value, "type 'string'");
  return words[name]?.includes(value) ? value : notAValue(name, value);
}

function strength(value: Value): number {
  if (!isNumber(value)) return wrongType('strength', value, "types '[long, int, decimal, double']");
  const level = Math.trunc(toDouble(value));
  return level >= 1 && level <= 5 ? level : notAValue('strength', value);
}

/** The options of a collation document. Throws 2, 14, 40414 and 40415 as MongoDB does. */
export function parseOptions(spec: Document): CollationOptions {
  const options: Record<string, unknown> = { ...defaults };
  for (const [name, value] of spec.entries()) {
    if (!Object.hasOwn(defaults, name) && name !== 'version') {
      fail(40415, 'Location40415', `BSON field 'collation.${name}' is an unknown field.`);
    }
    options[name] = option(name, value);
  }
  if (!spec.has('locale')) {
    fail(40414, 'Location40414', "BSON field 'collation.locale' is missing but a required field");
  }
  const parsed = options as unknown as CollationOptions;
  checkTogether(parsed, spec);
  return parsed;
}

function checkTogether(options: CollationOptions, spec: Document): void {
  const bad = (message: string): never => fail(2, 'BadValue', message);
  const full = show(spec);
  if (options.locale === 'simple' && spec.size > 1) {
    bad(`If 'locale' is 'simple', no other fields should be present in: ${full}`);
  }
  if (options.backwards && options.strength === 1) {
    bad(`'backwards' is invalid with 'strength' of 1 in: ${full}`);
  }
  if (options.caseFirst !== 'off' && !options.caseLevel && options.strength < 3) {
    bad(`'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater than 2 in: ${full}`);
  }
}

/** The full document that MongoDB shows for a collation, every option named. */
export function fullSpec(options: CollationOptions): Document {
  const entries = Object.entries(options).map(
    ([name, value]) => [name, typeof value === 'number' ? int32(value) : value] as [string, Value],
  );
  return Document.of([...entries, ['version', VERSION]]);
}
