import { fail } from '../errors.ts';

/** Contents of a JS character class (flag u) for the letters that PCRE and JS read differently. */
const escapes: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\0-\\/:-\\u{10ffff}',
  w: 'A-Za-z0-9_',
  W: '\\0-\\/:-@\\[-\\^`\\{-\\u{10ffff}',
  s: '\\t-\\r ',
  S: '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}',
  h: '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  H: '\\0-\\x08\\x0a-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}',
  v: '\\x0a-\\x0d\\x85\\u2028\\u2029',
  V: '\\0-\\x09\\x0e-\\x84\\x86-\\u2027\\u202a-\\u{10ffff}',
  N: '\\0-\\x09\\x0b-\\u{10ffff}',
};

const posix: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t-\\r ',
  blank: '\\t ',
  punct: '!-\\/:-@\\[-`\\{-~',
  cntrl: '\\0-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
  word: 'A-Za-z0-9_',
  xdigit: 'A-Fa-f0-9',
  ascii: '\\0-\\x7f',
};

/** The class contents a shorthand such as `\w` stands for. */
export function shorthand(letter: string): string | undefined {
  return Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
}

const single: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

interface Escaped {
  /** The code point it names. */
  readonly point: number;
  readonly end: number;
}

/** An escape at `at` (after the backslash) that names one character: \n, \x41, \x{1F600}, \o{7}, \cA, \101, \. */
export function escapedCharacter(src: string, at: number, inClass: boolean): Escaped | undefined {
  const rest = src.slice(at, at + 16);
  const letter = rest[0] ?? '';
  if (Object.hasOwn(single, letter)) return { point: single[letter] as number, end: at + 1 };
  if (letter === 'b' && inClass) return { point: 8, end: at + 1 };
  const braced = /^(?:x\{([0-9a-fA-F]+)\}|o\{([0-7]+)\})/.exec(rest);
  if (braced) {
    const point =
      braced[1] === undefined ? Number.parseInt(braced[2] as string, 8) : Number.parseInt(braced[1], 16);
    if (point > 0x10ffff) invalid('character code point value in \\x{} or \\o{} is too large');
    return { point, end: at + braced[0].length };
  }
  const hex = /^x([0-9a-fA-F]{0,2})/.exec(rest);
  if (hex) return { point: Number.parseInt(hex[1] || '0', 16), end: at + hex[0].length };
  if (/^c[\x20-\x7e]/.test(rest)) {
    return { point: (rest.charCodeAt(1) & 0xdf) ^ 64, end: at + 2 };
  }
  const octal = (inClass ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,2}|[1-7][0-7]{2})/).exec(rest);
  if (octal) return { point: Number.parseInt(octal[0], 8) & 0xff, end: at + octal[0].length };
  if (/^[^A-Za-z0-9]/.test(rest)) {
    const point = rest.codePointAt(0) as number;
    return { point, end: at + (point > 0xffff ? 2 : 1) };
  }
  return undefined;
}

/** A code point written so that it is itself, inside and outside of a class. */
export function literal(point: number): string {
  const char = String.fromCodePoint(point);
  return /[A-Za-z0-9_]/.test(char) || point > 0xffff ? char : `\\u{${point.toString(16)}}`;
}

/** 51091 is MongoDB's code for a pattern that PCRE refuses. */
export function invalid(why: string): never {
  return fail(51091, 'Location51091', `Regular expression is invalid: ${why}`);
}

/** PCRE has it, this database does not. */
export function unsupported(what: string): never {
  return fail(238, 'NotImplemented', `Regular expressions with ${what} are not supported`);
}

interface Item {
  readonly text: string;
  readonly end: number;
  /** Set when the item is one character, which may start or end a range. */
  readonly point?: number;
}

function posixItem(src: string, at: number): Item | undefined {
  const found = /^\[:(\^?)([a-z]+):\]/.exec(src.slice(at, at + 14));
  if (!found) return undefined;
  const set = Object.hasOwn(posix, found[2] as string) ? posix[found[2] as string] : undefined;
  if (set === undefined) return invalid('unknown POSIX class name');
  if (found[1]) unsupported('negated POSIX classes');
  return { text: set, end: at + found[0].length };
}

function classItem(src: string, at: number): Item {
  const named = src[at] === '[' ? posixItem(src, at) : undefined;
  if (named) return named;
  if (src[at] !== '\\') {
    const point = src.codePointAt(at) as number;
    return { text: literal(point), point, end: at + (point > 0xffff ? 2 : 1) };
  }
  const letter = src[at + 1];
  if (letter === undefined) invalid('\\ at end of pattern');
  const set = shorthand(letter);
  if (set !== undefined) return { text: set, end: at + 2 };
  const property = /^[pP](?:\{\^?\w+\}|[A-Z])/.exec(src.slice(at + 1));
  if (property) return { text: unicodeProperty(property[0]), end: at + 1 + property[0].length };
  const found = escapedCharacter(src, at + 1, true);
  if (!found) return invalid('unrecognized character follows \\');
  return { text: literal(found.point), point: found.point, end: found.end };
}

/** `\pL`, `\p{^Lu}`, `\P{Vietnamese}` as JS writes them; names JS lacks are refused. */
export function unicodeProperty(text: string): string {
  const found = /^([pP])\{?(\^?)(\w+)\}?$/.exec(text);
  const negated = (found?.[1] === 'P') !== (found?.[2] === '^');
  const name = found?.[3] ?? '';
  for (const candidate of [name, `Script=${name}`]) {
    const js = `\\${negated ? 'P' : 'p'}{${candidate}}`;
    try {
      new RegExp(js, 'u');
      return js;
    } catch {
      // The next spelling may be known.
    }
  }
  return invalid('unknown property after \\P or \\p');
}

/** Translates the class whose `[` stands at `at`; gives the JS text and the place after its `]`. */
export function translateClass(src: string, at: number): { readonly text: string; readonly end: number } {
  let p = at + 1;
  const negated = src[p] === '^';
  if (negated) p++;
  let text = '';
  for (let first = true; ; first = false) {
    if (p >= src.length) invalid('missing terminating ] for character class');
    if (src[p] === ']' && !first) break;
    const item = classItem(src, p);
    p = item.end;
    text += item.text;
    if (item.point === undefined || src[p] !== '-' || src[p + 1] === ']' || p + 1 >= src.length) continue;
    const upper = classItem(src, p + 1);
    if (upper.point === undefined) {
      text += `\\-${upper.text}`;
    } else {
      if (upper.point < item.point) invalid('range out of order in character class');
      text += `-${upper.text}`;
    }
    p = upper.end;
  }
  return { text: `[${negated ? '^' : ''}${text}]`, end: p + 1 };
}
