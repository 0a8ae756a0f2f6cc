/** Something that is being fetched for one asker or several. */
interface Flight<T> {
  readonly answer: Promise<T>;
  /** When its fetch gives up, by the clock of `performance.now()`. */
  readonly endsAt: number;
  readonly stop: AbortController;
  waiting: number;
}

export interface Boarding {
  /** The asker's own patience. */
  readonly signal: AbortSignal;
  /** The time the asker has, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Lets equal fetches that are under way at the same time be one. Nothing is kept after the answer. A fetch ends early
 * only when nobody waits for it any more; and nobody joins one that would give up long before its own time is over.
 */
export class InFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Gives the answer to the fetch of that key: of the one under way, or of a new one. @throws what it throws. */
  join(key: string, boarding: Boarding, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const known = this.#flights.get(key);
    const isInTime =
      known?.stop.signal.aborted === false && known.endsAt - performance.now() >= boarding.limitMs / 2;
    const flight = isInTime ? known : this.#start(key, boarding, start);
    flight.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) flight.stop.abort(boarding.signal.reason);
        reject(boarding.signal.reason);
      };
      if (boarding.signal.aborted) return leave();
      boarding.signal.addEventListener('abort', leave, { once: true });
      flight.answer.then(resolve, reject).finally(() => boarding.signal.removeEventListener('abort', leave));
    });
  }

  #start(key: string, { limitMs }: Boarding, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight: Flight<T> = {
      answer: start(stop.signal).finally(() => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }),
      endsAt: performance.now() + limitMs,
      stop,
      waiting: 0,
    };
    // Whoever waits hears of a failure; a flight that everybody left may fail unheard.
    flight.answer.catch(() => {});
    this.#flights.set(key, flight);
    return flight;
  }
}
