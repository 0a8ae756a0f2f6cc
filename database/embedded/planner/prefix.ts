/** Characters with a meaning in a regular expression. */
const special = new Set([...'\\^$.|?*+()[]{}']);

/**
 * The text that every match of a regular expression begins with, when it is anchored and cares about case;
 * undefined when there is none.
 */
export function anchoredPrefix(pattern: string, flags: string): string | undefined {
  if (/[imx]/.test(flags)) return undefined;
  const anchor = pattern.startsWith('^') ? 1 : pattern.startsWith('\\A') ? 2 : 0;
  if (anchor === 0 || pattern.includes('|')) return undefined;
  let prefix = '';
  for (let p = anchor; p < pattern.length; ) {
    const taken = literalAt(pattern, p);
    if (taken === undefined) break;
    const next = pattern[p + taken.length];
    if (next !== undefined && '*?{'.includes(next)) break;
    prefix += taken.text;
    p += taken.length;
    if (next === '+') break;
  }
  return prefix === '' ? undefined : prefix;
}

function literalAt(pattern: string, p: number): { text: string; length: number } | undefined {
  const char = pattern[p] as string;
  if (char === '\\') {
    const escaped = pattern[p + 1];
    return escaped !== undefined && !/[A-Za-z0-9]/.test(escaped) ? { text: escaped, length: 2 } : undefined;
  }
  if (special.has(char)) return undefined;
  const whole = String.fromCodePoint(pattern.codePointAt(p) as number);
  return { text: whole, length: whole.length };
}

/** The least text above all texts with this prefix, in the order of UTF-8 bytes. */
export function afterText(prefix: string): string {
  const points = [...prefix].map((char) => char.codePointAt(0) as number);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return '\u{10ffff}'.repeat(2);
  points.push(last === 0xd7ff ? 0xe000 : last + 1);
  return String.fromCodePoint(...points);
}
