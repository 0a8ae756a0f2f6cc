import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getVariableValues,
  isObjectType,
} from 'graphql';
import type { RequestScope } from '../../server/requestScope.ts';
import type { Answer } from '../carrier/carrier.ts';
import { complete } from './complete.ts';
import { faultsOf } from './faults.ts';
import { merge } from './merge.ts';
import { type AnswerPath, objectsAt, type PlanPath, pathsAt } from './places.ts';
import { askedName } from './plannedNames.ts';
import type { Prepared } from './prepare.ts';
import { type Data, emptyData, isData } from './record.ts';
import { referenceTo } from './references.ts';
import { type FetchNode, rewrite } from './rewrites.ts';

type PlanNode = NonNullable<QueryPlan['node']>;

/** What a fetch of a plan asks its subgraph. */
export interface Asked {
  readonly query: string;
  /** The query as the planner made it, where plans keep documents. */
  readonly document: DocumentNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where in the answer it puts what it brings. */
  readonly path: PlanPath;
  readonly scope: RequestScope;
}

/** Asks one subgraph. It gives an answer with errors rather than to throw. */
export type Source = (asked: Asked) => Promise<Answer>;

export interface ExecuteOptions {
  readonly prepared: Prepared;
  /** The schema that clients see. */
  readonly schema: GraphQLSchema;
  /** The schema of the whole supergraph: it knows which object is of which interface, also inaccessible ones. */
  readonly supergraph: GraphQLSchema;
  readonly sources: ReadonlyMap<string, Source>;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scope: RequestScope;
}

/**
 * Executes a query plan of Apollo's planner: fetches in sequence and in parallel, references to entities out of what is
 * there, what comes back merged into it, and the answer made of that. Apollo's own executor does the same, and for each
 * request reads the whole operation anew, makes a trace that nobody asked for, and opens spans.
 */
export async function execute(options: ExecuteOptions): Promise<ExecutionResult> {
  const { prepared, schema } = options;
  const { variableDefinitions = [] } = prepared.operation;
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, options.variables);
  if (errors) return { errors };
  const execution = new Execution(options, coerced);
  if (prepared.plan.node) await execution.run(prepared.plan.node, []);
  const completed = complete(execution.data, {
    schema,
    shape: prepared.shape,
    root: prepared.root,
    variables: coerced,
    introspect: (field) => introspect(field, options),
  });
  const faults = faultsOf(execution.errors, completed.errors).map((error) => located(error, prepared));
  return { ...(faults.length > 0 ? { errors: faults } : {}), data: completed.data };
}

/** Subgraphs were asked other documents: only here is known where the client asked. */
function located(error: GraphQLError, { fieldsAt }: Prepared): GraphQLError {
  const { message, path, originalError, extensions } = error;
  if (!path) return error;
  return new GraphQLError(message, { nodes: fieldsAt(path), path, originalError, extensions });
}

function introspect(field: FieldNode, { schema, prepared, variables }: ExecuteOptions): unknown {
  const { data } = executeSync({
    schema,
    document: prepared.introspection(field),
    variableValues: variables,
  });
  return data?.[(field.alias ?? field.name).value] ?? null;
}

class Execution {
  readonly data: Data = emptyData();
  readonly errors: GraphQLError[] = [];
  readonly #options: ExecuteOptions;
  readonly #coerced: Readonly<Record<string, unknown>>;

  constructor(options: ExecuteOptions, coerced: Readonly<Record<string, unknown>>) {
    this.#options = options;
    this.#coerced = coerced;
  }

  async run(node: PlanNode, path: PlanPath): Promise<void> {
    switch (node.kind) {
      case 'Fetch':
        return this.#fetch(node, path);
      case 'Flatten':
        return this.run(node.node, [...path, ...node.path]);
      case 'Sequence':
        for (const each of node.nodes) await this.run(each, path);
        return;
      case 'Parallel':
        await Promise.all(node.nodes.map((each) => this.run(each, path)));
        return;
      case 'Condition': {
        const branch = this.#coerced[node.condition] === true ? node.ifClause : node.elseClause;
        return branch && this.run(branch, path);
      }
      default:
        throw new Error(`The plan has a ${node.kind}, which no operation here can have asked for.`);
    }
  }

