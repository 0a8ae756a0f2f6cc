import type { Wake } from './wake.ts';

export interface LoopOptions {
  readonly signal: AbortSignal;
  /** Does one piece of work; says whether there may be more at once. */
  readonly step: () => Promise<'more' | 'idle'>;
  /** What ends a rest early. */
  readonly wake: Wake;
  readonly restMs: number;
  /** Hears of every failure; the loop goes on, more and more slowly while it fails. */
  readonly onError: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Repeats a step until the signal aborts. Resolves when the last step has ended; never rejects. */
export async function loop({ signal, step, wake, restMs, onError }: LoopOptions): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const outcome = await step();
      failures = 0;
      if (outcome === 'idle') await wake.wait(restMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      failures += 1;
      await wake.wait(pause, signal);
    }
  }
}
