/** A span of time on a {@link Clock}, in milliseconds since the clock began. */
interface Span {
  readonly startMs: number;
  /** Ends the span, of which its last part is left out; gives how long it took without that. */
  readonly end: (leftOutMs: number) => number;
}

/**
 * The time of an explained request without what explaining takes. A subgraph explains its commands after it has done
 * them and before it answers; whatever waits for that answer is shown so much earlier.
 */
export class Clock {
  readonly #begun: number;
  readonly #read: () => number;
  #leftOut = 0;

  /** `read` gives milliseconds, like `performance.now()`. */
  constructor(read: () => number = () => performance.now()) {
    this.#read = read;
    this.#begun = read();
  }

  now(): number {
    return this.#read() - this.#begun - this.#leftOut;
  }

  begin(): Span {
    const before = this.#leftOut;
    const startMs = this.now();
    return {
      startMs,
      end: (leftOutMs) => {
        const until = this.#read() - this.#begun;
        const endMs = Math.max(startMs, until - before - leftOutMs);
        // Spans run side by side: of what they leave out, only what goes furthest delays what comes next.
        this.#leftOut = Math.max(this.#leftOut, until - endMs);
        return endMs - startMs;
      },
    };
  }
}