  async #fetch(node: FetchNode, path: PlanPath): Promise<void> {
    const objects = objectsAt(this.data, path);
    if (objects.length === 0) return;
    const variables = this.#variablesOf(node);
    if (node.requires) return this.#fetchEntities(node, path, objects, variables);
    const { data, errors } = await this.#ask(node, path, variables);
    for (const error of errors ?? []) this.#note(node, error, error.path && [...path, ...error.path]);
    if (!isData(data)) return;
    rewrite(this.#options.supergraph, node.outputRewrites, data);
    for (const object of objects) merge(object, data);
  }

  async #fetchEntities(
    node: FetchNode,
    path: PlanPath,
    objects: readonly Data[],
    variables: Data,
  ): Promise<void> {
    const { supergraph } = this.#options;
    const representations: Data[] = [];
    /** Which of the objects each of them is of. */
    const indexes: number[] = [];
    for (const [index, object] of objects.entries()) {
      const reference = referenceTo(supergraph, object, node.requires ?? []);
      if (!reference?.__typename) continue;
      rewrite(supergraph, node.inputRewrites, reference);
      representations.push(reference);
      indexes.push(index);
    }
    if (representations.length === 0) return;
    const { data, errors } = await this.#ask(node, path, { ...variables, representations });
    if (errors) this.#noteOfEntities(node, errors, path, indexes);
    if (!isData(data)) return;
    const entities = data._entities;
    if (!Array.isArray(entities) || entities.length !== indexes.length) {
      this.errors.push(
        new GraphQLError(`"${node.serviceName}" did not answer each of the references.`, {
          extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: node.serviceName },
        }),
      );
      return;
    }
    for (const [position, entity] of entities.entries()) {
      const object = objects[indexes[position] ?? -1];
      if (!isData(entity) || !object) continue;
      // A subgraph that knows only the interface (`@interfaceObject`) says nothing of what the object is.
      if (!isObjectType(supergraph.getType(String(entity.__typename)))) entity.__typename = object.__typename;
      rewrite(supergraph, node.outputRewrites, entity);
      merge(object, entity);
    }
  }

  /** Those that the client gave; a default stands in the query that the subgraph gets. */
  #variablesOf({ variableUsages = [] }: FetchNode): Data {
    const variables = emptyData();
    for (const name of variableUsages) {
      if (Object.hasOwn(this.#options.variables, name)) variables[name] = this.#options.variables[name];
    }
    return variables;
  }

  #ask(node: FetchNode, path: PlanPath, variables: Data): Promise<Answer> {
    const { sources, scope } = this.#options;
    const source = sources.get(node.serviceName);
    if (!source) throw new Error(`The plan asks "${node.serviceName}", which is no subgraph.`);
    const { operation: query, operationName, operationDocumentNode: document } = node;
    return source({ query, document, operationName, variables, path, scope });
  }

  #noteOfEntities(
    node: FetchNode,
    errors: readonly GraphQLFormattedError[],
    path: PlanPath,
    indexes: readonly number[],
  ): void {
    const paths = pathsAt(this.data, path);
    for (const error of errors) {
      const [, position, ...rest] = error.path ?? [];
      const place = typeof position === 'number' ? (paths[indexes[position] ?? -1] ?? []) : null;
      this.#note(node, error, place ? [...place, ...rest] : error.path && [...path, ...error.path]);
    }
  }

  /** An error of a subgraph, at its place in the answer. */
  #note({ serviceName }: FetchNode, error: GraphQLFormattedError, path: AnswerPath | undefined): void {
    this.errors.push(
      new GraphQLError(error.message || `"${serviceName}" failed without a word.`, {
        originalError: error as Error & GraphQLFormattedError,
        path: path?.map((part) => (typeof part === 'string' ? askedName(part) : part)) ?? null,
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName },
      }),
    );
  }
}
