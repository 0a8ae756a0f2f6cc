import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from './arguments.ts';
import { type Costed, costedOf } from './costed.ts';
import type { Weights } from './weights.ts';

/** Gives what an operation costs, before it runs. */
export type CostOf = (document: DocumentNode, variables: Variables, operationName?: string | null) => number;

/** What is known of an operation before it runs. */
export interface Estimate {
  readonly cost: number;
  /** The most rows that one page of a connection is asked to have; 0 without one. */
  readonly page: number;
}

/**
 * Says what operations cost, by the rules of `@cost` and `@listSize` (docs/limits.md). Documents must be valid. What hangs
 * on the document alone is worked out once for each.
 */
export interface CostModel {
  /** Whether the graph says nothing of how long its lists are. */
  readonly isGuess: boolean;
  /** @throws when the document has several operations and none is named. */
  readonly estimate: (
    document: DocumentNode,
    variables: Variables,
    operationName?: string | null,
  ) => Estimate;
  /** What an answer has cost: as the estimate, with the lists as long as they are. */
  readonly actual: (
    document: DocumentNode,
    variables: Variables,
    operationName: string | null | undefined,
    data: Variables,
  ) => number;
}

/** Every mutation costs this beside its fields. */
const MUTATION = 10;

/** Makes the cost model of a schema. */
export function costModel(schema: GraphQLSchema, weights: Weights): CostModel {
  const memo = new WeakMap<OperationDefinitionNode, Operation>();
  const operationOf = (document: DocumentNode, name: string | null | undefined): Operation => {
    const node = getOperationAST(document, name);
    if (!node) throw new Error('The document has no such operation.');
    const known = memo.get(node) ?? readOperation(schema, weights, document, node);
    memo.set(node, known);
    return known;
  };
  return {
    isGuess: weights.lists.size === 0,
    estimate: (document, variables, operationName) => {
      const { base, fields, defaults } = operationOf(document, operationName);
      const all = { ...defaults, ...variables };
      return { cost: base + estimated(fields, all), page: largestPage(fields, all) };
    },
    actual: (document, variables, operationName, data) => {
      const { base, fields, defaults } = operationOf(document, operationName);
      return base + actual(fields, { ...defaults, ...variables }, data);
    },
  };
}

interface Operation {
  readonly base: number;
  readonly fields: readonly Costed[];
  readonly defaults: Variables;
}

function readOperation(
  schema: GraphQLSchema,
  weights: Weights,
  document: DocumentNode,
  { operation, selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
): Operation {
  const type = schema.getRootType(operation);
  return {
    base: operation === 'mutation' ? MUTATION : 0,
    fields: type ? costedOf(schema, weights, document, { type, selectionSet }) : [],
    defaults: Object.fromEntries(
      variableDefinitions.flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
      ),
    ),
  };
}

function estimated(fields: readonly Costed[], variables: Variables): number {
  let cost = 0;
  for (const { asked, size, weight, inside, input } of fields) {
    if (asked && !asked(variables)) continue;
    const one = weight + estimated(inside, variables);
    cost += (size ? size(variables) : 1) * one + (input ? input(variables) : 0);
  }
  return cost;
}

function largestPage(fields: readonly Costed[], variables: Variables): number {
  let most = 0;
  for (const { asked, page, inside } of fields) {
    if (asked && !asked(variables)) continue;
    most = Math.max(most, page ? page(variables) : 0, largestPage(inside, variables));
  }
  return most;
}

/** A fragment on another type than the value's has left nothing in it, and so costs nothing. */
function actual(fields: readonly Costed[], variables: Variables, data: Variables): number {
  let cost = 0;
  for (const { key, asked, weight, inside, input } of fields) {
    if (asked && !asked(variables)) continue;
    if (!(key in data)) continue;
    cost += input ? input(variables) : 0;
    for (const value of [data[key]].flat(2)) {
      if (value === null || value === undefined) continue;
      cost += weight + (typeof value === 'object' ? actual(inside, variables, value as Variables) : 0);
    }
  }
  return cost;
}
