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

const transient: ReadonlySet<number> = new Set([24, 112, 246, 251, 290]);

/** The labels that clients act on (manual, "Transactions", error labels). */
export function labelsOf(
  error: MongoError,
  context: { inTransaction: boolean; isEnd: boolean; retryable: boolean },
): string[] {
  const labels = new Set(error.labels ?? []);
  const { code } = error;
  if (context.inTransaction && (code === 251 || (!context.isEnd && transient.has(code))))
    labels.add('TransientTransactionError');
  if (code === 11600 || code === 11602 || code === 10107 || code === 189 || code === 91) {
    if (context.inTransaction && !context.isEnd) labels.add('TransientTransactionError');
    else if (context.retryable || context.isEnd) labels.add('RetryableWriteError');
  }
  return [...labels];
}

/** The answer of a command that failed. */
export function errorReply(error: MongoError, labels: readonly string[]): Document {
  const fields: [string, Value][] = [
    ['ok', 0],
    ['errmsg', error.message],
    ['code', int32(error.code)],
    ['codeName', error.codeName || codeNameOf(error.code)],
    ...detailsOf(error),
  ];
  if (labels.length > 0) fields.push(['errorLabels', [...labels]]);
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
