import { Timestamp } from '../core/values.ts';

/**
 * Cluster time: seconds and a counter within them, never the same twice, never going back, also across restarts
 * (the change log says how far it had come).
 */
export class Clock {
  #seconds = 0;
  #increment = 0;
  /** The time of the last commit, which replies carry as `operationTime`. */
  committed = new Timestamp(0, 0);

  startAfter(time: Timestamp): void {
    this.#seconds = time.t;
    this.#increment = time.i;
    this.committed = time;
  }

  /** The next time, for one change. */
  tick(): Timestamp {
    const now = Math.floor(Date.now() / 1000);
    if (now > this.#seconds) {
      this.#seconds = now;
      this.#increment = 0;
    }
    this.#increment++;
    return new Timestamp(this.#seconds, this.#increment);
  }

  /** Takes note that everything up to the last tick is committed. */
  commit(): void {
    this.committed = new Timestamp(this.#seconds, this.#increment);
  }
}

export function timeKey(time: Timestamp): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(time.t, 0);
  key.writeUInt32BE(time.i, 4);
  return key;
}

export function timeOfKey(key: Uint8Array): Timestamp {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.length);
  return new Timestamp(bytes.readUInt32BE(0), bytes.readUInt32BE(4));
}

export function compareTimes(a: Timestamp, b: Timestamp): number {
  return a.t - b.t || a.i - b.i;
}
