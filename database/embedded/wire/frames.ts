import { MAX_MESSAGE_BYTES, ProtocolError } from './message.ts';

const SHORTEST = 16;

/** Cuts a stream of bytes into messages. */
export class Frames {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #wanted = SHORTEST;

  /** Takes a piece of the stream and gives the messages it completes. Throws ProtocolError for an impossible length. */
  push(chunk: Buffer): Buffer[] {
    if (this.#pendingBytes === 0) return this.#cut(chunk);
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes < this.#wanted) return [];
    const all = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    return this.#cut(all);
  }

  #cut(bytes: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    let p = 0;
    this.#wanted = SHORTEST;
    while (bytes.length - p >= 4) {
      const length = bytes.readInt32LE(p);
      if (length < SHORTEST || length > MAX_MESSAGE_BYTES)
        throw new ProtocolError(`A message cannot have ${length} bytes`);
      if (bytes.length - p < length) {
        this.#wanted = length;
        break;
      }
      frames.push(bytes.subarray(p, p + length));
      p += length;
    }
    if (p < bytes.length) {
      this.#pending = [bytes.subarray(p)];
      this.#pendingBytes = bytes.length - p;
    }
    return frames;
  }
}
