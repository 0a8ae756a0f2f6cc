import { Document } from './core/document.ts';
import { codeNameOf, fail, MongoError } from './core/errors.ts';
import type { Value } from './core/values.ts';
import { numberOf } from './store/index-definition.ts';

/** What a fail point does to one command. */
export interface Fault {
  readonly closeConnection: boolean;
  readonly blockMs: number;
  /** The command fails with this and is not run. */
  readonly error: MongoError | undefined;
  /** The command is run and its answer carries this. */
  readonly writeConcernError: Document | undefined;
  /** Labels given with the fail point; undefined leaves them to the codes. */
  readonly labels: readonly string[] | undefined;
}

interface FailPoint {
  skip: number;
  times: number;
  readonly data: Document;
}

function modeOf(mode: Value | undefined): { skip: number; times: number } | undefined {
  if (mode === 'off') return undefined;
  if (mode === 'alwaysOn') return { skip: 0, times: Number.POSITIVE_INFINITY };
  if (mode instanceof Document) {
    const times = numberOf(mode.get('times'));
    const skip = numberOf(mode.get('skip'));
    if (times !== undefined && times >= 0) return { skip: 0, times };
    if (skip !== undefined && skip >= 0) return { skip, times: Number.POSITIVE_INFINITY };
  }
  return fail(2, 'BadValue', 'unknown mode of a fail point');
}

function texts(value: Value | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

const ON_WRITE = 'onPrimaryTransactionalWrite';
const GET_MORE = 'failGetMoreAfterCursorCheckout';

/**
 * The `failCommand` fail point, and those of getMore and of retryable writes, by which drivers test their retries; as in MongoDB, only where test commands are
 * enabled.
 */
export class FailPoints {
  readonly enabled: boolean;
  #command: FailPoint | undefined;
  #getMore: FailPoint | undefined;
  #write: FailPoint | undefined;

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  /** Throws 2 for other fail points and unknown modes. */
  configure(name: string, mode: Value | undefined, data: Document): void {
    const counts = modeOf(mode);
    const point = counts && { ...counts, data };
    if (name === 'failCommand') this.#command = point;
    else if (name === GET_MORE) this.#getMore = point;
    else if (name === ON_WRITE) this.#write = point;
    else fail(2, 'BadValue', `fail point '${name}' is not supported by the embedded database`);
  }

  /** What a retryable write meets: an error before its commit or none, and then the loss of its connection. */
  writeFault(): { readonly error: MongoError | undefined; readonly closeConnection: boolean } | undefined {
    const point = this.#write;
    if (!point || !isDue(point)) return undefined;
    const code = numberOf(point.data.get('failBeforeCommitExceptionCode'));
    const error =
      code === undefined ? undefined : new MongoError(code, codeNameOf(code), 'failing before the commit');
    return { error, closeConnection: point.data.get('closeConnection') !== false };
  }

  /** The error of a getMore that has found its cursor. */
  getMoreError(): MongoError | undefined {
    const point = this.#getMore;
    return point && isDue(point) ? faultOf(point.data).error : undefined;
  }

  /** What is to happen to this command now; undefined for nothing. */
  faultFor(command: string, appName: string | undefined): Fault | undefined {
    const point = this.#command;
    if (!point || !texts(point.data.get('failCommands'))?.includes(command)) return undefined;
    const wanted = point.data.get('appName');
    if (wanted !== undefined && wanted !== appName) return undefined;
    return isDue(point) ? faultOf(point.data) : undefined;
  }
}

function isDue(point: FailPoint): boolean {
  if (point.skip > 0) {
    point.skip--;
    return false;
  }
  if (point.times <= 0) return false;
  point.times--;
  return true;
}

function faultOf(data: Document): Fault {
  const code = numberOf(data.get('errorCode'));
  const concern = data.get('writeConcernError');
  const labels = texts(data.get('errorLabels'));
  return {
    closeConnection: data.get('closeConnection') === true,
    blockMs: data.get('blockConnection') === true ? (numberOf(data.get('blockTimeMS')) ?? 0) : 0,
    error:
      code === undefined
        ? undefined
        : new MongoError(code, codeNameOf(code), "Failing command via 'failCommand' failpoint"),
    writeConcernError: concern instanceof Document ? concern : undefined,
    labels,
  };
}
