import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOfTyped, keysOfWord, LONG } from './cuts.ts';

test('a word is kept under itself and what is left when a letter is taken out', () => {
  expect(keysOfWord('tri')).toEqual(['tri', 'ri', 'ti', 'tr']);
});

test('a long word is kept under few keys: of its front, two letters may be taken out', () => {
  expect(keysOfWord('provincial').length).toBe(1 + 7 + 21);
});

const letter = fc.constantFrom(...'abcdeghiklmnopqrstuvxy');
const wordOf = (minLength: number) => fc.string({ unit: letter, minLength, maxLength: 12 });
type Slip = readonly ['wrong' | 'missing' | 'more' | 'swapped', number, string];
const slip: fc.Arbitrary<Slip> = fc.tuple(
  fc.constantFrom('wrong' as const, 'missing' as const, 'more' as const, 'swapped' as const),
  fc.nat(20),
  letter,
);

function mistype(word: string, [kind, place, letter]: Slip): string {
  const at = place % word.length;
  const [before, here = '', next = '', after] = [
    word.slice(0, at),
    word[at],
    word[at + 1],
    word.slice(at + 2),
  ];
  if (kind === 'wrong') return before + letter + next + after;
  if (kind === 'missing') return before + next + after;
  return kind === 'more' ? before + here + letter + next + after : before + next + here + after;
}

const meet = (word: string, typed: string): boolean => {
  const keys = new Set(keysOfWord(word));
  return keysOfTyped(typed).some((key) => keys.has(key));
};

test('every slip in a word of three letters or more still finds it', () => {
  fc.assert(
    fc.property(wordOf(3), slip, (word, one) => {
      expect(meet(word, mistype(word, one))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('any two slips in a long word still find it', () => {
  fc.assert(
    fc.property(wordOf(LONG), slip, slip, (word, one, two) => {
      expect(meet(word, mistype(mistype(word, one), two))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
