import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Counts } from './protocol.ts';

const countsUp = new Set<unknown>(['counter', 'histogram']);

/**
 * Adds up what several processes have counted. What counts up never goes back: of a process that ended it is kept as it
 * was known last, and one that does not answer counts with that too.
 */
export class Sum {
  readonly #own: Registry;
  readonly #latest = new Map<number, Counts>();
  #ended: Promise<Counts> = Promise.resolve([]);

  constructor(own: Registry) {
    this.#own = own;
  }

  /** Notes what a process has counted by now. */
  note(pid: number, counts: Counts): void {
    this.#latest.set(pid, counts);
  }

  /** Notes that a process has ended. */
  end(pid: number): void {
    const last = this.#latest.get(pid)?.filter(({ type }) => countsUp.has(type)) ?? [];
    this.#latest.delete(pid);
    this.#ended = this.#ended.then((ended) => AggregatorRegistry.aggregate([ended, last]).getMetricsAsJSON());
  }

  /** Gives the sum of all as Prometheus reads it. */
  async text(): Promise<string> {
    const own = await this.#own.getMetricsAsJSON();
    const ended = await this.#ended;
    return AggregatorRegistry.aggregate([own, ...this.#latest.values(), ended]).metrics();
  }
}
