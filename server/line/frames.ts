import type { Duplex } from 'node:stream';

/**
 * A line: one connection on which the fetches of a gateway go to a subgraph side by side, each answered when it is ready.
 * HTTP/1.1 would have one connection for each fetch under way, and a head to write and to read for each. It is opened by
 * an Upgrade (RFC 9110, 7.8), and both sides send frames: how long the payload is (4 bytes), what it belongs to (4), a
 * code (2), and the payload, UTF-8. What they say is in `messages.ts`.
 */
export interface Frame {
  readonly id: number;
  readonly code: number;
  readonly payload: string;
}

const HEAD = 10;

/** Sends frames; those of one turn of the event loop go in one write, which is what a small message costs most by. */
export class FrameWriter {
  readonly #to: Duplex;
  #waiting: Buffer[] = [];

  constructor(to: Duplex) {
    this.#to = to;
  }

  send(id: number, code: number, payload: string): void {
    const length = Buffer.byteLength(payload);
    const frame = Buffer.allocUnsafe(HEAD + length);
    frame.writeUInt32BE(length, 0);
    frame.writeUInt32BE(id, 4);
    frame.writeUInt16BE(code, 8);
    frame.write(payload, HEAD);
    if (this.#waiting.push(frame) === 1) setImmediate(() => this.flush());
  }

  /** Sends at once what waits for the end of the turn. */
  flush(): void {
    const [first, ...others] = this.#waiting;
    this.#waiting = [];
    if (first && !this.#to.destroyed)
      this.#to.write(others.length > 0 ? Buffer.concat([first, ...others]) : first);
  }
}

/**
 * Reads frames out of the bytes of a connection as they come; gives what takes the next bytes.
 * @throws RangeError when a payload is announced with more than `most` bytes: the connection is of no use then.
 */
export function frameReader(most: number, onFrame: (frame: Frame) => void): (bytes: Buffer) => void {
  let pieces: Buffer[] = [];
  let held = 0;
  /** How many bytes the next step needs: a head, or a whole frame. */
  let needed = HEAD;
  return (bytes) => {
    pieces.push(bytes);
    held += bytes.length;
    if (held < needed) return;
    const all = pieces.length === 1 ? bytes : Buffer.concat(pieces, held);
    let at = 0;
    needed = HEAD;
    while (all.length - at >= HEAD) {
      const length = all.readUInt32BE(at);
      if (length > most) throw new RangeError(`A frame of ${length} bytes; ${most} are the most.`);
      const end = at + HEAD + length;
      if (end > all.length) {
        needed = HEAD + length;
        break;
      }
      const payload = all.toString('utf8', at + HEAD, end);
      onFrame({ id: all.readUInt32BE(at + 4), code: all.readUInt16BE(at + 8), payload });
      at = end;
    }
    pieces = at < all.length ? [all.subarray(at)] : [];
    held = all.length - at;
  };
}
