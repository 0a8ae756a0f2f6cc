import { Recent } from './recent.ts';

/** The query plans used last, by operation. Counted, not weighed: weighing a plan means writing it out. */
export class PlanCache<T> {
  readonly #plans: Recent<T>;

  constructor(limit: number) {
    this.#plans = new Recent(limit);
  }

  async get(key: string): Promise<T | undefined> {
    return this.#plans.get(key);
  }

  async set(key: string, plan: T): Promise<void> {
    this.#plans.set(key, plan);
  }

  async delete(key: string): Promise<boolean> {
    return this.#plans.delete(key);
  }

  clear(): void {
    this.#plans.clear();
  }
}
