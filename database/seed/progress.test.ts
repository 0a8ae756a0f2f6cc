import { describe, expect, test } from 'vitest';
import { expectedRows, progressBar } from './progress.ts';
import { volumes } from './volumes.ts';

describe('the progress of a seed', () => {
  const shown = (isTTY: boolean, counts: readonly (readonly [part: string, count: number])[]) => {
    const written: string[] = [];
    const progress = progressBar(2_000, { isTTY, write: (text) => written.push(text) });
    for (const [part, count] of counts) progress.onRows(part, count);
    progress.end();
    return written;
  };

  test('is a bar in place on a terminal', () => {
    expect(
      shown(true, [
        ['units', 500],
        ['activities', 1_000],
      ]),
    ).toEqual([
      '\r████████░░░░░░░░░░░░░░░░░░░░░░ 25 % · 500 rows · units       ',
      '\r███████████████████████░░░░░░░ 75 % · 1,500 rows · activities  ',
      '\r\u001b[2KSeeded 1,500 rows.\n',
    ]);
  });

  test('is a line for every tenth part anywhere else', () => {
    const batches = Array.from({ length: 8 }, () => ['units', 60] as const);
    expect(shown(false, [...batches, ['awards', 920]])).toEqual([
      'Seeding units: 10 %, 240 rows\n',
      'Seeding units: 20 %, 420 rows\n',
      'Seeding awards: 70 %, 1,400 rows\n',
      'Seeded 1,400 rows.\n',
    ]);
  });

  test('is not done before its end, however many rows there are', () => {
    expect(shown(true, [['awards', 9_000]])[0]).toContain(' 99 % · 9,000 rows');
    expect(shown(false, [['awards', 9_000]])[0]).toBe('Seeding awards: 90 %, 9,000 rows\n');
  });

  test('goes on while the rows are added up', () => {
    const said = (isTTY: boolean) => {
      const written: string[] = [];
      const progress = progressBar(2_000, { isTTY, write: (text) => written.push(text) });
      for (let batch = 0; batch < 150; batch += 1) progress.onCounted('activities', 1_000);
      return written;
    };
    expect(said(false)).toEqual(['Adding up activities: 100,000 rows counted\n']);
    expect(said(true).at(-1)).toBe('\r\u001b[2KAdding up activities: 150,000 rows counted');
  });

  test('is not there when there was nothing to do', () => {
    expect(shown(true, [])).toEqual([]);
  });
});

test('the rows that are expected are near those that were counted in seeded databases', () => {
  const counted = { ci: 85_034, national: 3_060_524 };
  for (const [size, rows] of Object.entries(counted)) {
    const ratio = expectedRows(volumes[size as keyof typeof counted]) / rows;
    expect(ratio, size).toBeGreaterThan(0.9);
    expect(ratio, size).toBeLessThan(1.1);
  }
});
