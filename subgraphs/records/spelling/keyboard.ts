const toneKeys = /[sfrxj]/gu;
const front = /^([^aeiouy]*)(.*)$/u;

/**
 * Gives a folded word without the keys of a Vietnamese keyboard that went into it because the input method was off: the
 * digits of VNI ("d9a81k" → "dak"; "t45" and "12" are none), or the tones and doubled letters of Telex ("quangr" → "quang", "dduowcj" → "duoc").
 * A word without such keys stays as it is. What is meant can only be tried: "has" is a word too.
 */
export function withoutKeys(word: string): string {
  if (/\d/u.test(word)) return /^\p{L}{2}|^d9/u.test(word) ? word.replace(/\d/gu, '') : word;
  const [, onset = '', rest = ''] = front.exec(word) ?? [];
  // "tw" is "tư"; after the first vowel "w" makes ă, ơ and ư of it, and s f r x j are tones: no Vietnamese word ends so.
  const begun = onset.replace(/^dd/u, 'd').replace(/w$/u, 'u');
  const ended = rest
    .replace(toneKeys, '')
    .replaceAll('w', '')
    .replace(/([aeo])\1/gu, '$1');
  return begun + ended;
}
