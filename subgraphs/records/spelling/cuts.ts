/** Longer words are cut within their first letters only: these tell almost all words apart, and keep the index small. */
const FRONT = 7;

/** From so many letters on, a word may hold two slips. */
export const LONG = 8;

/** How many letters must be cut of a word, so that it meets every word that is that many slips away. */
const cutsFor = (slips: number) => (word: string) => without(word.slice(0, FRONT), slips);

/** Gives the word itself, and all that is left of it when up to `count` letters are taken out. */
function without(word: string, count: number): string[] {
  const all = new Set([word]);
  let last = [word];
  for (let taken = 0; taken < count; taken += 1) {
    last = last.flatMap((each) => [...each].map((_, at) => each.slice(0, at) + each.slice(at + 1)));
    for (const each of last) all.add(each);
  }
  return [...all].filter((each) => each.length > 0);
}

/**
 * Gives the keys under which a word that is known is found by those who mistype it (symmetric deletion: a wrong letter is
 * one cut of both words, a missing letter one of the known word, a letter too much one of what was typed, a swap one of
 * both; so words one slip apart have a key in common, and an index finds what a scan would have to compare).
 */
export const keysOfWord = (word: string): string[] => cutsFor(word.length >= LONG ? 2 : 1)(word);

/** Gives the keys by which what was typed looks for known words; see {@link keysOfWord}. */
export const keysOfTyped = (typed: string): string[] => cutsFor(typed.length >= LONG - 2 ? 2 : 1)(typed);
