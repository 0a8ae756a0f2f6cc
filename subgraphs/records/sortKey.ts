/**
 * A byte-comparable key in Vietnamese alphabetical order, so that an ordinary index serves a sort by name.
 * Order (TCVN, as ICU's `vi`): letters a ă â b c d đ e ê … first, the five tones after, then lower before upper case.
 */
const letters = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
/** Ngang, huyền, hỏi, ngã, sắc, nặng: the order of the tones in a Vietnamese dictionary. */
const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const shapes = new Set(['\u0302', '\u0306', '\u031b']);

/** Signs go before digits, digits before letters, each sign at its own place, as in ICU's root order. */
const signs = ` _-,;:!?.'’"()/&`;

const weights = new Map([
  ...[...signs].map((sign, index) => [sign, String.fromCharCode(0x02 + index)] as const),
  ...[...'0123456789'].map((digit) => [digit, digit] as const),
  ...[...letters].map((letter, index) => [letter, String.fromCharCode(0x61 + index)] as const),
]);

/** Gives the key of a name. Any sign that no Vietnamese name holds is left out. */
export function sortKey(text: string): string {
  let primary = '';
  let tone = '';
  for (const raw of text.normalize('NFC').toLowerCase()) {
    const [base, mark] = splitTone(raw);
    const weight = weights.get(base);
    if (weight === undefined) continue;
    primary += weight;
    tone += String(mark);
  }
  return `${primary}\u0001${tone}`;
}

/** "ấ" → ["â", 4]: the letter with its shape, and the number of its tone. */
function splitTone(char: string): [string, number] {
  const [base = '', ...marks] = char.normalize('NFD');
  const shape = marks.filter((mark) => shapes.has(mark)).join('');
  const tone = marks.find((mark) => tones.includes(mark)) ?? '';
  return [(base + shape).normalize('NFC'), tones.indexOf(tone)];
}
