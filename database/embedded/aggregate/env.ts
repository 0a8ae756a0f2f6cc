import type { Document } from '../core/document.ts';
import type { Value } from '../core/values.ts';
import type { ExpressionEnv } from './expressions/expression.ts';

/** Variables bound by a command's or a $lookup's `let`; undefined stands for missing. */
export type Variables = ReadonlyMap<string, Value | undefined>;

/** How stages reach other collections of the database; the engine implements it. */
export interface DataAccess {
  /** Runs a pipeline on a collection through the planner. */
  aggregate(collection: string, stages: readonly Value[], variables: Variables): Iterable<Document>;
  /**
   * Runs a pipeline on the documents of a collection whose field equals one of the values as a query's
   * equality has it: items of arrays count, null also finds missing. A regular expression among the values is
   * compared, not matched.
   */
  lookupEqual(
    collection: string,
    field: string,
    values: readonly Value[],
    stages: readonly Value[],
    variables: Variables,
  ): Iterable<Document>;
}

/** What a pipeline is compiled with. */
export interface PipelineEnv extends ExpressionEnv {
  readonly data: DataAccess;
  /** False: sorts and groups beyond 100 MB are refused with 292. Allowed by default, as from MongoDB 6.0 on. */
  readonly allowDiskUse?: boolean;
}
