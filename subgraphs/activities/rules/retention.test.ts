import { expect, it } from 'vitest';
import { closedBy } from './retention.ts';

it.each([
  ['2026-01-15', 24, '2024-01-15'],
  ['2026-01-15', 1, '2025-12-15'],
  ['2026-03-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2023-02-28'],
  ['2024-03-31', 1, '2024-02-29'],
])('on %s, %i months after the close, campaigns closed by %s are due', (today, months, day) => {
  expect(closedBy(today, months)).toBe(day);
});
