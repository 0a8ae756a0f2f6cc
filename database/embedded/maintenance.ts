import type { Engine } from './engine.ts';
import { removeExpired } from './ttl.ts';

const EVERY_MS = 1000;
const TTL_EVERY_MS = 60_000;
const RESULTS_EVERY_MS = 5 * 60_000;
/** How long the result of a retryable write is kept (manual, localLogicalSessionTimeoutMinutes). */
const RESULT_LIFE_MS = 30 * 60_000;

/** What is done from time to time: ends what has waited too long, removes expired documents. */
export class Maintenance {
  readonly #engine: Engine;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #ttlAt = Date.now() + TTL_EVERY_MS;
  #resultsAt = Date.now() + RESULTS_EVERY_MS;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#run()).catch(() => undefined);
    }, EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const engine = this.#engine;
    const now = Date.now();
    engine.sessions.expire(now);
    engine.snapshots.expire(now);
    engine.cursors.expire(now);
    engine.cursors.killWhere((cursor) => cursor.transaction?.isOpen === false);
    if (now >= this.#ttlAt) {
      this.#ttlAt = now + TTL_EVERY_MS;
      await removeExpired(engine, now);
    }
    if (now >= this.#resultsAt) {
      this.#resultsAt = now + RESULTS_EVERY_MS;
      await engine.store.write((writer) => {
        const isLive = (session: string): boolean => engine.sessions.isLive(session);
        writer.writes += engine.results.forgetBefore(now - RESULT_LIFE_MS, isLive);
      });
    }
  }
}
