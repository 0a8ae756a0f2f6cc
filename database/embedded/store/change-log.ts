import { Document } from '../core/document.ts';
import { type Binary, DateTime, type Timestamp, type Value } from '../core/values.ts';
import { type Clock, timeKey, timeOfKey } from './clock.ts';
import type { Files } from './files.ts';
import { afterKey } from './keys.ts';

/** One change as the log holds it. `body` has the fields of its kind; `time` orders all changes. */
export interface Change {
  readonly time: Timestamp;
  readonly wallTime: DateTime;
  /** insert, update, replace, delete, create, drop, rename, dropDatabase, createIndexes, dropIndexes, modify. */
  readonly kind: string;
  readonly db: string;
  readonly collection: string;
  /** Undefined for changes of a whole database. */
  readonly uuid: Binary | undefined;
  readonly body: Document;
}

/** Where a change took place. */
export interface ChangedCollection {
  readonly db: string;
  readonly name: string;
  readonly uuid?: Binary;
}

const CHUNK_BYTES = 64 * 1024;

const TOTAL = Buffer.from('changes:bytes');
const CUT = Buffer.from('changes:cut');

/** What a change costs in the log beside its body. */
const OVERHEAD = 64;

/**
 * The changes of all commits, in order, for change streams. Changes of one commit are packed into few values;
 * the key of a value is the time of its first change. Older values are cut off above a total size.
 */
export class ChangeLog {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #limit: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #first: Timestamp | undefined;
  #total = 0;
  readonly #listeners = new Set<() => void>();
  #dirty = false;
  /** The time of the last change that was cut off; undefined while all are kept. */
  cut: Timestamp | undefined;

  constructor(files: Files, clock: Clock, limit: number) {
    this.#files = files;
    this.#clock = clock;
    this.#limit = limit;
    this.#total = Number(files.meta.get(TOTAL)?.toString() ?? '0');
    this.cut = this.#readCut();
    const last = this.#lastTime();
    if (last) clock.startAfter(last);
  }

  /** Adds a change to the commit under way, and gives its time. */
  append(kind: string, { db, name, uuid }: ChangedCollection, body: Document): Timestamp {
    const time = this.#clock.tick();
    this.#first ??= time;
    const entry = Document.fromColumns(['t', 'w', 'k', 'd', 'c', 'u', 'b'], [
      time,
      new DateTime(Date.now()),
      kind,
      db,
      name,
      uuid ?? null,
      body,
    ] as Value[]).toBytes();
    this.#pending.push(entry);
    this.#pendingBytes += entry.length + OVERHEAD;
    if (this.#pendingBytes >= CHUNK_BYTES) this.#write();
    return time;
  }

  /** Writes what the commit has added; the last act of a commit. */
  flush(): void {
    if (this.#pending.length > 0) this.#write();
    if (!this.#dirty) return;
    if (this.#total > this.#limit) this.#trim();
    this.#files.meta.putSync(TOTAL, Buffer.from(String(this.#total)));
  }

  /** Forgets what a failed commit had added. */
  discard(): void {
    this.#clear();
    this.#dirty = false;
    this.#total = Number(this.#files.meta.get(TOTAL)?.toString() ?? '0');
    this.cut = this.#readCut();
  }

  /** Wakes those who wait for changes, once a commit is durable. */
  committed(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls back after each commit that changed something, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The changes after a time, at most as many as asked for. */
  after(time: Timestamp, limit: number): Change[] {
    const found: Change[] = [];
    const from = this.#chunkAt(time);
    for (const { value } of this.#files.changes.getRange({ start: from })) {
      for (const change of changesOf(value)) {
        if (change.time.t > time.t || (change.time.t === time.t && change.time.i > time.i))
          found.push(change);
        if (found.length >= limit) return found;
      }
    }
    return found;
  }

  #chunkAt(time: Timestamp): Buffer {
    const [key] = [...this.#files.changes.getKeys({ start: timeKey(time), reverse: true, limit: 1 })];
    return key ? Buffer.from(key) : timeKey(time);
  }

  #write(): void {
    const value = Buffer.concat(this.#pending);
    this.#files.changes.putSync(timeKey(this.#first as Timestamp), value);
    this.#total += value.length;
    this.#clear();
    this.#dirty = true;
  }

  #clear(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#first = undefined;
  }

  #trim(): void {
    const keep = Math.floor(this.#limit * 0.9);
    for (const { key, value } of [...this.#files.changes.getRange({ limit: 64 })]) {
      if (this.#total <= keep) return;
      this.#files.changes.removeSync(key);
      this.#total -= value.length;
      this.cut = [...changesOf(value)].at(-1)?.time;
      if (this.cut) this.#files.meta.putSync(CUT, timeKey(this.cut));
    }
  }

  #readCut(): Timestamp | undefined {
    const key = this.#files.meta.get(CUT);
    return key && timeOfKey(key);
  }

  #lastTime(): Timestamp | undefined {
    const [last] = [
      ...this.#files.changes.getRange({
        start: afterKey(Buffer.alloc(8, 0xff)),
        end: Buffer.from([0]),
        reverse: true,
        limit: 1,
      }),
    ];
    return last && [...changesOf(last.value)].at(-1)?.time;
  }
}

function* changesOf(value: Uint8Array): Iterable<Change> {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.length);
  for (let p = 0; p < bytes.length; ) {
    const length = bytes.readInt32LE(p);
    const entry = Document.fromBytes(bytes, p);
    yield {
      time: entry.get('t') as Timestamp,
      wallTime: entry.get('w') as DateTime,
      kind: entry.get('k') as string,
      db: entry.get('d') as string,
      collection: entry.get('c') as string,
      uuid: (entry.get('u') as Binary | null) ?? undefined,
      body: entry.get('b') as Document,
    };
    p += length;
  }
}
