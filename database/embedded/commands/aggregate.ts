import { compilePipeline } from '../aggregate/pipeline.ts';
import { openChangeStream } from '../changestream/open.ts';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { DateTime, type Value } from '../core/values.ts';
import { DocumentStream } from '../cursor/document-stream.ts';
import type { Engine } from '../engine.ts';
import { isTrue } from '../store/index-definition.ts';
import { cursorReply, type Reply } from '../wire/raw.ts';
import type { Command, Request } from './command.ts';
import { explainAggregate } from './explain.ts';
import { required, types } from './fields.ts';
import { checkNamespace } from './namespace.ts';
import { contextOf, envOf, type PipelineContext, runPipeline } from './pipelines.ts';
import { envOf as commandEnv, documentOf } from './query.ts';
import { levelOf } from './read-concern.ts';
import { countOf, StreamSource, stillThere, timeOf } from './reading.ts';
import { runSink } from './sinks.ts';

/** What stands for the collection in an aggregate on a whole database. */
const WHOLE_DATABASE = '$cmd.aggregate';

/** The collection an aggregate reads; undefined for one on the whole database. */
function targetOf({ body, db }: Request): string | undefined {
  const target = body.get('aggregate');
  if (typeof target !== 'string') return undefined;
  checkNamespace(db, target);
  return target;
}

function batchSizeOf({ body }: Request): number | undefined {
  const cursor = body.get('cursor');
  if (cursor === undefined || cursor === null) {
    return fail(
      9,
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  return countOf('aggregate', 'batchSize', documentOf(cursor)?.get('batchSize'));
}

/** Documents, and what is checked before more of them are read. */
interface Source {
  readonly documents: Iterable<Document>;
  readonly check?: () => void;
}

function documentsOf(
  request: Request,
  context: PipelineContext,
  name: string | undefined,
  stages: readonly Value[],
): Source {
  const variables = commandEnv(context.collation, request.body.get('let')).variables ?? new Map();
  const compiled = compilePipeline(stages, envOf(context, variables));
  if (compiled.collectionless) return { documents: compiled.run([]) };
  if (name === undefined) {
    const first = (stages[0] as Document | undefined)?.keys()[0] ?? '';
    return fail(
      73,
      'InvalidNamespace',
      `{aggregate: 1} is not valid for '${first}'; a collection is required.`,
    );
  }
  const reading = compiled.sink ? stages.slice(0, -1) : stages;
  const { documents, plan } = runPipeline(context, name, reading, variables, {
    hint: request.body.get('hint'),
  });
  const collection = context.view.collection(context.db, name);
  return { documents, ...(collection && { check: stillThere(request, collection, plan) }) };
}

/** `$listLocalSessions`, which reads no collection: the sessions that this server knows, through the other stages. */
function listSessions(
  request: Request,
  engine: Engine,
  rest: readonly Value[],
  batchSize: number | undefined,
): Reply | Promise<Reply> {
  if (targetOf(request) !== undefined) {
    fail(73, 'InvalidNamespace', '$listLocalSessions must be run against the database with {aggregate: 1}');
  }
  if (isTrue(request.body.get('apiStrict'))) {
    fail(
      323,
      'APIStrictError',
      "stage $listLocalSessions is not allowed with 'apiStrict: true' in API Version 1",
    );
  }
  const context = contextOf(request, engine, undefined);
  const variables = commandEnv(context.collation, request.body.get('let')).variables ?? new Map();
  const compiled = compilePipeline(rest, envOf(context, variables));
  const list = engine.sessions.all().map(({ id, usedAt }) =>
    Document.of([
      ['_id', id],
      ['lastUse', new DateTime(usedAt)],
    ]),
  );
  const documents = compiled.run(list);
  if (!compiled.sink) return openCursor(request, engine, { documents }, batchSize, WHOLE_DATABASE);
  const ns = `${request.db}.${WHOLE_DATABASE}`;
  return runSink(request, engine, context, compiled.sink, documents).then(() =>
    cursorReply('firstBatch', [], 0n, ns),
  );
}

function listsSessions([first]: readonly Value[]): boolean {
  return first instanceof Document && first.get('$listLocalSessions') instanceof Document;
}

function aggregate(request: Request, engine: Engine): Reply | Promise<Reply> {
  const { body, db } = request;
  const name = targetOf(request);
  const stages = required('aggregate', body, 'pipeline') as readonly Value[];
  if (isTrue(body.get('explain'))) return explainAggregate(request, engine, 'queryPlanner');
  const batchSize = batchSizeOf(request);
  if (listsSessions(stages)) return listSessions(request, engine, stages.slice(1), batchSize);
  const context = contextOf(request, engine, name);
  const variables = commandEnv(context.collation, body.get('let')).variables ?? new Map();
  const compiled = compilePipeline(stages, envOf(context, variables));
  if (compiled.changeStream) return openChangeStream(request, engine, compiled, name);
  const found = documentsOf(request, context, name, stages);
  const ns = `${db}.${name ?? WHOLE_DATABASE}`;
  if (compiled.sink) {
    checkSinkConcern(compiled.sink.kind, body);
    return runSink(request, engine, context, compiled.sink, found.documents).then(() =>
      cursorReply('firstBatch', [], 0n, ns),
    );
  }
  return openCursor(request, engine, found, batchSize, name ?? WHOLE_DATABASE);
}

function checkSinkConcern(kind: string, body: Document): void {
  if (levelOf(body) !== 'linearizable') return;
  fail(72, 'InvalidOptions', `$${kind} cannot be used with a 'linearizable' read concern level`);
}

function openCursor(
  request: Request,
  engine: Engine,
  { documents, check }: Source,
  batchSize: number | undefined,
  name: string,
): Reply {
  const { db, session, transaction, deadline } = request;
  const source = new StreamSource(new DocumentStream(documents), check);
  const batch = source.first(batchSize, deadline);
  const id = batch.open
    ? engine.cursors.add({ db, collection: name, source, session, transaction, timesOut: true }).id
    : 0n;
  return cursorReply('firstBatch', batch.documents, id, `${db}.${name}`, timeOf(request));
}

export const aggregateCommand: Command = {
  inTransaction: true,
  fields: {
    aggregate: types.any,
    pipeline: types.array,
    explain: types.boolish,
    allowDiskUse: types.bool,
    cursor: types.object,
    bypassDocumentValidation: types.boolish,
    collation: types.object,
    hint: types.any,
    let: types.object,
  },
  run: aggregate,
};
