import { Document } from '../../core/document.ts';
import { fail, MongoError } from '../../core/errors.ts';
import { compileRegex } from '../../core/match/pcre.ts';
import { int32, RegExpValue, type Value } from '../../core/values.ts';
import { compileNamed, refuse } from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { lengthInCodePoints } from './text.ts';

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** The pattern of a `regex` and an `options` operand, or null. */
function patternOf(regex: Value | undefined, options: Value | undefined, name: string): Pattern | null {
  if (!isNullish(regex) && typeof regex !== 'string' && !(regex instanceof RegExpValue)) {
    refuse(51105, `${name} needs 'regex' to be of type string or regex`);
  }
  if (!isNullish(options) && typeof options !== 'string') {
    refuse(51106, `${name} needs 'options' to be of type string`);
  }
  const own = regex instanceof RegExpValue ? regex.flags : '';
  if (!isNullish(options) && own !== '') {
    refuse(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  }
  const flags = isNullish(options) ? own : (options as string);
  const bad = [...flags].find((flag) => !'imsxu'.includes(flag));
  if (bad !== undefined) refuse(51108, `${name} invalid flag in regex options: ${bad}`);
  if (isNullish(regex)) return null;
  return { source: regex instanceof RegExpValue ? regex.pattern : (regex as string), flags };
}

const globals = new WeakMap<RegExp, RegExp>();

/** The expression that finds one match after the other from `lastIndex` on. */
function searcher(pattern: Pattern, name: string): RegExp {
  if (pattern.source.includes('\0')) {
    refuse(51109, `${name}: regular expression cannot contain an embedded null byte`);
  }
  try {
    const regex = compileRegex(pattern.source, pattern.flags);
    let global = globals.get(regex);
    if (global === undefined) {
      global = new RegExp(regex.source, `${regex.flags}g`);
      globals.set(regex, global);
    }
    return global;
  } catch (error) {
    if (!(error instanceof MongoError) || error.code !== 51091) throw error;
    return fail(51111, 'Location51111', `Invalid Regex in ${name}: ${error.message}`);
  }
}

function found(match: RegExpExecArray): Document {
  const [text, ...captures] = match;
  return Document.of([
    ['match', text],
    ['idx', int32(lengthInCodePoints(match.input.slice(0, match.index)))],
    ['captures', captures.map((capture) => capture ?? null)],
  ]);
}

function allMatches(regex: RegExp, text: string): Value[] {
  const matches: Value[] = [];
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    matches.push(found(match));
    if (match[0] === '') regex.lastIndex += (text.codePointAt(regex.lastIndex) ?? 0) > 0xffff ? 2 : 1;
    if (regex.lastIndex >= text.length) break;
  }
  return matches;
}

/** An operator on `{input, regex, options}`; `absent` is its answer for a null input or regex. */
const regexOperator =
  (absent: () => Value, apply: (regex: RegExp, text: string) => Value): Operator =>
  (spec, compiler, name) => {
    const { named, args } = compileNamed(spec, compiler, name, {
      required: ['input', 'regex'],
      optional: ['options'],
      codes: [51103, 31024, 31022],
      messages: {
        object: (op, type) => `${op} expects an object of named arguments but found: ${type}`,
        unknown: (op, key) => `${op} found an unknown argument: ${key}`,
        missing: (op, key) =>
          key === 'input'
            ? `${op} requires 'input' parameter`
            : refuse(31023, `${op} requires 'regex' parameter`),
      },
    });
    const input = named.input as Expression;
    const regex = named.regex as Expression;
    const evaluate: Expression['evaluate'] = (root) => {
      const text = input.evaluate(root);
      const pattern = patternOf(regex.evaluate(root), named.options?.evaluate(root), name);
      const search = pattern && searcher(pattern, name);
      if (!isNullish(text) && typeof text !== 'string')
        refuse(51104, `${name} needs 'input' to be of type string`);
      if (search === null || typeof text !== 'string') return absent();
      search.lastIndex = 0;
      return apply(search, text);
    };
    return { args, evaluate };
  };

/** Regular expressions. */
export const regexOperators: OperatorTable = {
  $regexMatch: regexOperator(
    () => false,
    (regex, text) => regex.test(text),
  ),
  $regexFind: regexOperator(
    () => null,
    (regex, text) => {
      const match = regex.exec(text);
      return match && found(match);
    },
  ),
  $regexFindAll: regexOperator(() => [], allMatches),
};
