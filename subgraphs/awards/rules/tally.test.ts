import { expect, test } from 'vitest';
import { addsUp } from './tally.ts';

test.each([
  [{ members: 9, present: 8, inFavour: 7, against: 1, blank: 0 }, true],
  [{ members: 9, present: 8, inFavour: 7, against: 0, blank: 0 }, false],
  [{ members: 9, present: 8, inFavour: 8, against: 1, blank: 0 }, false],
  [{ members: 7, present: 8, inFavour: 8, against: 0, blank: 0 }, false],
  [{ members: 0, present: 0, inFavour: 0, against: 0, blank: 0 }, false],
])('%j adds up: %s', (tally, expected) => {
  expect(addsUp(tally)).toBe(expected);
});
