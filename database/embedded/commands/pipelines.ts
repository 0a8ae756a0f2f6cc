import type { DataAccess, PipelineEnv, Variables } from '../aggregate/env.ts';
import { type Optimised, optimise } from '../aggregate/optimise.ts';
import { compilePipeline } from '../aggregate/pipeline.ts';
import { matchEnvOf } from '../aggregate/stages/filters.ts';
import type { NamedCollation } from '../core/collation/collation.ts';
import { Document } from '../core/document.ts';
import type { MatchEnv } from '../core/env.ts';
import { compileMatch, type Matcher, matcherOf } from '../core/match/matcher.ts';
import { parseQuery } from '../core/match/parse.ts';
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
  /** Hears of every pipeline that a stage runs on another collection; explain counts them. */
  readonly onJoin?: (run: Pick<RunningPipeline, 'plan' | 'examined'>) => void;
}

const NOTHING = Document.of();

/** What the planner serves of a pipeline; a $lookup asks for the same one again and again. */
const known = new WeakMap<readonly Value[], Optimised>();

function optimised(stages: readonly Value[], env: PipelineEnv): Optimised {
  let found = known.get(stages);
  if (!found) {
    found = optimise(stages, env);
    known.set(stages, found);
  }
  return found;
}

/** Reaches the other collections of the database for $lookup and its like, through the planner. */
class Access implements DataAccess {
  readonly #context: PipelineContext;
  constructor(context: PipelineContext) {
    this.#context = context;
  }

  aggregate(collection: string, stages: readonly Value[], variables: Variables): Iterable<Document> {
    return this.#run(collection, stages, variables);
  }

  lookupEqual(
    collection: string,
    field: string,
    values: readonly Value[],
    stages: readonly Value[],
    variables: Variables,
  ): Iterable<Document> {
    if (values.length === 0) return [];
    return this.#run(collection, stages, variables, { also: equalTo(field, values) });
  }

  #run(
    collection: string,
    stages: readonly Value[],
    variables: Variables,
    wishes?: Wishes,
  ): Iterable<Document> {
    const run = runPipeline(this.#context, collection, stages, variables, wishes);
    this.#context.onJoin?.(run);
    return run.documents;
  }
}

function equalTo(path: string, values: readonly Value[]): Predicate {
  const [value] = values;
  const plain = value !== null && !Array.isArray(value) && !(value instanceof RegExpValue);
  if (values.length === 1 && value !== undefined && plain) return { kind: 'eq', path, value };
  return { kind: 'in', path, values, regexes: [] };
}

function* documentsOf(
  rows: Iterable<{ doc: Document }>,
  skip = 0,
  limit = Number.POSITIVE_INFINITY,
): Generator<Document, void> {
  let seen = 0;
  for (const { doc } of rows) {
    if (seen++ >= skip) yield doc;
    if (seen - skip >= limit) return;
  }
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
  /** What the planner finds, before `rest`; whoever reads these leaves `documents` alone. */
  readonly found: Iterable<Document>;
  readonly plan: Plan;
  readonly query: Query;
  readonly examined: Examined;
  readonly skip: number;
  readonly limit: number | undefined;
  /** The stages that are run on what the planner finds. */
  readonly rest: readonly Value[];
}

/** What else the planner is told. */
interface Wishes {
  readonly hint?: Value | undefined;
  /** A condition beside those of the pipeline. */
  readonly also?: Predicate;
}

function matcherFor(filter: Document, also: Predicate | undefined, env: MatchEnv): Matcher {
  if (!also) return compileMatch(filter, env);
  if (filter.size === 0) return matcherOf(also, env);
  return matcherOf({ kind: 'and', children: [also, parseQuery(filter)] }, env);
}

/**
 * Runs a pipeline on a collection: the planner serves filters, sort, skip and limit as far as they can be brought to
 * the front, the rest runs on the documents it finds. The pipeline must have been compiled before.
 */
export function runPipeline(
  context: PipelineContext,
  name: string,
  stages: readonly Value[],
  variables: Variables,
  { hint, also }: Wishes = {},
): RunningPipeline {
  const { engine, view, db, allowDiskUse } = context;
  const env = envOf(context, variables);
  const { filter, sort, skip, limit, rest } = optimised(stages, env);
  const most = Number.isFinite(limit) ? skip + limit : undefined;
  const matcher = matcherFor(filter ?? NOTHING, also, matchEnvOf(env));
  const query = queryOf(filter ?? NOTHING, matchEnvOf(env), { sort, limit: most, hint, matcher });
  const collection: Collection = view.collection(db, name) ?? engine.emptyCollection(db, name);
  const options = { most, allowDiskUse: allowDiskUse !== false };
  const { rows, plan, examined } = findRows(engine, collection, view, query, sort, options);
  const found = documentsOf(rows, skip, limit);
  const documents = rest.length === 0 ? found : compilePipeline(rest, env).run(found);
  const shown = Number.isFinite(limit) ? limit : undefined;
  return { documents, found, plan, query, examined, skip, limit: shown, rest };
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
