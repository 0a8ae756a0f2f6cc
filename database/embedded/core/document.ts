import { cstringEnd, readInt, readName, readScalar, valueEnd } from './bson.ts';
import { encodeDocument } from './encode.ts';
import type { Value } from './values.ts';
import { Code } from './values.ts';

const ABSENT = -1;
const NOT_ASCII = -2;
/** From this size on, finding a name by an index beats walking the names. */
const INDEXED_SIZE = 24;

/**
 * An ordered document. It stands on raw BSON bytes (decoded field by field, only when asked) or on built
 * entries. Names may be of any spelling and may repeat; `get` gives the first, as MongoDB does.
 */
export class Document {
  #buf: Buffer | undefined;
  #start = 0;
  #names: string[] | undefined;
  #values: Value[] | undefined;
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
    const names: string[] = [];
    const values: Value[] = [];
    for (const [name, value] of entries) {
      names.push(name);
      values.push(value);
    }
    return Document.fromColumns(names, values);
  }

  /** A document of names and values side by side; it keeps both arrays. */
  static fromColumns(names: string[], values: Value[]): Document {
    const doc = new Document();
    doc.#names = names;
    doc.#values = values;
    return doc;
  }

  get(name: string): Value | undefined {
    if (this.#values !== undefined) {
      const i = this.#indexOf(name);
      return i < 0 ? undefined : this.#values[i];
    }
    const buf = this.#buf as Buffer;
    const p = seek(buf, this.#start + 4, name);
    if (p >= 0) return readValue(buf, buf[p] as number, p + name.length + 2);
    if (p === ABSENT) return undefined;
    this.#open();
    return this.get(name);
  }

  has(name: string): boolean {
    if (this.#values === undefined) {
      const p = seek(this.#buf as Buffer, this.#start + 4, name);
      if (p !== NOT_ASCII) return p !== ABSENT;
      this.#open();
    }
    return this.#indexOf(name) >= 0;
  }

  keys(): readonly string[] {
    return this.#open();
  }

  values(): readonly Value[] {
    this.#open();
    return this.#values as Value[];
  }

  entries(): [string, Value][] {
    const names = this.#open();
    const values = this.#values as Value[];
    return names.map((name, i) => [name, values[i] as Value]);
  }

  get size(): number {
    return this.#open().length;
  }

  /** Puts a value in the name's place, or at the end. Only for documents one has made or cloned. */
  set(name: string, value: Value): this {
    const names = this.#own();
    const values = this.#values as Value[];
    const i = this.#indexOf(name);
    if (i >= 0) {
      values[i] = value;
    } else {
      this.#index?.set(name, names.length);
      names.push(name);
      values.push(value);
    }
    return this;
  }

  delete(name: string): boolean {
    const i = this.#open() && this.#indexOf(name);
    if (i < 0) return false;
    this.#own().splice(i, 1);
    this.#values?.splice(i, 1);
    this.#index = undefined;
    return true;
  }

  /** A copy to change: shallow, and cheap until the first change. */
  clone(): Document {
    const copy = new Document();
    copy.#buf = this.#buf;
    copy.#start = this.#start;
    copy.#names = this.#names;
    copy.#values = this.#values;
    if (this.#names !== undefined) {
      this.#shared = true;
      copy.#shared = true;
    }
    return copy;
  }

  /** The document with only these fields, in its own order; raw bytes are copied, not decoded. */
  pick(names: ReadonlySet<string>): Document {
    const buf = this.#buf;
    if (buf !== undefined && this.#values === undefined) return pickRaw(buf, this.#start, names);
    const keys = this.#open();
    const values = this.#values as Value[];
    const kept = keys.filter((key) => names.has(key));
    if (kept.length === keys.length) return this;
    return Document.fromColumns(
      kept,
      values.filter((_, i) => names.has(keys[i] as string)),
    );
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

  #indexOf(name: string): number {
    const names = this.#names as string[];
    if (names.length < INDEXED_SIZE) return names.indexOf(name);
    if (this.#index === undefined) {
      this.#index = new Map();
      for (let i = names.length - 1; i >= 0; i--) this.#index.set(names[i] as string, i);
    }
    return this.#index.get(name) ?? -1;
  }

  #open(): string[] {
    if (this.#names !== undefined) return this.#names;
    const buf = this.#buf as Buffer;
    const names: string[] = [];
    const values: Value[] = [];
    let p = this.#start + 4;
    for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
      const nameEnd = cstringEnd(buf, p + 1);
      names.push(readName(buf, p + 1, nameEnd));
      values.push(readValue(buf, type, nameEnd + 1));
      p = valueEnd(buf, type, nameEnd + 1);
    }
    this.#values = values;
    this.#names = names;
    return names;
  }

  #own(): string[] {
    this.#open();
    this.#buf = undefined;
    if (this.#shared) {
      this.#names = (this.#names as string[]).slice();
      this.#values = (this.#values as Value[]).slice();
      this.#index = undefined;
      this.#shared = false;
    }
    return this.#names as string[];
  }
}

/** Walks raw elements for an ASCII name; gives the element's place, ABSENT, or NOT_ASCII. */
function seek(buf: Buffer, from: number, name: string): number {
  const length = name.length;
  let p = from;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    let i = 0;
    while (i < length && name.charCodeAt(i) === buf[p + 1 + i]) i++;
    if (i === length && buf[p + 1 + i] === 0) return p;
    if (i < length && name.charCodeAt(i) > 127) return NOT_ASCII;
    p = valueEnd(buf, type, cstringEnd(buf, p + 1 + i) + 1);
  }
  return ABSENT;
}

/** Reads one value out of validated BSON; nested documents stay on the bytes. */
export function readValue(buf: Buffer, type: number, p: number): Value {
  if (type === 3) return Document.fromBytes(buf, p);
  if (type === 4) return readArray(buf, p);
  if (type === 13) return new Code(readScalar(buf, 2, p) as string);
  if (type === 15) {
    return new Code(
      readScalar(buf, 2, p + 4) as string,
      Document.fromBytes(buf, p + 8 + readInt(buf, p + 4)),
    );
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

function pickRaw(buf: Buffer, start: number, names: ReadonlySet<string>): Document {
  const out = Buffer.allocUnsafe(readInt(buf, start));
  let at = 4;
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    const nameEnd = cstringEnd(buf, p + 1);
    const end = valueEnd(buf, type, nameEnd + 1);
    if (names.has(readName(buf, p + 1, nameEnd))) at += buf.copy(out, at, p, end);
    p = end;
  }
  out[at++] = 0;
  out.writeInt32LE(at, 0);
  return Document.fromBytes(out);
}
