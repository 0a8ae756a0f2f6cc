/** Lets loops sleep until there is work, or until their time is up. */
export class Wake {
  #waiting = new Set<() => void>();

  /** Ends all present waits. */
  readonly call = (): void => {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const end of waiting) end();
  };

  /** Resolves when called, after `ms`, or when the signal aborts, whatever comes first. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
      this.#waiting.add(end);
    });
  }
}
