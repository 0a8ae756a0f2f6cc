/**
 * Whole numbers from 0 below 2^31 as bytes, small ones in one: seven bits in each byte, the lowest first, and in all but the
 * last the highest bit set (LEB128, as in Protocol Buffers).
 */
export function writeVarint(into: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    into.push((rest & 127) | 128);
    rest >>>= 7;
  }
  into.push(rest);
}

/** Reads such numbers one after the other. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The place of the byte that is read next. */
  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Zero after the last one. */
  next(): number {
    let byte = this.#bytes[this.#at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.#bytes[this.#at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    return value;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }
}
