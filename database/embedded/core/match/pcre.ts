import { fail } from '../errors.ts';
import {
  escapedCharacter,
  invalid,
  literal,
  shorthand,
  translateClass,
  unicodeProperty,
  unsupported,
} from './pcre-class.ts';

/**
 * MongoDB's regular expressions are PCRE (with UTF); JavaScript's differ in anchors, classes, escapes and
 * flags. Patterns are translated piece by piece; what has no counterpart is refused, never approximated.
 */

interface Options {
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

const END = '(?![\\s\\S])';
const START = '(?<![\\s\\S])';

interface Piece {
  readonly text: string;
  readonly end: number;
}

const anchors: Readonly<Record<string, string>> = {
  A: START,
  z: END,
  Z: `(?=\\n?${END})`,
  b: '\\b',
  B: '\\B',
  R: '(?:\\r\\n|[\\x0a-\\x0d\\x85\\u2028\\u2029])',
};

function escapePiece(src: string, at: number): Piece {
  const letter = src[at + 1];
  if (letter === undefined) return invalid('\\ at end of pattern');
  if (Object.hasOwn(anchors, letter)) return { text: anchors[letter] as string, end: at + 2 };
  const set = shorthand(letter);
  if (set !== undefined) return { text: `[${set}]`, end: at + 2 };
  const property = /^[pP](?:\{\^?\w+\}|[A-Z])/.exec(src.slice(at + 1));
  if (property) return { text: unicodeProperty(property[0]), end: at + 1 + property[0].length };
  if (letter === 'Q') return quoted(src, at + 2);
  if (letter === 'E') return { text: '', end: at + 2 };
  const reference = /^(?:([1-9]\d?)|k(?:\{(\w+)\}|<(\w+)>|'(\w+)')|g\{?(\d+)\}?)/.exec(src.slice(at + 1));
  const character = escapedCharacter(src, at + 1, false);
  if (character) return { text: literal(character.point), end: character.end };
  if (!reference) {
    if (/[KGXCgk]/.test(letter)) unsupported(`\\${letter}`);
    return invalid('unrecognized character follows \\');
  }
  const name = reference[2] ?? reference[3] ?? reference[4];
  const number = reference[1] ?? reference[5];
  return { text: name ? `\\k<${name}>` : `(?:\\${number})`, end: at + 1 + reference[0].length };
}

function quoted(src: string, at: number): Piece {
  const stop = src.indexOf('\\E', at);
  const text = src.slice(at, stop < 0 ? src.length : stop);
  const escaped = Array.from(text, (char) => literal(char.codePointAt(0) as number)).join('');
  return { text: escaped, end: stop < 0 ? src.length : stop + 2 };
}

/** The opening of a group: plain, non-capturing, look-around or named; comments vanish. */
function groupPiece(src: string, at: number): Piece {
  const rest = src.slice(at);
  if (rest.startsWith('(*')) return unsupported('(*VERBS)');
  if (!rest.startsWith('(?')) return { text: '(', end: at + 1 };
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return { text: '', end: at + comment[0].length };
  const plain = /^\(\?(?::|=|!|<=|<!)/.exec(rest);
  if (plain) return { text: plain[0], end: at + plain[0].length };
  const named = /^\(\?(?:P?<(\w+)>|'(\w+)')/.exec(rest);
  if (named) return { text: `(?<${named[1] ?? named[2]}>`, end: at + named[0].length };
  const back = /^\(\?P=(\w+)\)/.exec(rest);
  if (back) return { text: `\\k<${back[1]}>`, end: at + back[0].length };
  return unsupported(`the group ${rest.slice(0, 4)}`);
}

const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})([+?]?)/;

function quantifierPiece(src: string, at: number): Piece | undefined {
  const found = QUANTIFIER.exec(src.slice(at, at + 24));
  if (!found) return undefined;
  if (found[1] === '+') unsupported('possessive quantifiers');
  return { text: found[0], end: at + found[0].length };
}

function piece(src: string, at: number, options: Options): Piece {
  const char = src[at] as string;
  const one = (text: string): Piece => ({ text, end: at + 1 });
  switch (char) {
    case '\\':
      return escapePiece(src, at);
    case '[':
      return translateClass(src, at);
    case '(':
      return groupPiece(src, at);
    case ')':
    case '|':
      return one(char);
    case '.':
      return one(options.dotAll ? '[\\s\\S]' : '[^\\n]');
    case '^':
      return one(options.multiline ? `(?:${START}|(?<=\\n)(?=[\\s\\S]))` : START);
    case '$':
      return one(options.multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`);
    default:
      return quantifierPiece(src, at) ?? plainPiece(src, at);
  }
}

function plainPiece(src: string, at: number): Piece {
  const point = src.codePointAt(at) as number;
  const char = String.fromCodePoint(point);
  if ('*+?'.includes(char)) return invalid('quantifier does not follow a repeatable item');
  return { text: /[{}\]/-]/.test(char) ? `\\${char}`.replace('\\-', '-') : char, end: at + char.length };
}

/** With flag x, white space and comments between the pieces are nothing. */
function skipBlank(src: string, at: number): number {
  let p = at;
  for (;;) {
    if (/[\t-\r ]/.test(src[p] ?? '')) p++;
    else if (src[p] === '#') {
      const line = src.indexOf('\n', p);
      p = line < 0 ? src.length : line + 1;
    } else return p;
  }
}

function translate(src: string, options: Options): string {
  let text = '';
  let p = 0;
  for (;;) {
    if (options.extended) p = skipBlank(src, p);
    if (p >= src.length) return text;
    const next = piece(src, p, options);
    text += next.text;
    p = next.end;
  }
}

const compiled = new Map<string, RegExp>();

/**
 * The JavaScript regular expression of a PCRE pattern with MongoDB's flags (i, m, s, x, u).
 * Throws 51091 for an invalid pattern, 51108 for an unknown flag, 238 for PCRE features without counterpart.
 */
export function compileRegex(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    regex = build(pattern, flags);
    if (compiled.size > 500) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

/** What PCRE takes, as MongoDB builds it. */
const LONGEST_PATTERN = 32_761;

function build(pattern: string, flags: string): RegExp {
  if (flags.includes('\0')) {
    fail(2, 'BadValue', 'Regular expression options string cannot contain an embedded null byte');
  }
  if (Buffer.byteLength(pattern) > LONGEST_PATTERN) invalid('regular expression is too large');
  const unknown = Array.from(flags).find((flag) => !'imsxu'.includes(flag));
  if (unknown) fail(51108, 'Location51108', `invalid flag in regex options: ${unknown}`);
  if (pattern.includes('\0')) {
    fail(2, 'BadValue', 'Regular expression cannot contain an embedded null byte');
  }
  const inline = /^(?:\(\*(?:UTF|UTF8)\))?(?:\(\?([imsx]+)\))?/.exec(pattern);
  const all = flags + (inline?.[1] ?? '');
  const options = { multiline: all.includes('m'), dotAll: all.includes('s'), extended: all.includes('x') };
  const source = translate(pattern.slice(inline?.[0].length ?? 0), options);
  try {
    return new RegExp(source, all.includes('i') ? 'iu' : 'u');
  } catch (error) {
    return invalid(error instanceof Error ? error.message : String(error));
  }
}
