import { GraphError } from '../../server/errors.ts';

const unreachable = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoWaitQueueTimeoutError',
]);

/** Turns a lost database into DATABASE_UNAVAILABLE and an aborted command into REQUEST_TIMEOUT; leaves the rest. */
export function classifyDatabaseError(root: unknown): GraphError | undefined {
  if (!(root instanceof Error)) return undefined;
  if (unreachable.has(root.name)) {
    return new GraphError(
      'DATABASE_UNAVAILABLE',
      'The database of this part of the graph cannot be reached; try again shortly.',
      {
        cause: root,
      },
    );
  }
  const code = 'code' in root ? root.code : undefined;
  if (root.name === 'AbortError' || root.name === 'TimeoutError' || code === 50) {
    return new GraphError(
      'REQUEST_TIMEOUT',
      'The request took longer than it may; ask for less, or try again.',
      { cause: root },
    );
  }
  return undefined;
}

/** Whether a unique index refused a write (MongoDB's DuplicateKey). */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 11000;
