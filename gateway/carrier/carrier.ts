import type { DocumentNode, FormattedExecutionResult } from 'graphql';
import type { RequestScope } from '../../server/requestScope.ts';

/** One fetch of a query plan. */
export interface Fetch {
  readonly query: string;
  /** The query as the planner made it, where the carrier asked for documents. */
  readonly document: DocumentNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: RequestScope;
  /** Aborts when the fetch has had its time. */
  readonly signal: AbortSignal;
  /** The time it has, in milliseconds. */
  readonly limitMs: number;
  /** Whether an equal fetch of the same viewer may be answered with it: no mutation, and no reading that is recorded. */
  readonly shareable: boolean;
}

export type Answer = FormattedExecutionResult;

/** The way to one subgraph. `send` gives the subgraph's own answer, or throws a {@link SubgraphFault}. */
export interface Way {
  readonly send: (fetch: Fetch) => Promise<Answer>;
  /** Whether the subgraph answers at all. */
  readonly alive: (signal: AbortSignal) => Promise<boolean>;
}

/** How fetches reach subgraphs: in the same process, or over HTTP. Nothing above knows which. */
export interface Carrier {
  readonly open: (name: string, url: string) => Way;
  /** Whether `send` can use the planner's document, which costs memory for each plan. */
  readonly takesDocuments: boolean;
  readonly close: () => Promise<void>;
}

/**
 * Why a subgraph gave no answer of its own. `refused`: it does not believe the gateway, which is a fault of the
 * installation and no business of the client.
 */
export class SubgraphFault extends Error {
  readonly kind: 'unavailable' | 'refused';

  constructor(kind: SubgraphFault['kind'], message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'SubgraphFault';
    this.kind = kind;
  }
}
