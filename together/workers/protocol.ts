import type { Registry } from 'prom-client';
import type { Meter } from '../../gateway/limits/meter.ts';
import type { Config } from '../../server/config.ts';

/** What one process has counted, as prom-client adds it up. */
export type Counts = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** What the primary does for all workers: whatever they do together. */
export interface Shared extends Pick<Meter, 'take' | 'standing'> {
  /** Gives what to open, once the port and the database are known. */
  readonly opening: () => Promise<Config>;
  /** Gives what Prometheus reads, of all processes. */
  readonly metrics: () => Promise<string>;
}

/** What a worker tells the primary of itself. */
export interface Told {
  /** It answers at this address. */
  readonly ready: (url: string) => void;
  /** It cannot start, and ends. */
  readonly failed: (failure: Failure) => void;
}

export interface Failure {
  readonly message: string;
  /** Whether the message is for people, as a StartError's is. */
  readonly forPeople: boolean;
}

/** What the primary asks a worker. */
export interface Asked {
  readonly counts: () => Promise<Counts>;
  /** To leave the port to the others, and stop once what it was asked is answered. */
  readonly leave: () => Promise<void>;
  /** To stop, as the whole does. */
  readonly stop: () => Promise<void>;
}
