import { Document } from '../core/document.ts';
import { Binary, type Timestamp, type Value } from '../core/values.ts';

/** An answer whose elements are bytes already: they go out without being read or written again. */
export class RawReply {
  readonly elements: Buffer;
  constructor(elements: Buffer) {
    this.elements = elements;
  }
}

/** What a command answers with; `ok` and the times are added to it. */
export type Reply = Document | RawReply;

/** The elements of a document without its length and end. */
export function elementsOf(doc: Document): Buffer {
  const bytes = doc.toBytes();
  return bytes.subarray(4, bytes.length - 1);
}

function digits(n: number): number {
  return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : n < 10_000 ? 4 : n < 100_000 ? 5 : String(n).length;
}

/** The answer `{ cursor: { firstBatch or nextBatch, id, ns, …more } }`, with documents copied as they are stored. */
export function cursorReply(
  batchName: 'firstBatch' | 'nextBatch',
  documents: readonly Document[],
  id: bigint,
  ns: string,
  more: readonly (readonly [string, Value])[] = [],
): RawReply {
  const raw = documents.map((doc) => doc.toBytes());
  let arraySize = 5;
  for (let i = 0; i < raw.length; i++) arraySize += 2 + digits(i) + (raw[i] as Buffer).length;
  const tail = elementsOf(Document.of([['id', id], ['ns', ns], ...more]));
  const cursorSize = 4 + 1 + batchName.length + 1 + arraySize + tail.length + 1;
  const out = Buffer.allocUnsafe(8 + cursorSize);
  out[0] = 3;
  out.write('cursor\0', 1, 'latin1');
  let p = out.writeInt32LE(cursorSize, 8);
  out[p++] = 4;
  p += out.write(`${batchName}\0`, p, 'latin1');
  p = out.writeInt32LE(arraySize, p);
  for (let i = 0; i < raw.length; i++) p = putDocument(out, p, i, raw[i] as Buffer);
  out[p++] = 0;
  p += tail.copy(out, p);
  out[p++] = 0;
  return new RawReply(out);
}

function putDocument(out: Buffer, start: number, i: number, doc: Buffer): number {
  let p = start;
  out[p++] = 3;
  if (i < 10) out[p++] = 48 + i;
  else p += out.write(String(i), p, 'latin1');
  out[p++] = 0;
  out.set(doc, p);
  return p + doc.length;
}

const OK = Buffer.from('\x01ok\0\0\0\0\0\0\0\xf0\x3f', 'latin1');
const END = Buffer.from([0]);

let stamped: { time: Timestamp; bytes: Buffer } | undefined;

/** `$clusterTime` and `operationTime`, as a replica set adds them to every answer. */
function timesOf(time: Timestamp): Buffer {
  if (stamped?.time === time) return stamped.bytes;
  const signature = Document.of([
    ['hash', emptyHash()],
    ['keyId', 0n],
  ]);
  const clusterTime = Document.of([
    ['clusterTime', time],
    ['signature', signature],
  ]);
  const bytes = elementsOf(
    Document.of([
      ['$clusterTime', clusterTime],
      ['operationTime', time],
    ]),
  );
  stamped = { time, bytes };
  return bytes;
}

function emptyHash(): Value {
  return new Binary(Buffer.alloc(20));
}

/** The whole document of an answer, in parts. */
export function finishReply(reply: Reply, time: Timestamp): Buffer[] {
  const elements = reply instanceof RawReply ? reply.elements : elementsOf(reply);
  const hasOk = reply instanceof Document && reply.has('ok');
  const tail = hasOk ? [timesOf(time), END] : [OK, timesOf(time), END];
  const size = 4 + elements.length + tail.reduce((sum, part) => sum + part.length, 0);
  const length = Buffer.allocUnsafe(4);
  length.writeInt32LE(size, 0);
  return [length, elements, ...tail];
}

/** The same answer with further fields at its end. */
export function withFields(reply: Reply, fields: readonly (readonly [string, Value])[]): Reply {
  if (fields.length === 0) return reply;
  if (reply instanceof RawReply)
    return new RawReply(Buffer.concat([reply.elements, elementsOf(Document.of(fields))]));
  return Document.of([...reply.entries(), ...fields]);
}
