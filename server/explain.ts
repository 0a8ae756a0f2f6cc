/**
 * What an explained operation tells about its cost, as it stands in `extensions.explain` (docs/explain.md). Values of
 * filters never appear. Times are milliseconds.
 */

import type { FormattedExecutionResult } from 'graphql';

/** The header by which a client asks for an explanation, and by which a gateway hands the wish on: `1`. */
export const EXPLAIN_HEADER = 'x-explain';

/** One MongoDB command that a fetch caused. */
export interface ExplainedCommand {
  /** Null for a command on the whole database, such as the end of a transaction. */
  readonly collection: string | null;
  readonly command: string;
  /** The filter by its shape: `{ code: { $in: "[3 values]" }, status: "?" }`; null where there is none. */
  readonly filter: unknown;
  /** The stages of an aggregate by their shape; null for every other command. */
  readonly pipeline: unknown;
  readonly sort: unknown;
  readonly projection: unknown;
  /** The indexes used, or COLLSCAN where a collection was read whole; null for writes, which are not done again to see. */
  readonly index: string | null;
  readonly keysExamined: number | null;
  readonly documentsExamined: number | null;
  /** Documents returned, or changed by a write; null when the command failed. */
  readonly returned: number | null;
  /** How often more of the same cursor was fetched: round trips that a larger batch would spare. */
  readonly getMores: number;
  readonly durationMs: number;
}

/** What a subgraph adds to an explained answer. */
export interface ExplainedAnswer {
  readonly commands: readonly ExplainedCommand[];
  /** The time that explaining took after the answer was there; no part of what the operation costs. */
  readonly explainingMs: number;
}

/** One fetch of the query plan, in the order of their starts. */
export interface ExplainedFetch {
  readonly subgraph: string;
  /** Where in the answer it puts what it brings, such as `unit.parent`; the empty text for the root. */
  readonly path: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Bytes of the answer as JSON. */
  readonly bytes: number;
  /** References as the plan has them, and without repeats; null for a fetch that starts at a root field. */
  readonly representations: { readonly planned: number; readonly sent: number } | null;
  /** GraphQL, with the literals hidden. */
  readonly operation: string;
  readonly commands: readonly ExplainedCommand[];
}

export interface ExplainedTotals {
  readonly fetches: number;
  /** Fetches that had to wait for each other: the longest chain of the plan as it was executed. */
  readonly waves: number;
  /** Commands with their getMores. */
  readonly mongodbCommands: number;
  readonly documentsExamined: number;
  /** Objects in the outermost lists of the answer; 1 for an answer without a list. */
  readonly rows: number;
  readonly documentsPerRow: number;
  readonly durationMs: number;
}

/** A node of the query plan, named as in @apollo/query-planner. */
export type PlanTree =
  | { readonly kind: 'Fetch'; readonly subgraph: string; readonly operation: string }
  | { readonly kind: 'Flatten'; readonly path: string; readonly node: PlanTree }
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: readonly PlanTree[] }
  | { readonly kind: 'Condition'; readonly variable: string; readonly nodes: readonly PlanTree[] };

export interface Explanation {
  readonly totals: ExplainedTotals;
  readonly plan: { readonly text: string; readonly tree: PlanTree | null };
  readonly fetches: readonly ExplainedFetch[];
}

/** What a gateway notes while it answers an explained request. */
export interface Recorder {
  /** Notes the query plan, as Apollo's query planner made it. */
  readonly plan: (plan: object) => void;
  /** Notes that a fetch begins; gives the function that notes its answer. */
  readonly fetch: (fetch: BegunFetch) => (answer: FormattedExecutionResult) => void;
  /** Gives what was noted, of an operation that has been answered with this data. */
  readonly explain: (data: unknown) => Explanation;
}

export type BegunFetch = Pick<ExplainedFetch, 'subgraph' | 'path' | 'operation' | 'representations'>;
