/** What the graph says an operation cost, as far as the panel shows it (docs/explain.md). */
export interface Explanation {
  readonly totals: {
    readonly fetches: number;
    readonly waves: number;
    readonly mongodbCommands: number;
    readonly documentsExamined: number;
    readonly rows: number;
    readonly documentsPerRow: number;
    readonly durationMs: number;
  };
  readonly plan: { readonly text: string; readonly tree: PlanTree | null };
  readonly fetches: readonly ExplainedFetch[];
}

/** A node of the query plan. */
export type PlanTree =
  | PlannedFetch
  | { readonly kind: 'Flatten'; readonly path: string; readonly node: PlanTree }
  | { readonly kind: 'Sequence' | 'Parallel' | 'Condition'; readonly nodes: readonly PlanTree[] };

export interface PlannedFetch {
  readonly kind: 'Fetch';
  readonly subgraph: string;
  readonly operation: string;
}

export interface ExplainedFetch {
  readonly subgraph: string;
  readonly path: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly representations: { readonly planned: number; readonly sent: number } | null;
  readonly operation: string;
  readonly commands: readonly ExplainedCommand[];
}

export interface ExplainedCommand {
  readonly collection: string | null;
  readonly command: string;
  readonly filter: unknown;
  readonly pipeline: unknown;
  readonly sort: unknown;
  readonly projection: unknown;
  readonly index: string | null;
  readonly keysExamined: number | null;
  readonly documentsExamined: number | null;
  readonly returned: number | null;
  readonly getMores: number;
  readonly durationMs: number;
}
