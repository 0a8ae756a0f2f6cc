import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { type Frame, FrameWriter, frameReader } from '../../server/line/frames.ts';
import { type AskedOnLine, askText, LINE_PROTOCOL, MOST_TEXTS, saying } from '../../server/line/messages.ts';
import { VIEWER_HEADER } from '../../server/viewer.ts';
import type { Reply } from './reply.ts';

/** One fetch, with its texts. */
export type LineFetch = Omit<AskedOnLine, 'query' | 'viewer'> & {
  readonly query: string;
  /** Signed. */
  readonly viewer: string;
  /** The variables as JSON. */
  readonly variables: string;
};

/** The line ended before it brought the answer. */
export class LineEnded extends Error {
  constructor() {
    super('the connection to the subgraph ended before the answer came');
    this.name = 'LineEnded';
  }
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

const OPENING_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const LAST_ID = 0xffff_ffff;
/** Its own, its texts’, and that of forgetting. */
const IDS_OF_A_FETCH = 4;

/**
 * Opens a line to a subgraph that has said that it takes lines (server/line/messages.ts). `mostBytes` is what one answer
 * may have. @throws Error when it does not open one.
 */
export function openLine(url: URL, viewer: string, mostBytes: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      headers: { connection: 'Upgrade', upgrade: LINE_PROTOCOL, [VIEWER_HEADER]: viewer },
      timeout: OPENING_MS,
      agent: false,
    });
    request.once('upgrade', (_response, socket: Socket, head: Buffer) =>
      resolve(new Line(socket, head, mostBytes)),
    );
    request.once('response', (response) => {
      response.resume();
      reject(new Error(`the subgraph opens no line: ${response.statusCode}`));
    });
    request.once('timeout', () => request.destroy(new Error('the subgraph opens no line: no answer')));
    request.once('error', reject);
    request.end();
  });
}

/** One open line, as the gateway has it. */
export class Line {
  readonly #socket: Socket;
  readonly #writer: FrameWriter;
  readonly #waiting = new Map<number, Waiting>();
  readonly #texts = new Map<string, number>();
  #lastId = 0;
  #heard = 0;

  constructor(socket: Socket, head: Buffer, mostBytes: number) {
    this.#socket = socket;
    this.#writer = new FrameWriter(socket);
    const read = frameReader(mostBytes, this.#take);
    const take = (bytes: Buffer) => {
      this.#heard = performance.now();
      try {
        read(bytes);
      } catch {
        socket.destroy();
      }
    };
    socket.setTimeout(0).setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    take(head);
    // What breaks a line is seen by its close.
    socket.on('data', take).on('error', () => {});
    socket.once('close', () => {
      const lost = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of lost) reject(new LineEnded());
    });
  }

  /** Whether a fetch may be sent; ids are not used twice. */
  get isOpen(): boolean {
    return this.#socket.writable && this.#lastId + IDS_OF_A_FETCH < LAST_ID;
  }

  /** Sends one fetch. @throws LineEnded; the reason of the signal once that is aborted. */
  ask({ query, viewer, variables, ...fetch }: LineFetch, signal: AbortSignal): Promise<Reply> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const sent = performance.now();
    if (this.#texts.size + 2 > MOST_TEXTS) this.#forget();
    const asked: AskedOnLine = { query: this.#numberOf(query), viewer: this.#numberOf(viewer), ...fetch };
    const id = this.#nextId();
    this.#writer.send(id, saying.ASK, askText(asked, variables));
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(id);
        reject(signal.reason);
        // A line on which nothing has come for as long as a fetch may take leads nowhere.
        if (this.#heard < sent) this.close();
      };
      const done = () => signal.removeEventListener('abort', giveUp);
      this.#waiting.set(id, {
        resolve: (reply) => {
          done();
          resolve(reply);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  readonly #take = ({ id, code: status, payload: text }: Frame): void => {
    const waiting = this.#waiting.get(id);
    // Nobody waits for what came too late.
    this.#waiting.delete(id);
    waiting?.resolve({ status, text });
  };

  /** Gives the id by which the other side knows a text; tells it when it does not. */
  #numberOf(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const id = this.#nextId();
    this.#texts.set(text, id);
    this.#writer.send(id, saying.TEXT, text);
    return id;
  }

  #forget(): void {
    this.#texts.clear();
    this.#writer.send(this.#nextId(), saying.FORGET, '');
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
