/** The instant by which a request must be answered. Holds no timer: who waits, asks how long it still may. */
export class Deadline {
  readonly #at: number;
  readonly limitMs: number;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.#at = performance.now() + limitMs;
  }

  /** Milliseconds left; zero or less when it has passed. */
  remaining(): number {
    return this.#at - performance.now();
  }
}

/** Gives the deadline of a request: its own, or the sooner one that the caller's header asks for. */
export function deadlineOf(header: string | string[] | undefined, limitMs: number): Deadline {
  const asked = typeof header === 'string' && /^\d{1,7}$/u.test(header) ? Number(header) : limitMs;
  return new Deadline(Math.min(asked, limitMs));
}
