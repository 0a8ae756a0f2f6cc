import { Document } from '../core/document.ts';
import { codeNameOf, MongoError } from '../core/errors.ts';
import { int32, type Value } from '../core/values.ts';

/** Fields of an error that stand beside its code (`keyPattern`, `keyValue`, …). */
export function detailsOf(error: MongoError): [string, Value][] {
  return Object.entries(error.details ?? {}) as [string, Value][];
}

/** Whatever was thrown, as an error of MongoDB's; what is none of them is an InternalError. */
export function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return new MongoError(15, 'Overflow', 'the request is nested too deeply');
  }
  const text = error instanceof Error ? error.message : String(error);
  return new MongoError(1, 'InternalError', `internal error: ${text}`);
}

/** Conflicts, lock time-outs and lost snapshots: the whole transaction may be run again. */
const transient: ReadonlySet<number> = new Set([24, 112, 239, 246, 249, 267, 290, 305, 314]);
/** Errors of a node that is going away or not reachable: the same command may be sent again. */
const retriable: ReadonlySet<number> = new Set([
  6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);
const NO_SUCH_TRANSACTION = 251;

/** Where a command stands, which decides what its errors are called. */
export interface LabelContext {
  readonly inTransaction: boolean;
  /** It is a commitTransaction or abortTransaction. */
  readonly isEnd: boolean;
  /** It is a write that carries a number. */
  readonly isRetryable: boolean;
}

/** The labels that clients act on (manual, "Transactions" and "Retryable Writes"). */
export function labelsOf(code: number, { inTransaction, isEnd, isRetryable }: LabelContext): string[] {
  const labels: string[] = [];
  const again =
    inTransaction && (transient.has(code) || code === NO_SUCH_TRANSACTION || (!isEnd && retriable.has(code)));
  if (again) labels.push('TransientTransactionError');
  if ((isRetryable || isEnd) && retriable.has(code)) labels.push('RetryableWriteError');
  return labels;
}

/** The answer of a command that failed. */
export function errorReply(error: MongoError, labels: readonly string[]): Document {
  const all = [...new Set([...(error.labels ?? []), ...labels])];
  const fields: [string, Value][] = [
    ['ok', 0],
    ['errmsg', error.message],
    ['code', int32(error.code)],
    ['codeName', error.codeName || codeNameOf(error.code)],
    ...detailsOf(error),
  ];
  if (all.length > 0) fields.push(['errorLabels', all]);
  return Document.of(fields);
}

/** One entry of `writeErrors`. */
export function writeError(index: number, error: MongoError): Document {
  return Document.of([
    ['index', int32(index)],
    ['code', int32(error.code)],
    ['errmsg', error.message],
    ...detailsOf(error),
  ]);
}
