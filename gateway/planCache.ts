/** The query plans used last, by operation. Counted, not weighed: weighing a plan means writing it out. */
export class PlanCache<T> {
  readonly #plans = new Map<string, T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async get(key: string): Promise<T | undefined> {
    const plan = this.#plans.get(key);
    if (plan === undefined) return undefined;
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    return plan;
  }

  async set(key: string, plan: T): Promise<void> {
    const oldest = this.#plans.size >= this.#limit ? this.#plans.keys().next().value : undefined;
    if (oldest !== undefined) this.#plans.delete(oldest);
    this.#plans.set(key, plan);
  }

  async delete(key: string): Promise<boolean> {
    return this.#plans.delete(key);
  }

  clear(): void {
    this.#plans.clear();
  }
}
