import type { Collation } from './compare.ts';
import type { Document } from './document.ts';
import type { DateTime, Value } from './values.ts';

/** What the core needs of a compiled aggregation expression. */
export interface Evaluable {
  evaluate(root: Document): Value | undefined;
}

/** What expressions inside queries, projections and updates may refer to beside the document. */
export interface ExpressionScope {
  readonly now: DateTime;
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
}

/** What a query is compiled with. `expressions` compiles aggregation expressions; the core cannot itself. */
export interface MatchEnv extends ExpressionScope {
  readonly expressions?: (spec: Value, scope: ExpressionScope) => Evaluable;
}
