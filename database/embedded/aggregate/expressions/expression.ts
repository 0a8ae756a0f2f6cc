import type { Document } from '../../core/document.ts';
import type { ExpressionScope } from '../../core/env.ts';
import type { Timestamp, Value } from '../../core/values.ts';

/** What a compiled expression does: the value it has for a document; undefined means missing. */
export type Evaluate = (root: Document) => Value | undefined;

/** How an expression is made, for those who analyse it (the planner, `$project`'s renames). */
export type Form =
  | { readonly kind: 'constant'; readonly value: Value | undefined }
  /** A path into the input document; the empty path is the document itself. */
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'call'; readonly operator: string; readonly args: readonly Expression[] };

/** A compiled aggregation expression. */
export interface Expression {
  evaluate(root: Document): Value | undefined;
  readonly isConstant: boolean;
  readonly form: Form;
}

/** What an expression may refer to beside the document: `$$NOW`, variables bound from outside, a collation. */
export interface ExpressionEnv extends ExpressionScope {
  /** `$$CLUSTER_TIME`; without it that variable is refused. */
  readonly clusterTime?: Timestamp;
}

/** A variable of $let, $map and the like; its binder sets `value` before it evaluates the body. */
export interface Cell {
  value: Value | undefined;
}

/** Compiles the parts of an expression; operators are handed one. */
export interface Compiler {
  readonly env: ExpressionEnv;
  compile(spec: Value): Expression;
  /** A compiler that also knows these variables. */
  bind(cells: ReadonlyMap<string, Cell>): Compiler;
  /** Takes note of a path that the expression reads; '' is the whole document. */
  readonly paths: Set<string>;
  cellOf(name: string): Cell | undefined;
}

/** What an operator makes of its arguments; `volatile` keeps it from being evaluated once for all. */
export interface Operation {
  readonly evaluate: Evaluate;
  readonly args: readonly Expression[];
  readonly volatile?: boolean;
}

/** An operator: parses its specification, compiles its arguments, answers with the operation. */
export type Operator = (spec: Value, compiler: Compiler, name: string) => Operation;

export type OperatorTable = Readonly<Record<string, Operator>>;

export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null || (typeof value === 'object' && isUndefinedType(value));
}

function isUndefinedType(value: object): boolean {
  return (value as { bsonType?: number }).bsonType === 6;
}
