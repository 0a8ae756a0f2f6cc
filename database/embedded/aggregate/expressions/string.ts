import { Binary, int32, type Value } from '../../core/values.ts';
import { binary, compileNamed, nameOfType, operator, refuse, unary } from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { coerceToString, lengthInCodePoints } from './text.ts';

const concat = operator(0, Infinity, (args) => (root) => {
  let text = '';
  for (const arg of args) {
    const value = arg.evaluate(root);
    if (isNullish(value)) return null;
    if (typeof value !== 'string') refuse(16702, `$concat only supports strings, not ${nameOfType(value)}`);
    text += value;
  }
  return text;
});

/** Only ASCII letters change case, as in MongoDB. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

function compareIgnoringCase(a: Value | undefined, b: Value | undefined): Value {
  return int32(
    Math.sign(Buffer.compare(Buffer.from(upper(coerceToString(a))), Buffer.from(upper(coerceToString(b))))),
  );
}

function bytesOf(value: Value | undefined): Value {
  if (typeof value !== 'string') {
    refuse(34473, `$strLenBytes requires a string argument, found: ${nameOfType(value)}`);
  }
  return int32(Buffer.byteLength(value));
}

function codePointsOf(value: Value | undefined): Value {
  if (typeof value !== 'string') {
    refuse(34471, `$strLenCP requires a string argument, found: ${nameOfType(value)}`);
  }
  return int32(lengthInCodePoints(value));
}

function binarySize(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return int32(Buffer.byteLength(value));
  if (value instanceof Binary) return int32(value.bytes.length);
  return refuse(51276, `$binarySize requires a string or BinData argument, found: ${nameOfType(value)}`);
}

function split(text: Value | undefined, separator: Value | undefined): Value {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string') {
    refuse(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${nameOfType(text)}`,
    );
  }
  if (typeof separator !== 'string') {
    refuse(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${nameOfType(separator)}`,
    );
  }
  if (separator === '') refuse(40087, '$split requires a non-empty separator');
  return text.split(separator);
}

const BLANK = '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trimmed(text: string, characters: string, left: boolean, right: boolean): string {
  const dropped = new Set(characters);
  const points = [...text];
  let from = 0;
  let to = points.length;
  while (left && from < to && dropped.has(points[from] as string)) from++;
  while (right && to > from && dropped.has(points[to - 1] as string)) to--;
  return points.slice(from, to).join('');
}

/** A text operand of $trim, or null; refused when it is neither. */
function textOrNull(value: Value | undefined, code: number, what: string): string | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  return refuse(code, `${what} to be a string, got ${nameOfType(value)} instead.`);
}

const trim =
  (left: boolean, right: boolean): Operator =>
  (spec, compiler, name) => {
    const { named, args } = compileNamed(spec, compiler, name, {
      required: ['input'],
      optional: ['chars'],
      codes: [50696, 50694, 50695],
      messages: {
        object: (op, type) => `${op} only supports an object as an argument, found ${type}`,
        unknown: (op, key) => `${op} found an unknown argument: ${key}`,
        missing: (op) => `${op} requires an 'input' argument`,
      },
    });
    const input = named.input as Expression;
    return {
      args,
      evaluate: (root) => {
        const text = textOrNull(input.evaluate(root), 50699, `${name} requires its input`);
        if (text === null) return null;
        if (named.chars === undefined) return trimmed(text, BLANK, left, right);
        const chars = textOrNull(named.chars.evaluate(root), 50700, `${name} requires 'chars'`);
        return chars === null ? null : trimmed(text, chars, left, right);
      },
    };
  };

const replaceCodes = {
  input: 51746,
  find: 51745,
  replacement: 51744,
} as const;
const replaceMissing: Readonly<Record<string, number>> = { input: 51749, find: 51748, replacement: 51747 };

const replace =
  (apply: (text: string, find: string, by: string) => string): Operator =>
  (spec, compiler, name) => {
    const { named, args } = compileNamed(spec, compiler, name, {
      required: [],
      optional: ['input', 'find', 'replacement'],
      codes: [51751, 51750, 51749],
      messages: {
        object: (op, type) => `${op} requires an object as an argument, found: ${type}`,
        unknown: (op, key) => `${op} found an unknown argument: ${key}`,
      },
    });
    const parts = (Object.keys(replaceCodes) as (keyof typeof replaceCodes)[]).map((key) => {
      const part = named[key];
      if (part === undefined)
        refuse(replaceMissing[key] ?? 51749, `${name} requires '${key}' to be specified`);
      return [key, part] as const;
    });
    return {
      args,
      evaluate: (root) => {
        const values = parts.map(([key, part]) => {
          const value = part.evaluate(root);
          if (typeof value === 'string' || isNullish(value)) return value;
          return refuse(
            replaceCodes[key],
            `${name} requires that '${key}' be a string, found: ${nameOfType(value)}`,
          );
        });
        const [text, find, by] = values;
        if (isNullish(text) || isNullish(find) || isNullish(by)) return null;
        return apply(text as string, find as string, by as string);
      },
    };
  };

function replaceFirst(text: string, find: string, by: string): string {
  const at = text.indexOf(find);
  return at < 0 ? text : text.slice(0, at) + by + text.slice(at + find.length);
}

/** An empty text is found before every character and at the end. */
function replaceEvery(text: string, find: string, by: string): string {
  return find === '' ? by + [...text].map((char) => char + by).join('') : text.split(find).join(by);
}

/** Texts. */
export const stringOperators: OperatorTable = {
  $concat: concat,
  $toLower: unary((value) => lower(coerceToString(value))),
  $toUpper: unary((value) => upper(coerceToString(value))),
  $strcasecmp: binary(compareIgnoringCase),
  $strLenBytes: unary(bytesOf),
  $strLenCP: unary(codePointsOf),
  $binarySize: unary(binarySize),
  $split: binary(split),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(replaceFirst),
  $replaceAll: replace((text, find, by) => replaceEvery(text, find, by)),
};
