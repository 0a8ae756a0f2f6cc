import { expect, test } from 'vitest';
import { Clock } from './clock.ts';

/** A clock that a test sets. */
function stopped() {
  const time = { ms: 1_000 };
  return { time, clock: new Clock(() => time.ms) };
}

test('what comes after a span does not see what the span leaves out', () => {
  const { time, clock } = stopped();
  const first = clock.begin();
  time.ms += 15;
  expect(first.end(5)).toBe(10);
  const second = clock.begin();
  expect(second.startMs).toBe(10);
  time.ms += 9;
  expect(second.end(2)).toBe(7);
  expect(clock.now()).toBe(17);
});

test('spans side by side leave out the same time once', () => {
  const { time, clock } = stopped();
  const [short, long] = [clock.begin(), clock.begin()];
  time.ms += 15;
  expect(short.end(5)).toBe(10);
  time.ms += 17;
  expect(long.end(20)).toBe(12);
  expect(clock.begin().startMs).toBe(12);
});

test('more can never be left out than there was', () => {
  const { time, clock } = stopped();
  const span = clock.begin();
  time.ms += 1;
  expect(span.end(50)).toBe(0);
  expect(clock.now()).toBe(0);
});
