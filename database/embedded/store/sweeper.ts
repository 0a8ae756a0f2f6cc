import { afterPrefix, prefixOf } from './keys.ts';
import type { Store } from './store.ts';

const KEYS_PER_COMMIT = 5000;

/** Removes the keys of dropped collections and indexes, a few thousand per commit so that others get their turn. */
export class Sweeper {
  readonly #store: Store;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins unless there is nothing to do or it is at it already. */
  start(): void {
    if (this.#running || this.#stopped || this.#store.catalog.left().length === 0) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const [next] = this.#store.catalog.left();
      if (!next) return;
      try {
        await this.#store.write(() => this.#removeSome(next));
      } catch {
        return;
      }
    }
  }

  #removeSome({ number, table }: { number: number; table: 'documents' | 'indexes' }): void {
    const { files, catalog } = this.#store;
    const start = prefixOf(number);
    const keys = [...files[table].getKeys({ start, end: afterPrefix(start), limit: KEYS_PER_COMMIT })];
    for (const key of keys) files[table].removeSync(key);
    if (keys.length < KEYS_PER_COMMIT) catalog.swept(number);
  }
}
