import type { DataAccess, PipelineEnv, Variables } from '../aggregate/env.ts';
import { compilePipeline, namedStages } from '../aggregate/pipeline.ts';
import { matchEnvOf } from '../aggregate/stages/filters.ts';
import type { NamedCollation } from '../core/collation/collation.ts';
import { Document } from '../core/document.ts';
import { matcherOf } from '../core/match/matcher.ts';
import type { Predicate } from '../core/match/tree.ts';
import { DateTime, RegExpValue, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Examined } from '../planner/execute.ts';
import type { Plan, Query } from '../planner/plan.ts';
import type { Collection } from '../store/catalog.ts';
import { isTrue } from '../store/index-definition.ts';
import type { View } from '../store/view.ts';
import type { Request } from './command.ts';
import { effectiveCollation, queryOf } from './query.ts';
import { findRows } from './reading.ts';

/** What all pipelines of one command share. */
export interface PipelineContext {
  readonly engine: Engine;
  readonly view: View;
  readonly db: string;
  readonly collation: NamedCollation | undefined;
  readonly now: DateTime;
  readonly allowDiskUse: boolean | undefined;
}

const NOTHING = Document.of();

/** The part of a pipeline that the planner serves, and what is left to run on its documents. */
interface Leading {
  readonly filter: Document;
  readonly sort: Document | undefined;
  readonly rest: readonly Value[];
  /** How many documents a `$limit` right after the sort asks for. */
  readonly most: number | undefined;
}

function leadingOf(stages: readonly Value[]): Leading {
  const named = namedStages(stages);
  let from = 0;
  const filters: Value[] = [];
  while (named[from]?.name === '$match' && named[from]?.spec instanceof Document) {
    filters.push((named[from] as { spec: Value }).spec);
    from++;
  }
  const filter =
    filters.length === 1
      ? (filters[0] as Document)
      : filters.length === 0
        ? NOTHING
        : Document.of([['$and', filters]]);
  const next = named[from];
  const sort =
    next?.name === '$sort' && next.spec instanceof Document && next.spec.size > 0 ? next.spec : undefined;
  return { filter, sort, rest: stages.slice(from), most: sort && limitAfter(named[from + 1]) };
}

function limitAfter(stage: { name: string; spec: Value } | undefined): number | undefined {
  if (stage?.name !== '$limit') return undefined;
  const { spec } = stage;
  return typeof spec === 'number' ? spec : ((spec as { value?: number } | null)?.value ?? undefined);
}

/** Reaches the other collections of the database for $lookup and its like, through the planner. */
class Access implements DataAccess {
  readonly #context: PipelineContext;
  constructor(context: PipelineContext) {
    this.#context = context;
  }

  aggregate(collection: string, stages: readonly Value[], variables: Variables): Iterable<Document> {
    return runPipeline(this.#context, collection, stages, variables).documents;
  }

  lookupEqual(
    collection: string,
    field: string,
    values: readonly Value[],
    stages: readonly Value[],
    variables: Variables,
  ): Iterable<Document> {
    const env = envOf(this.#context, variables);
    const found = this.#context.view.collection(this.#context.db, collection);
    if (!found || values.length === 0) return [];
    const query = queryOf(NOTHING, matchEnvOf(env), {
      matcher: matcherOf(equalTo(field, values), matchEnvOf(env)),
    });
    const { rows } = findRows(this.#context.engine, found, this.#context.view, query, undefined);
    const docs = documentsOf(rows);
    return stages.length === 0 ? docs : compilePipeline(stages, env).run(docs);
  }
}

function equalTo(path: string, values: readonly Value[]): Predicate {
  const [value] = values;
  const plain = value !== null && !Array.isArray(value) && !(value instanceof RegExpValue);
  if (values.length === 1 && value !== undefined && plain) return { kind: 'eq', path, value };
  return { kind: 'in', path, values, regexes: [] };
}

function* documentsOf(rows: Iterable<{ doc: Document }>): Generator<Document, void> {
  for (const { doc } of rows) yield doc;
}

/** What the stages and expressions of a pipeline are compiled with. */
export function envOf(context: PipelineContext, variables: Variables): PipelineEnv {
  const { collation, now, allowDiskUse, engine } = context;
  return {
    now,
    clusterTime: engine.store.clock.committed,
    ...(collation && { collation }),
    variables,
    data: new Access(context),
    ...(allowDiskUse !== undefined && { allowDiskUse }),
  };
}

/** A pipeline about to run: its documents, and how the planner reads the collection. */
export interface RunningPipeline {
  readonly documents: Iterable<Document>;
  readonly plan: Plan;
  readonly query: Query;
  readonly examined: Examined;
  /** The order of `query.sort` comes from an index. */
  readonly served: boolean;
  /** The stages that are run on what the planner finds. */
  readonly rest: readonly Value[];
}

/** Runs a pipeline on a collection: leading filters and a sort by the planner, the rest on the documents it finds. */
export function runPipeline(
  context: PipelineContext,
  name: string,
  stages: readonly Value[],
  variables: Variables,
  hint?: Value,
): RunningPipeline {
  const { engine, view, db } = context;
  const env = envOf(context, variables);
  const { filter, sort, rest, most } = leadingOf(stages);
  const query = queryOf(filter, matchEnvOf(env), { sort, limit: most, hint });
  const collection: Collection = view.collection(db, name) ?? engine.emptyCollection(db, name);
  const { rows, plan, examined } = findRows(engine, collection, view, query, undefined);
  const served = sort !== undefined && plan.sorted && (view.overlay(collection)?.size ?? 0) === 0;
  const left = served ? rest.slice(1) : rest;
  const docs = documentsOf(rows);
  const documents = left.length === 0 ? docs : compilePipeline(left, env).run(docs);
  return { documents, plan, query, examined, served, rest: left };
}

/** What the pipelines of one aggregate share. */
export function contextOf(request: Request, engine: Engine, name: string | undefined): PipelineContext {
  const { body, db, view } = request;
  const collection = name === undefined ? undefined : view.collection(db, name);
  const disk = body.get('allowDiskUse');
  return {
    engine,
    view,
    db,
    collation: effectiveCollation(body.get('collation'), collection),
    now: new DateTime(Date.now()),
    allowDiskUse: disk === undefined ? undefined : isTrue(disk),
  };
}
