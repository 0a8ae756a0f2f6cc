import { fail } from '../core/errors.ts';
import type { PipelineEnv } from './env.ts';

/** What one stage may hold. */
export const MEMORY_LIMIT = 100 * 1024 * 1024;

/** Counts what a stage holds. */
export class Memory {
  readonly #stage: string;
  readonly #spills: boolean;
  #used = 0;
  /** Stages that could spill in MongoDB are bounded only where the client forbids it. */
  constructor(stage: string, env: PipelineEnv, spills: boolean) {
    this.#stage = stage;
    this.#spills = spills;
    this.#limited = !spills || env.allowDiskUse === false;
  }
  readonly #limited: boolean;

  /** @throws 292 or 146 beyond the limit. */
  add(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= MEMORY_LIMIT || !this.#limited) return;
    if (this.#spills) {
      fail(
        292,
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Exceeded memory limit for ${this.#stage}, but didn't allow external sort. Pass allowDiskUse:true to opt in.`,
      );
    }
    if (this.#stage === '$graphLookup') {
      fail(40099, 'Location40099', '$graphLookup reached maximum memory consumption');
    }
    fail(
      146,
      'ExceededMemoryLimit',
      `${this.#stage} used too much memory and cannot spill to disk. Memory limit: ${MEMORY_LIMIT} bytes`,
    );
  }
}
