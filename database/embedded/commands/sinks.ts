import { compileExpression } from '../aggregate/expressions/compile.ts';
import type { Sink } from '../aggregate/stages/sinks.ts';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { matcherOf } from '../core/match/matcher.ts';
import type { Predicate } from '../core/match/tree.ts';
import { show } from '../core/show.ts';
import { int32, UNDEFINED, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { choosePlan } from '../planner/choose.ts';
import { execute, type Row } from '../planner/execute.ts';
import { refuseInTransaction } from '../session/transaction.ts';
import type { Collection } from '../store/catalog.ts';
import type { DirectWriter } from '../store/direct-writer.ts';
import { addIndex } from '../store/index-build.ts';
import type { Index } from '../store/index-definition.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Request } from './command.ts';
import { dropCollection } from './drop.ts';
import { checkNamespace } from './namespace.ts';
import type { PipelineContext } from './pipelines.ts';
import { envOf, queryOf } from './query.ts';
import { toStore } from './stored-document.ts';
import { pipelineOfUpdate } from './update-pipeline.ts';
import { checkValid } from './validation.ts';
import { checkWriteConcern } from './write-concern.ts';
import { collectionToWrite } from './writing.ts';

const DOCUMENTS_PER_COMMIT = 1000;
type Merge = Extract<Sink, { kind: 'merge' }>;

/** Writes the results of a pipeline where `$out` or `$merge` says. */
export async function runSink(
  request: Request,
  engine: Engine,
  context: PipelineContext,
  sink: Sink,
  documents: Iterable<Document>,
): Promise<void> {
  if (request.transaction) refuseInTransaction('aggregate');
  checkLevel(request, sink.kind);
  checkWriteConcern(request.body);
  const db = sink.db ?? request.db;
  checkNamespace(db, sink.collection);
  const bypass = isTrue(request.body.get('bypassDocumentValidation'));
  if (sink.kind === 'out') {
    const all = [...documents];
    await engine.store.write((writer) => replaceAll(engine, writer, db, sink.collection, all, bypass));
    engine.store.sweep();
    return;
  }
  await new Merger(engine, context, sink, db, bypass).run([...documents]);
}

/** A pipeline that writes reads what is here; it cannot wait for a linearizable read. */
function checkLevel({ body }: Request, kind: string): void {
  const concern = body.get('readConcern');
  const level = concern instanceof Document ? concern.get('level') : undefined;
  if (level === 'linearizable' || level === 'snapshot') {
    fail(
      72,
      'InvalidOptions',
      `Aggregation stage $${kind} cannot run with a readConcern of level '${level}'`,
    );
  }
}

/** `$out`: the collection is made anew, with the options and indexes it had. */
function replaceAll(
  engine: Engine,
  writer: DirectWriter,
  db: string,
  name: string,
  all: readonly Document[],
  bypass: boolean,
): void {
  const old = writer.collection(db, name);
  if (old) dropCollection(engine, writer, old);
  const collection = writer.create(db, name, old?.options ?? Document.of());
  for (const index of old?.indexes ?? []) if (!index.isId) addIndex(writer, collection, index.spec);
  for (const doc of all) {
    const stored = toStore(doc, engine.store.clock);
    if (!bypass) checkValid(collection, stored);
    writer.insert(collection, stored);
  }
}

/** `$merge`: each result is put beside, into or instead of the document that it stands for. */
class Merger {
  readonly #engine: Engine;
  readonly #context: PipelineContext;
  readonly #sink: Merge;
  readonly #db: string;
  readonly #bypass: boolean;

  constructor(engine: Engine, context: PipelineContext, sink: Merge, db: string, bypass: boolean) {
    this.#engine = engine;
    this.#context = context;
    this.#sink = sink;
    this.#db = db;
    this.#bypass = bypass;
    const there = engine.store.collection(db, sink.collection);
    if (!this.#isUnique(there)) {
      fail(51183, 'Location51183', 'Cannot find index to verify that join fields will be unique');
    }
  }

  async run(documents: readonly Document[]): Promise<void> {
    const { store } = this.#engine;
    if (documents.length === 0)
      await store.write((writer) => void collectionToWrite(writer, this.#db, this.#sink.collection));
    for (let from = 0; from < documents.length; from += DOCUMENTS_PER_COMMIT) {
      const some = documents.slice(from, from + DOCUMENTS_PER_COMMIT);
      await store.write((writer) => {
        const collection = collectionToWrite(writer, this.#db, this.#sink.collection);
        for (const doc of some) this.#merge(writer, collection, doc);
      });
    }
  }

  #isUnique(collection: Collection | undefined): boolean {
    const { on } = this.#sink;
    if (on.length === 1 && on[0] === '_id') return true;
    const fits = (index: Index): boolean =>
      index.unique &&
      !index.partial &&
      index.collation === this.#context.collation &&
      index.paths.length === on.length &&
      index.paths.every((path) => on.includes(path));
    return collection?.indexes.some(fits) === true;
  }

  #find(writer: DirectWriter, collection: Collection, doc: Document): Row | undefined {
    const children = this.#sink.on.map(
      (path): Predicate => ({ kind: 'eq', path, value: this.#keyOf(doc, path) }),
    );
    const env = envOf(this.#context.collation);
    const [only] = children;
    const tree: Predicate = children.length === 1 && only ? only : { kind: 'and', children };
    const query = queryOf(Document.of(), env, { matcher: matcherOf(tree, env), limit: 1 });
    const plan = choosePlan(this.#engine.store, collection, query, writer);
    for (const row of execute(this.#engine.store, collection, plan, query, writer)) return row;
    return undefined;
  }

  #keyOf(doc: Document, path: string): Value {
    const value = path
      .split('.')
      .reduce<Value | undefined>(
        (here, name) => (here instanceof Document ? here.get(name) : undefined),
        doc,
      );
    if (value === undefined || value === null || value === UNDEFINED) {
      return fail(
        51132,
        'Location51132',
        "$merge write error: 'on' field cannot be missing, null, undefined or an array",
      );
    }
    if (Array.isArray(value))
      return fail(51185, 'Location51185', "$merge write error: 'on' field cannot be an array");
    return value;
  }

  #merge(writer: DirectWriter, collection: Collection, result: Document): void {
    const doc =
      result.has('_id') || !this.#sink.on.includes('_id')
        ? result
        : toStore(result, this.#engine.store.clock);
    const row = this.#find(writer, collection, doc);
    if (!row) {
      this.#insert(writer, collection, doc);
      return;
    }
    const after = this.#merged(row.doc, doc);
    if (!after) return;
    const changed = Document.fromBytes(after.toBytes());
    if (changed.toBytes().equals(row.doc.toBytes())) return;
    if (!this.#bypass) checkValid(collection, changed, row.doc);
    writer.replace(collection, row.record, row.doc, changed, {
      kind: this.#sink.whenMatched === 'replace' ? 'replace' : 'update',
    });
  }

  #insert(writer: DirectWriter, collection: Collection, doc: Document): void {
    const { whenNotMatched } = this.#sink;
    if (whenNotMatched === 'discard') return;
    if (whenNotMatched === 'fail') {
      fail(
        13113,
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    }
    const stored = toStore(doc, this.#engine.store.clock);
    if (!this.#bypass) checkValid(collection, stored);
    writer.insert(collection, stored);
  }

  /** What the matched document becomes; undefined leaves it. */
  #merged(before: Document, doc: Document): Document | undefined {
    const { whenMatched } = this.#sink;
    switch (whenMatched) {
      case 'keepExisting':
        return undefined;
      case 'fail':
        return this.#refuseMatch(before);
      case 'replace':
        return sameId(
          before,
          doc,
          doc.has('_id') ? doc : Document.of([['_id', before.get('_id') as Value], ...doc.entries()]),
        );
      case 'merge': {
        const merged = before.clone();
        for (const [name, value] of doc.entries()) merged.set(name, value);
        return sameId(before, doc, merged);
      }
      default:
        return sameId(before, doc, this.#byPipeline(whenMatched, before, doc));
    }
  }

  #refuseMatch(before: Document): never {
    const { on, collection } = this.#sink;
    const keyPattern = Document.of(on.map((path) => [path, int32(1)]));
    const keyValue = Document.of(on.map((path) => [path, this.#keyOf(before, path)]));
    const index = on.map((path) => `${path}_1`).join('_');
    const name = on.length === 1 && on[0] === '_id' ? '_id_' : index;
    return fail(
      11000,
      'DuplicateKey',
      `$merge failed due to a DuplicateKey error :: caused by :: E11000 duplicate key error collection: ${this.#db}.${collection} index: ${name} dup key: ${show(keyValue)}`,
      { details: { keyPattern, keyValue } },
    );
  }

  #byPipeline(stages: readonly Value[], before: Document, doc: Document): Document {
    const scope = { now: this.#context.now };
    const variables = new Map<string, Value | undefined>();
    for (const [name, spec] of this.#sink.let.entries())
      variables.set(name, compileExpression(spec, scope).evaluate(doc));
    return pipelineOfUpdate(stages, { ...scope, variables })(before);
  }
}

function sameId(before: Document, _doc: Document, after: Document): Document {
  const id = before.get('_id') as Value;
  const now = after.get('_id');
  const wrap = (value: Value): Buffer => Document.fromColumns(['_id'], [value]).toBytes();
  if (now !== undefined && !wrap(now).equals(wrap(id))) {
    fail(
      66,
      'ImmutableField',
      "$merge failed to update the matching document, did you attempt to modify the _id or the shard key? :: caused by :: Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return now === undefined ? Document.of([['_id', id], ...after.entries()]) : after;
}
