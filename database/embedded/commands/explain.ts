import { compilePipeline } from '../aggregate/pipeline.ts';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { executionStats, queryPlanner, type Shape } from '../planner/explain.ts';
import type { Command, Request } from './command.ts';
import { WatchedStage } from './explain-stage.ts';
import { types } from './fields.ts';
import { documentsOf, planFind } from './find.ts';
import { REPLICA_SET } from './hello.ts';
import { checkNamespace } from './namespace.ts';
import { contextOf, envOf as pipelineEnv, runPipeline } from './pipelines.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { findRows } from './reading.ts';
import { VERSION } from './server-info.ts';

type Verbosity = 'queryPlanner' | 'executionStats' | 'allPlansExecution';
const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution'];

const noShape: Shape = { sort: undefined, skip: 0, limit: undefined, projection: undefined, counts: false };

function finish(request: Request, engine: Engine, fields: [string, Value][]): Document {
  const [host = '', port = '0'] = engine.address.split(':');
  return Document.of([
    ['explainVersion', '1'],
    ...fields,
    ['command', request.body],
    [
      'serverInfo',
      Document.of([
        ['host', host],
        ['port', int32(Number(port))],
        ['version', VERSION],
        ['setName', REPLICA_SET],
      ]),
    ],
  ]);
}

function explainFind(request: Request, engine: Engine, name: string, verbosity: Verbosity): Document {
  const { body, db, view } = request;
  const collection = view.collection(db, name) ?? engine.emptyCollection(db, name);
  const plan = planFind(engine, request, collection);
  const shape: Shape = {
    ...noShape,
    sort: documentOf(body.get('sort')),
    skip: plan.skip,
    limit: plan.limit,
    projection: documentOf(body.get('projection')),
  };
  const ns = `${db}.${name}`;
  const fields: [string, Value][] = [['queryPlanner', queryPlanner(ns, plan.found.plan, plan.query, shape)]];
  if (verbosity !== 'queryPlanner') {
    const start = performance.now();
    let returned = 0;
    for (const _ of documentsOf(plan)) if (++returned === plan.limit) break;
    const work = { examined: plan.found.examined, returned };
    fields.push([
      'executionStats',
      executionStats(plan.found.plan, plan.query, shape, work, performance.now() - start),
    ]);
  }
  return finish(request, engine, fields);
}

/** What count, distinct, update, delete and findAndModify read: their filter and sort. */
function filterOf(request: Request): {
  filter: Document;
  sort: Document | undefined;
  hint: Value | undefined;
  collation: Value | undefined;
} {
  const { body, name } = request;
  const list = documentOf(
    (body.get(name === 'update' ? 'updates' : 'deletes') as readonly Value[] | undefined)?.[0],
  );
  const source = list ?? body;
  return {
    filter: documentOf(source.get('q') ?? source.get('query')) ?? Document.of(),
    sort: documentOf(source.get('sort')),
    hint: source.get('hint'),
    collation: source.get('collation'),
  };
}

function explainFilter(request: Request, engine: Engine, name: string, verbosity: Verbosity): Document {
  const { db, view } = request;
  const there = view.collection(db, name);
  const { filter, sort, hint, collation } = filterOf(request);
  const env = envOf(effectiveCollation(collation, there), request.body.get('let'));
  const query = queryOf(filter, env, { sort, hint: there ? hint : undefined });
  const { rows, plan, examined } = findRows(
    engine,
    there ?? engine.emptyCollection(db, name),
    view,
    query,
    sort,
  );
  const shape: Shape = { ...noShape, sort, counts: request.name === 'count' };
  const fields: [string, Value][] = [['queryPlanner', queryPlanner(`${db}.${name}`, plan, query, shape)]];
  if (verbosity !== 'queryPlanner') {
    const start = performance.now();
    let returned = 0;
    for (const _ of rows) returned++;
    fields.push([
      'executionStats',
      executionStats(plan, query, shape, { examined, returned }, performance.now() - start),
    ]);
  }
  return finish(request, engine, fields);
}

/** Explains an aggregate: the planner's part as `$cursor`, then the other stages, each with what it did. */
export function explainAggregate(request: Request, engine: Engine, verbosity: Verbosity): Document {
  const { body, db } = request;
  const target = body.get('aggregate');
  const name = typeof target === 'string' ? target : '$cmd.aggregate';
  const stages = (body.get('pipeline') ?? []) as readonly Value[];
  const context = contextOf(request, engine, name);
  const variables = envOf(context.collation, body.get('let')).variables ?? new Map();
  const compiled = compilePipeline(stages, pipelineEnv(context, variables));
  const reading = compiled.sink ? stages.slice(0, -1) : stages;
  const run = runPipeline(context, name, reading, variables, { hint: body.get('hint') });
  const shape: Shape = { ...noShape, sort: run.query.sortSpec, skip: run.skip, limit: run.limit };
  const fields: [string, Value][] = [
    ['queryPlanner', queryPlanner(`${db}.${name}`, run.plan, run.query, shape)],
  ];
  const after = run.rest.map((stage) => new WatchedStage(stage as Document, context, variables));
  if (verbosity !== 'queryPlanner') {
    const start = performance.now();
    for (const _ of after.reduce((docs, stage) => stage.run(docs), run.found));
    const work = { examined: run.examined, returned: run.examined.returned };
    fields.push([
      'executionStats',
      executionStats(run.plan, run.query, shape, work, performance.now() - start),
    ]);
  }
  if (after.length === 0) return finish(request, engine, fields);
  const shown = after.map((stage) => (verbosity === 'queryPlanner' ? stage.spec : stage.explained()));
  // A pipeline that makes its own documents reads no collection by a plan.
  const planned = compiled.collectionless ? [] : [Document.of([['$cursor', Document.of(fields)]])];
  return finish(request, engine, [['stages', [...planned, ...shown]]]);
}

const explainable: Readonly<
  Record<string, (request: Request, engine: Engine, name: string, verbosity: Verbosity) => Document>
> = {
  find: explainFind,
  aggregate: (request, engine, _name, verbosity) => explainAggregate(request, engine, verbosity),
  count: explainFilter,
  distinct: explainFilter,
  update: explainFilter,
  delete: explainFilter,
  findAndModify: explainFilter,
  findandmodify: explainFilter,
};

function explain(request: Request, engine: Engine): Document {
  const { body } = request;
  const inner = body.get('explain');
  const verbosity = body.get('verbosity') ?? 'allPlansExecution';
  if (typeof verbosity !== 'string' || !verbosities.includes(verbosity)) {
    fail(
      2,
      'BadValue',
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    );
  }
  if (!(inner instanceof Document))
    return fail(14, 'TypeMismatch', "BSON field 'explain' is the wrong type, expected type 'object'");
  const name = inner.keys()[0] ?? '';
  const run = Object.hasOwn(explainable, name) ? explainable[name] : undefined;
  if (!run) return fail(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`);
  const target = inner.get(name);
  if (typeof target === 'string') checkNamespace(request.db, target);
  return run({ ...request, name, body: inner }, engine, String(target), verbosity as Verbosity);
}

export const explainCommand: Command = {
  fields: { explain: types.object, verbosity: types.string },
  run: explain,
};
