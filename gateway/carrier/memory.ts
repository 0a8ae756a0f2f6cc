import type { DocumentNode } from 'graphql';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { type Answer, type Carrier, SubgraphFault, type Way } from './carrier.ts';

/** What a subgraph in the same process offers; the shape of its door, known here by shape only. */
export interface AskableDoor {
  readonly ask: (request: {
    readonly document: DocumentNode | string;
    readonly variables?: Readonly<Record<string, unknown>> | undefined;
    readonly operationName?: string | undefined;
    readonly viewer: Viewer;
    readonly requestId: string;
    readonly signal?: AbortSignal | undefined;
    readonly explain?: boolean | undefined;
  }) => Promise<Answer>;
}

/**
 * Carries fetches to doors in the same process. Each fetch gets a fresh context behind the door, as it would over
 * HTTP, and the answer is made of objects of its own, so that the gateway may merge into them.
 */
export function memoryCarrier(doors: Readonly<Record<string, AskableDoor>>): Carrier {
  return {
    takesDocuments: true,
    open: (name) => {
      const door = doors[name];
      if (!door) throw new Error(`the subgraph ${name} is not in this process`);
      return wayTo(door);
    },
    close: async () => {},
  };
}

const wayTo = (door: AskableDoor): Way => ({
  send: ({ document, query, variables, operationName, scope, signal }) =>
    unlessAborted(
      door.ask({
        document: document ?? query,
        variables,
        operationName,
        viewer: scope.viewer,
        requestId: scope.requestId,
        signal,
        explain: scope.recorder !== undefined,
      }),
      signal,
    ),
  alive: async (signal) => {
    const health = { document: '{ __typename }', viewer: publicViewer, requestId: 'health', signal };
    const { data } = await unlessAborted(door.ask(health), signal);
    return Boolean(data);
  },
});

/** A resolver may not look at the signal; the fetch ends all the same. */
function unlessAborted(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, (cause) =>
      reject(new SubgraphFault('unavailable', 'the subgraph threw', { cause })),
    );
  });
}
