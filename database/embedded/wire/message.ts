import { Document } from '../core/document.ts';
import { validateBson } from '../core/validate.ts';

/** Limits that hello announces (manual, "MongoDB Limits and Thresholds"). */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
export const MAX_MESSAGE_BYTES = 48_000_000;
export const MAX_BATCH = 100_000;

const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0-15 must be understood or refused (OP_MSG specification). */
const REQUIRED_FLAGS = 0xffff;

/** Raised for bytes that are no message; its connection is closed. */
export class ProtocolError extends Error {}

/** One request as it came: a command's document, and documents of the kind-1 sections by their names. */
export interface Message {
  readonly requestId: number;
  readonly opCode: number;
  readonly body: Document;
  readonly sequences: ReadonlyMap<string, readonly Document[]>;
  /** False when the client waits for no answer. */
  readonly wantsReply: boolean;
  /** The database an OP_QUERY addresses. */
  readonly database: string | undefined;
}

const noSequences: ReadonlyMap<string, readonly Document[]> = new Map();

function documentAt(bytes: Buffer, start: number, limit: number): { doc: Document; end: number } {
  const end = validateBson(bytes, start, limit);
  return { doc: Document.fromBytes(bytes, start), end };
}

function cstring(bytes: Buffer, start: number, limit: number): { text: string; end: number } {
  const zero = bytes.indexOf(0, start);
  if (zero < 0 || zero >= limit) throw new ProtocolError('A name is not terminated');
  return { text: bytes.toString('utf8', start, zero), end: zero + 1 };
}

/** Reads one whole message. Throws ProtocolError, or 22 InvalidBSON. */
export function parseMessage(bytes: Buffer): Message {
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_MSG) return parseMsg(bytes);
  if (opCode === OP_QUERY) return parseQuery(bytes);
  throw new ProtocolError(`Operation ${opCode} is not supported`);
}

function parseMsg(bytes: Buffer): Message {
  if (bytes.length < HEADER + 4 + 6) throw new ProtocolError('The message is too short');
  const flags = bytes.readUInt32LE(HEADER);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new ProtocolError('The message has flags that are not known');
  }
  const limit = bytes.length - ((flags & CHECKSUM_PRESENT) !== 0 ? 4 : 0);
  let body: Document | undefined;
  let sequences: Map<string, Document[]> | undefined;
  for (let p = HEADER + 4; p < limit; ) {
    const kind = bytes[p];
    if (kind === 0) {
      if (body) throw new ProtocolError('The message has more than one body');
      const found = documentAt(bytes, p + 1, limit);
      body = found.doc;
      p = found.end;
    } else if (kind === 1) {
      sequences ??= new Map();
      p = parseSequence(bytes, p + 1, limit, sequences);
    } else throw new ProtocolError(`Section kind ${kind} is not known`);
  }
  if (!body) throw new ProtocolError('The message has no body');
  return {
    requestId: bytes.readInt32LE(4),
    opCode: OP_MSG,
    body,
    sequences: sequences ?? noSequences,
    wantsReply: (flags & MORE_TO_COME) === 0,
    database: undefined,
  };
}

function parseSequence(
  bytes: Buffer,
  start: number,
  limit: number,
  sequences: Map<string, Document[]>,
): number {
  if (start + 4 > limit) throw new ProtocolError('A section is too short');
  const end = start + bytes.readInt32LE(start);
  if (end > limit || end < start + 5) throw new ProtocolError('A section has a wrong size');
  const name = cstring(bytes, start + 4, end);
  if (sequences.has(name.text)) throw new ProtocolError(`Section ${name.text} comes twice`);
  const documents: Document[] = [];
  for (let p = name.end; p < end; ) {
    const found = documentAt(bytes, p, end);
    documents.push(found.doc);
    p = found.end;
  }
  sequences.set(name.text, documents);
  return end;
}

function parseQuery(bytes: Buffer): Message {
  if (bytes.length < HEADER + 4 + 2 + 8 + 5) throw new ProtocolError('The message is too short');
  const { text, end } = cstring(bytes, HEADER + 4, bytes.length);
  if (end + 8 > bytes.length) throw new ProtocolError('The message is too short');
  const { doc } = documentAt(bytes, end + 8, bytes.length);
  return {
    requestId: bytes.readInt32LE(4),
    opCode: OP_QUERY,
    body: doc,
    sequences: noSequences,
    wantsReply: true,
    database: text.endsWith('.$cmd') ? text.slice(0, -5) : undefined,
  };
}

let nextReplyId = 1;

const JOINED_BYTES = 32 * 1024;

/** The bytes of an answer to a request, as parts to be written one after the other; small ones are one part. */
export function frameReply(request: Message, document: readonly Buffer[]): readonly Buffer[] {
  let size = 0;
  for (const part of document) size += part.length;
  const query = request.opCode === OP_QUERY;
  const before = HEADER + (query ? 20 : 5);
  const joined = size <= JOINED_BYTES;
  const head = Buffer.allocUnsafe(joined ? before + size : before);
  putHeader(head, request, before + size, query);
  if (!joined) return [head, ...document];
  let at = before;
  for (const part of document) {
    head.set(part, at);
    at += part.length;
  }
  return [head];
}

function putHeader(head: Buffer, request: Message, length: number, query: boolean): void {
  nextReplyId = (nextReplyId + 1) | 0;
  head.writeInt32LE(length, 0);
  head.writeInt32LE(nextReplyId, 4);
  head.writeInt32LE(request.requestId, 8);
  head.writeInt32LE(query ? OP_REPLY : OP_MSG, 12);
  head.fill(0, HEADER, HEADER + (query ? 20 : 5));
  if (!query) return;
  head.writeInt32LE(8, HEADER);
  head.writeInt32LE(1, HEADER + 16);
}
