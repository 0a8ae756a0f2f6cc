import type { Target } from '../measure.ts';
import type { Program } from '../processes.ts';

/** The names of those that are compared, as the tables show them. */
export const names = {
  apart: 'ours apart',
  http: 'ours apart, HTTP alone',
  together: 'ours together',
  workers: 'ours together, WORKERS=auto',
  stock: 'stock Apollo',
  hive: 'Hive Gateway',
  router: 'Hive, router-runtime',
  single: 'single server',
} as const;

export type ContenderName = (typeof names)[keyof typeof names];

/** One of those that are compared. */
export interface Contender extends Target {
  readonly name: ContenderName;
}

/** Addresses of the four subgraphs by name, and the processes behind them whose time counts. */
export interface Subgraphs {
  readonly urls: Readonly<Record<string, string>>;
  readonly programs: readonly Program[];
}

/** An address on this machine. */
export const local = (port: number, path = ''): string => `http://127.0.0.1:${port}${path}`;
