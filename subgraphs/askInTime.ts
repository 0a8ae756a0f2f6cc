import type { FormattedExecutionResult } from 'graphql';
import type { Ask, Door } from './subgraph.ts';

/** Asks a door, and aborts what it does when the time of the request is over, in milliseconds. @throws what the door throws. */
export async function askInTime(
  door: Pick<Door, 'ask'>,
  request: Omit<Ask, 'signal'>,
  timeMs: number,
): Promise<FormattedExecutionResult> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), Math.max(0, timeMs));
  try {
    return await door.ask({ ...request, signal: clock.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** The status of an answer: whether there is data, or the request was none that can be executed. */
export const statusOf = (answer: FormattedExecutionResult): number => ('data' in answer ? 200 : 400);
