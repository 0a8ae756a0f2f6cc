import { type Answer, SubgraphFault } from './carrier.ts';

/** What came back, as text: whoever shares a fetch reads a copy of its own out of it. */
export interface Reply {
  /** Of HTTP, also where it came over a line. */
  readonly status: number;
  readonly text: string;
}

/** Gives the answer that a subgraph gave. @throws SubgraphFault when it gave none, or refused the gateway. */
export function answerOf({ status, text }: Reply): Answer {
  if (status === 401 || status === 403) {
    throw new SubgraphFault(
      'refused',
      `the subgraph refused the gateway with ${status}: ${text.slice(0, 500)}`,
    );
  }
  const answer = status < 500 ? parsed(text) : undefined;
  if (answer) return answer;
  throw new SubgraphFault('unavailable', `the subgraph answered ${status}: ${text.slice(0, 500)}`);
}

function parsed(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isAnswer =
      typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
    return isAnswer ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}
