import { cstringEnd, readInt, readScalar, valueEnd } from './bson.ts';
import { encodeDocument } from './encode.ts';
import { ABSENT, elementsOf, firstPlaces, hasTypeAt, pickBytes, seek } from './raw.ts';
import type { Value } from './values.ts';
import { Code, typeOf } from './values.ts';

/** From this size on, finding a name by an index beats walking the names. */
const INDEXED_SIZE = 24;

/** Shared by documents that have not been opened; never written to. */
const NOTHING: (Value | undefined)[] = [];
const NOWHERE: number[] = [];

/**
 * An ordered document. It stands on raw BSON bytes, decoded field by field and only when asked, or on built
 * entries, or on both: after a change, untouched fields still are the bytes they were. Names may be of any
 * spelling and may repeat; `get` gives the first, as MongoDB does.
 */
export class Document {
  /** The bytes of the whole document, until it is changed. */
  #buf: Buffer | undefined;
  #start = 0;
  #names: string[] | undefined;
  /** undefined for a field that has not been decoded yet. */
  #values: (Value | undefined)[] = NOTHING;
  /** Where fields stand in `#source`; a start of -1 for those that were set. */
  #source: Buffer | undefined;
  #starts: number[] = NOWHERE;
  #ends: number[] = NOWHERE;
  #shared = false;
  #index: Map<string, number> | undefined;

  get bsonType(): 3 {
    return 3;
  }

  /** A document on validated BSON bytes, which it keeps: the caller must not write to them any more. */
  static fromBytes(bytes: Buffer, start = 0): Document {
    const doc = new Document();
    doc.#buf = bytes;
    doc.#start = start;
    return doc;
  }

  static of(entries: Iterable<readonly [string, Value]> = []): Document {
    const all = [...entries];
    return Document.fromColumns(
      all.map(([name]) => name),
      all.map(([, value]) => value),
    );
  }

  /** A document of names and values side by side; it keeps both arrays. */
  static fromColumns(names: string[], values: Value[]): Document {
    const doc = new Document();
    doc.#names = names;
    doc.#values = values;
    return doc;
  }

