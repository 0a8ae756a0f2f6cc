import type { Volumes } from './volumes.ts';

/** Where progress goes: a terminal gets a bar in place, anything else a line at the end. */
export interface ProgressTarget {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

const WIDTH = 30;

/** Rows that a seed of these volumes will write, near enough for a bar: the large collections, by what each row brings. */
export const expectedRows = (volumes: Volumes): number =>
  volumes.deliveries +
  volumes.households +
  volumes.activities +
  volumes.houses +
  volumes.reports +
  volumes.participations +
  volumes.articles +
  volumes.dossiers * 2;

/** Makes the listener of a seed that draws a bar on a terminal and says at its end how many rows went in. */
export function progressBar(
  expected: number,
  target: ProgressTarget,
): { onRows: (part: string, count: number) => void; end: () => void } {
  let rows = 0;
  const draw = (part: string) => {
    if (!target.isTTY) return;
    const share = Math.min(1, rows / Math.max(1, expected));
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    target.write(`\r${bar} ${rows.toLocaleString('en')} rows · ${part.padEnd(12)}`);
  };
  return {
    onRows: (part, count) => {
      rows += count;
      draw(part);
    },
    end: () => {
      if (rows > 0)
        target.write(`${target.isTTY ? '\r\u001b[2K' : ''}Seeded ${rows.toLocaleString('en')} rows.\n`);
    },
  };
}
