import { connect, type Socket } from 'node:net';
import type { mongo } from 'mongoose';
import { BSON } from './database.ts';

const OP_MSG = 2013;

/** A client that sends exactly what it is told: sessions, numbers and broken bytes are the test's own affair. */
export class RawClient {
  readonly #socket: Socket;
  readonly #waiting: ((reply: mongo.Document) => void)[] = [];
  readonly closed: Promise<void>;
  #pending: Buffer = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawClient(socket);
  }

  /** Sends a command as OP_MSG and gives its answer, failures too. */
  command(doc: mongo.Document, flags = 0): Promise<mongo.Document> {
    const answer = new Promise<mongo.Document>((resolve) => this.#waiting.push(resolve));
    this.send(message(doc, ++this.#lastId, flags));
    return answer;
  }

  /** Sends a command that asks for no answer. */
  tell(doc: mongo.Document): void {
    this.send(message(doc, ++this.#lastId, 2));
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Takes nothing more from the socket until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (this.#pending.length >= 4 && this.#pending.length >= this.#pending.readInt32LE(0)) {
      const length = this.#pending.readInt32LE(0);
      const frame = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      const start = frame.readInt32LE(12) === OP_MSG ? 21 : 36;
      this.#waiting.shift()?.(BSON.deserialize(frame.subarray(start)));
    }
  }
}

/** The bytes of an OP_MSG with one body. */
export function message(doc: mongo.Document, requestId: number, flags = 0): Buffer {
  const body = BSON.serialize(doc);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(OP_MSG, 12);
  head.writeInt32LE(flags, 16);
  return Buffer.concat([head, body]);
}