  get(name: string): Value | undefined {
    if (this.#names === undefined) {
      const buf = this.#buf as Buffer;
      const p = seek(buf, this.#start, name);
      if (p >= 0) return readValue(buf, buf[p] as number, p + name.length + 2);
      if (p === ABSENT) return undefined;
      this.#open();
    }
    const i = this.#indexOf(name);
    return i < 0 ? undefined : this.#valueAt(i);
  }

  has(name: string): boolean {
    if (this.#names === undefined) {
      const p = seek(this.#buf as Buffer, this.#start, name);
      if (p >= 0 || p === ABSENT) return p !== ABSENT;
      this.#open();
    }
    return this.#indexOf(name) >= 0;
  }

  /** Whether some field, not looking into it, is of a BSON type; raw bytes are not decoded for it. */
  hasType(type: number): boolean {
    if (this.#buf !== undefined) return hasTypeAt(this.#buf, this.#start, type & 0xff);
    return this.values().some((value) => typeOf(value) === type);
  }

  keys(): readonly string[] {
    return this.#open();
  }

  values(): readonly Value[] {
    const { length } = this.#open();
    for (let i = 0; i < length; i++) this.#valueAt(i);
    return this.#values as Value[];
  }

  entries(): [string, Value][] {
    return this.#open().map((name, i) => [name, this.#valueAt(i)]);
  }

  get size(): number {
    return this.#open().length;
  }

  /** Puts a value in the name's place, or at the end. Only for documents one has made or cloned. */
  set(name: string, value: Value): this {
    const names = this.#own();
    let i = this.#indexOf(name);
    if (i < 0) {
      i = names.length;
      this.#index?.set(name, i);
      names.push(name);
    }
    this.#values[i] = value;
    if (this.#source !== undefined) this.#starts[i] = -1;
    return this;
  }

  delete(name: string): boolean {
    const i = this.#open() && this.#indexOf(name);
    if (i < 0) return false;
    this.#own().splice(i, 1);
    this.#values.splice(i, 1);
    if (this.#source !== undefined) {
      this.#starts.splice(i, 1);
      this.#ends.splice(i, 1);
    }
    this.#index = undefined;
    return true;
  }

  /** A copy to change: shallow, and cheap until the first change. */
  clone(): Document {
    const copy = new Document();
    copy.#buf = this.#buf;
    copy.#start = this.#start;
    if (this.#names === undefined) return copy;
    copy.#names = this.#names;
    copy.#values = this.#values;
    copy.#source = this.#source;
    copy.#starts = this.#starts;
    copy.#ends = this.#ends;
    this.#shared = true;
    copy.#shared = true;
    return copy;
  }

  /**
   * A new document with only these fields, or (`keep` false) with all but these, in its own order; raw bytes are
   * copied, not decoded.
   */
  pick(names: ReadonlySet<string>, keep = true): Document {
    if (this.#buf !== undefined) return Document.fromBytes(pickBytes(this.#buf, this.#start, names, keep));
    return Document.of(this.entries().filter(([name]) => names.has(name) === keep));
  }

  /** The BSON bytes; the very bytes it was read from when nothing was changed. */
  toBytes(): Buffer {
    return this.rawBytes() ?? encodeDocument(this);
  }

  /** The bytes it stands on, or undefined when it was built or changed. */
  rawBytes(): Buffer | undefined {
    const buf = this.#buf;
    if (buf === undefined) return undefined;
    const length = readInt(buf, this.#start);
    return length === buf.length ? buf : buf.subarray(this.#start, this.#start + length);
  }

  /** For the encoder: hands over each field, as bytes of a source or as a value. */
  eachField(
    raw: (source: Buffer, start: number, end: number) => void,
    built: (name: string, value: Value) => void,
  ): void {
    const names = this.#open();
    for (let i = 0; i < names.length; i++) {
      const start = this.#source === undefined ? -1 : (this.#starts[i] as number);
      if (start >= 0) raw(this.#source as Buffer, start, this.#ends[i] as number);
      else built(names[i] as string, this.#values[i] as Value);
    }
  }

  #indexOf(name: string): number {
    const names = this.#names as string[];
    if (names.length < INDEXED_SIZE) return names.indexOf(name);
    this.#index ??= firstPlaces(names);
    return this.#index.get(name) ?? -1;
  }

  #valueAt(i: number): Value {
    const known = this.#values[i];
    if (known !== undefined) return known;
    const source = this.#source as Buffer;
    const start = this.#starts[i] as number;
    const value = readValue(source, source[start] as number, cstringEnd(source, start + 1) + 1);
    this.#values[i] = value;
    return value;
  }

  #open(): string[] {
    if (this.#names !== undefined) return this.#names;
    const { names, starts, ends } = elementsOf(this.#buf as Buffer, this.#start);
    this.#source = this.#buf;
    this.#starts = starts;
    this.#ends = ends;
    this.#values = new Array(names.length).fill(undefined);
    this.#names = names;
    return names;
  }

  #own(): string[] {
    this.#open();
    this.#buf = undefined;
    if (this.#shared) {
      this.#names = (this.#names as string[]).slice();
      this.#values = this.#values.slice();
      if (this.#source !== undefined) {
        this.#starts = this.#starts.slice();
        this.#ends = this.#ends.slice();
      }
      this.#index = undefined;
      this.#shared = false;
    }
    return this.#names as string[];
  }
}

/** Reads one value out of validated BSON; nested documents stay on the bytes. */
function readValue(buf: Buffer, type: number, p: number): Value {
  if (type === 3) return Document.fromBytes(buf, p);
  if (type === 4) return readArray(buf, p);
  if (type === 13) return new Code(readScalar(buf, 2, p) as string);
  if (type === 15) {
    const scope = Document.fromBytes(buf, p + 8 + readInt(buf, p + 4));
    return new Code(readScalar(buf, 2, p + 4) as string, scope);
  }
  return readScalar(buf, type, p);
}

function readArray(buf: Buffer, start: number): Value[] {
  const items: Value[] = [];
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    const value = cstringEnd(buf, p + 1) + 1;
    items.push(readValue(buf, type, value));
    p = valueEnd(buf, type, value);
  }
  return items;
}
