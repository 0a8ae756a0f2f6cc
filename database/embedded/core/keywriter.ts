import { copyBytes } from './raw.ts';

/** A growing buffer with the primitives of key encoding. One is used again and again, so that keys cost one copy. */
export class KeyWriter {
  #bytes = Buffer.allocUnsafe(1 << 12);
  at = 0;

  #room(count: number): Buffer {
    if (this.at + count > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.at + count));
      this.#bytes.copy(larger, 0, 0, this.at);
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  byte(byte: number): void {
    this.#room(1)[this.at++] = byte;
  }

  uint(n: number): void {
    this.at = this.#room(4).writeUInt32BE(n, this.at);
  }

  ushort(n: number): void {
    this.at = this.#room(2).writeUInt16BE(n, this.at);
  }

  double(n: number): void {
    this.at = this.#room(8).writeDoubleBE(n, this.at);
  }

  /** A signed 64-bit integer, its sign turned so that negative ones come first. */
  long(n: bigint): void {
    this.at = this.#room(8).writeBigUInt64BE(BigInt.asUintN(64, n) ^ (1n << 63n), this.at);
  }

  raw(bytes: Buffer, start = 0, end = bytes.length): void {
    this.at = copyBytes(bytes, start, end, this.#room(end - start), this.at);
  }

  /** Bytes with an end mark that sorts before any continuation: 0 becomes 0 255, the end is 0 1. */
  escaped(bytes: Buffer): void {
    const out = this.#room(bytes.length * 2 + 2);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      out[this.at++] = byte;
      if (byte === 0) out[this.at++] = 0xff;
    }
    out[this.at++] = 0;
    out[this.at++] = 1;
  }

  /** A text by its UTF-8 bytes, escaped; ASCII in a loop, which is most of them. */
  text(text: string): void {
    const { length } = text;
    const out = this.#room(length + 2);
    const start = this.at;
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c > 127 || c === 0) {
        this.at = start;
        this.escaped(Buffer.from(text, 'utf8'));
        return;
      }
      out[start + i] = c;
    }
    out[start + length] = 0;
    out[start + length + 1] = 1;
    this.at = start + length + 2;
  }

  /** Turns around the order of what was written since `start`. */
  invert(start: number): void {
    for (let i = start; i < this.at; i++) this.#bytes[i] = ~(this.#bytes[i] as number) & 0xff;
  }

  /** A copy of the first `length` bytes. */
  take(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    this.#bytes.copy(bytes, 0, 0, length);
    return bytes;
  }
}
