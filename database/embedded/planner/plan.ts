import type { Collation } from '../core/compare.ts';
import type { Document } from '../core/document.ts';
import type { MatchEnv } from '../core/env.ts';
import type { Matcher } from '../core/match/matcher.ts';
import type { Index } from '../store/index-definition.ts';
import type { KeyRange } from './access.ts';
import type { Interval } from './intervals.ts';

/** One path of a sort and its direction. */
export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** What a reader asks of the planner. */
export interface Query {
  readonly filter: Document;
  readonly matcher: Matcher;
  readonly collation: Collation | undefined;
  /** The order wanted; undefined for any. */
  readonly sort: readonly SortField[] | undefined;

  /** The same as it was given. */
  readonly sortSpec: Document | undefined;
  readonly limit: number | undefined;
  /** What the filter was compiled with. */
  readonly env: MatchEnv;
  readonly hint: string | Document | undefined;
}

export interface IndexScan {
  readonly stage: 'IXSCAN';
  readonly index: Index;
  readonly bounds: readonly (readonly Interval[])[];
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
}

export interface CollectionScan {
  readonly stage: 'COLLSCAN';
  readonly reverse: boolean;
}

/** A lookup by id, without any planning. */
export interface IdLookup {
  readonly stage: 'IDHACK';
  readonly index: Index;
  readonly encoded: Uint8Array;
}

/** Branches of an `$or`, each by an index of its own; a record comes once. */
export interface Union {
  readonly stage: 'OR';
  readonly branches: readonly IndexScan[];
}

/** Nothing can match. */
export interface Nothing {
  readonly stage: 'EOF';
}

export type Access = IndexScan | CollectionScan | IdLookup | Union | Nothing;

/** How a query is answered. */
export interface Plan {
  readonly access: Access;
  /** The rows come in the order asked for. */
  readonly sorted: boolean;
  readonly rejected: readonly Access[];
}
