import type { CompiledPipeline } from '../aggregate/pipeline.ts';
import { Document } from '../core/document.ts';
import { encodeDocument } from '../core/encode.ts';
import { fail } from '../core/errors.ts';
import type { Batch, BatchSource } from '../cursor/cursors.ts';
import type { Engine } from '../engine.ts';
import type { Change } from '../store/change-log.ts';
import { compareTimes } from '../store/clock.ts';
import { MAX_DOCUMENT_BYTES } from '../wire/message.ts';
import { eventOf, invalidateEvent, isShown } from './event.ts';
import type { StreamOptions } from './options.ts';
import { type Token, tokenDocument } from './token.ts';

const CHANGES_PER_READ = 1000;
const WAIT_MS = 1000;

/** What a stream watches: everything, a database, or one collection of it. */
export interface Scope {
  readonly db: string | undefined;
  readonly collection: string | undefined;
}

/** The changes of a scope, in order, from a place in the log on; waits for more when asked to. */
export class ChangeStreamSource implements BatchSource {
  readonly isChangeStream = true;
  readonly #engine: Engine;
  readonly #options: StreamOptions;
  readonly #scope: Scope;
  readonly #pipeline: CompiledPipeline;
  /** Everything up to here was read. */
  #place: Token;
  #ready: Document[] = [];
  #ended = false;
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(engine: Engine, options: StreamOptions, scope: Scope, pipeline: CompiledPipeline) {
    this.#engine = engine;
    this.#options = options;
    this.#scope = scope;
    this.#pipeline = pipeline;
    this.#place = options.after ?? { time: engine.store.clock.committed, kind: 'mark' };
  }

  /** What is there now, without waiting. */
  first(count: number | undefined): Batch {
    if (count !== 0) this.#read();
    return this.#take(count ?? Number.POSITIVE_INFINITY);
  }

  async next(count: number | undefined, { maxTimeMS }: { readonly maxTimeMS?: number }): Promise<Batch> {
    const until = Date.now() + (maxTimeMS ?? WAIT_MS);
    for (;;) {
      this.#checkOpen();
      this.#read();
      const left = until - Date.now();
      if (this.#ready.length > 0 || this.#ended || left <= 0)
        return this.#take(count ?? Number.POSITIVE_INFINITY);
      await this.#changeOrTime(left);
    }
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #checkOpen(): void {
    if (this.#closed) fail(237, 'CursorKilled', 'operation was interrupted because the cursor was killed');
  }

  #changeOrTime(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), ms);
      const forget = this.#engine.store.log.listen(() => this.#wake());
      this.#wake = () => {
        clearTimeout(timer);
        forget();
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  /** Reads the log on until an event is found or everything committed was read. */
  #read(): void {
    const { log, clock } = this.#engine.store;
    while (this.#ready.length === 0 && !this.#ended) {
      const { cut } = log;
      if (cut && compareTimes(this.#place.time, cut) < 0) {
        fail(
          286,
          'ChangeStreamHistoryLost',
          'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
          {
            labels: ['NonResumableChangeStreamError'],
          },
        );
      }
      const changes = log.after(this.#place.time, CHANGES_PER_READ);
      for (const change of changes) {
        this.#place = { time: change.time, kind: 'event' };
        if (this.#concerns(change)) this.#add(change);
        if (this.#ended) break;
      }
      if (changes.length < CHANGES_PER_READ && !this.#ended) {
        if (compareTimes(clock.committed, this.#place.time) > 0)
          this.#place = { time: clock.committed, kind: 'mark' };
        return;
      }
    }
  }

  #concerns(change: Change): boolean {
    const { db, collection } = this.#scope;
    if (db !== undefined && change.db !== db) return false;
    if (collection === undefined) return isShown(change, this.#options);
    if (change.kind === 'dropDatabase') return false;
    const renamedTo = change.kind === 'rename' && change.body.get('to') === collection;
    return (change.collection === collection || renamedTo) && isShown(change, this.#options);
  }

  #add(change: Change): void {
    this.#through(eventOf(this.#engine, change, this.#options));
    const { db, collection } = this.#scope;
    const ends =
      collection !== undefined
        ? change.kind === 'drop' || change.kind === 'rename'
        : db !== undefined && change.kind === 'dropDatabase';
    if (!ends) return;
    this.#through(invalidateEvent(change));
    this.#place = { time: change.time, kind: 'invalidate' };
    this.#ended = true;
  }

  /** Runs an event through the user's stages, which must leave its token alone. */
  #through(event: Document): void {
    for (const made of this.#pipeline.run([event])) {
      const token = made.get('_id');
      if (
        !(token instanceof Document) ||
        !encodeDocument(token).equals(encodeDocument(event.get('_id') as Document))
      ) {
        fail(
          280,
          'ChangeStreamFatalError',
          `Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed.`,
          { labels: ['NonResumableChangeStreamError'] },
        );
      }
      this.#ready.push(made);
    }
  }

  #take(count: number): Batch {
    const documents: Document[] = [];
    let bytes = 0;
    while (documents.length < count && this.#ready.length > 0) {
      bytes += (this.#ready[0] as Document).toBytes().length;
      if (documents.length > 0 && bytes > MAX_DOCUMENT_BYTES) break;
      documents.push(this.#ready.shift() as Document);
    }
    const last = documents.at(-1)?.get('_id');
    const token = this.#ready.length > 0 && last instanceof Document ? last : tokenDocument(this.#place);
    return {
      documents,
      open: !(this.#ended && this.#ready.length === 0),
      more: [['postBatchResumeToken', token]],
    };
  }
}
