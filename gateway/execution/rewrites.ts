import type { QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { conditionApplies } from './conditions.ts';
import { type Data, isData, ownOf, setOwn } from './record.ts';

type PlanNode = NonNullable<QueryPlan['node']>;
export type FetchNode = Extract<PlanNode, { kind: 'Fetch' }>;
export type Rewrites = FetchNode['outputRewrites'];
type Rewrite = NonNullable<Rewrites>[number];

const FRAGMENT = '... on ';

/**
 * Changes what a fetch sends or brought as its plan says: a field under another name where two types want one response
 * name, the name of an interface for that of an object type (Federation, `@interfaceObject`).
 */
export function rewrite(schema: GraphQLSchema, rewrites: Rewrites, value: unknown): void {
  for (const each of rewrites ?? []) rewriteAt(schema, each, value, 0);
}

function rewriteAt(schema: GraphQLSchema, change: Rewrite, value: unknown, depth: number): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(schema, change, item, depth);
    return;
  }
  const element = change.path[depth];
  if (!isData(value) || element === undefined) return;
  if (depth === change.path.length - 1) apply(change, value, element);
  else if (!element.startsWith(FRAGMENT)) rewriteAt(schema, change, ownOf(value, element), depth + 1);
  else if (isOfType(schema, value, element.slice(FRAGMENT.length), true))
    rewriteAt(schema, change, value, depth + 1);
}

function apply(change: Rewrite, data: Data, field: string): void {
  if (change.kind === 'ValueSetter') {
    setOwn(data, field, change.setValueTo);
    return;
  }
  const value = ownOf(data, field);
  if (value === undefined) return;
  setOwn(data, change.renameKeyTo, value);
  data[field] = undefined;
}

/** Whether an object is of a type by its `__typename`; `otherwise` where it has none. */
export function isOfType(
  schema: GraphQLSchema,
  { __typename: name }: Data,
  condition: string,
  otherwise: boolean,
): boolean {
  if (typeof name !== 'string' || name === '') return otherwise;
  return name === condition || conditionApplies(schema, schema.getType(condition), schema.getType(name));
}
