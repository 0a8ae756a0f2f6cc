import type { CompiledPipeline } from '../aggregate/pipeline.ts';
import type { Request } from '../commands/command.ts';
import { documentOf } from '../commands/query.ts';
import { countOf } from '../commands/reading.ts';
import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Engine } from '../engine.ts';
import { refuseInTransaction } from '../session/transaction.ts';
import { cursorReply, type Reply } from '../wire/raw.ts';
import { parseOptions } from './options.ts';
import { ChangeStreamSource, type Scope } from './stream.ts';

function scopeOf(request: Request, name: string | undefined, wholeCluster: boolean): Scope {
  if (!wholeCluster) return { db: request.db, collection: name };
  if (request.db !== 'admin' || name !== undefined) {
    fail(
      72,
      'InvalidOptions',
      "A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database, and with no collection name",
    );
  }
  return { db: undefined, collection: undefined };
}

/** Opens a change stream: an aggregate whose first stage is `$changeStream`. */
export function openChangeStream(
  request: Request,
  engine: Engine,
  pipeline: CompiledPipeline,
  name: string | undefined,
): Reply {
  if (request.transaction) refuseInTransaction('aggregate');
  const options = parseOptions(pipeline.changeStream as Document, engine.store.log);
  const source = new ChangeStreamSource(
    engine,
    options,
    scopeOf(request, name, options.wholeCluster),
    pipeline,
  );
  const count = countOf('aggregate', 'batchSize', documentOf(request.body.get('cursor'))?.get('batchSize'));
  const batch = source.first(count);
  const { db, session } = request;
  const collection = name ?? '$cmd.aggregate';
  const id = batch.open
    ? engine.cursors.add({ db, collection, source, session, transaction: undefined, timesOut: true }).id
    : 0n;
  return cursorReply('firstBatch', batch.documents, id, `${db}.${collection}`, batch.more);
}
