import type { Socket } from 'node:net';
import { MongoError } from '../core/errors.ts';
import { Frames } from './frames.ts';
import { frameReply, type Message, ProtocolError, parseMessage } from './message.ts';

/** The bytes of an answer's document in one or more parts, or undefined to close the connection. */
export type Answer = readonly Buffer[] | undefined;

/** Answers one request; a promise only where it must wait. */
export type Answerer = (message: Message, connection: Connection) => Answer | Promise<Answer>;

/** Answers a client has not taken yet, and requests that wait, up to which more are read. */
const MOST_UNSENT_BYTES = 64 * 1024 * 1024;
const MOST_WAITING = 1000;

let connections = 0;

/** One client's socket: requests are answered one after the other, in the order in which they came. */
export class Connection {
  readonly id = ++connections;
  readonly #socket: Socket;
  readonly #frames = new Frames();
  readonly #answer: Answerer;
  readonly #queue: Message[] = [];
  readonly #onClose: (() => void)[] = [];
  #busy = false;
  /** How the client calls itself in its handshake. */
  appName: string | undefined;

  constructor(socket: Socket, answer: Answerer) {
    this.#socket = socket;
    this.#answer = answer;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      for (const listener of this.#onClose) listener();
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  onClose(listener: () => void): void {
    this.#onClose.push(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Bytes that are no message end this connection, and no other. */
  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) this.#queue.push(parseMessage(frame));
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof MongoError || error instanceof RangeError))
        throw error;
      this.close();
      return;
    }
    if (!this.#busy) this.#work();
    else if (this.#queue.length > MOST_WAITING) this.#socket.pause();
  }

  #work(): void {
    this.#socket.cork();
    while (this.#queue.length > 0 && this.isOpen) {
      if (this.#socket.writableLength > MOST_UNSENT_BYTES) {
        this.#waitForReader();
        return;
      }
      const message = this.#queue.shift() as Message;
      const answer = this.#answer(message, this);
      if (answer instanceof Promise) {
        this.#busy = true;
        this.#socket.uncork();
        answer.then(
          (parts) => this.#resume(message, parts),
          () => this.close(),
        );
        return;
      }
      this.#reply(message, answer);
    }
    this.#socket.uncork();
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  /** A client that sends without reading gets no more answers until it has taken those it has. */
  #waitForReader(): void {
    this.#busy = true;
    this.#socket.uncork();
    this.#socket.once('drain', () => {
      this.#busy = false;
      this.#work();
    });
  }

  #resume(message: Message, answer: Answer): void {
    this.#busy = false;
    this.#socket.cork();
    this.#reply(message, answer);
    this.#work();
    this.#socket.uncork();
  }

  #reply(message: Message, answer: Answer): void {
    if (answer === undefined) this.close();
    else if (message.wantsReply && this.isOpen)
      for (const part of frameReply(message, answer)) this.#socket.write(part);
  }
}
