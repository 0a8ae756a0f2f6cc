import { cstringEnd, readInt, readName, valueEnd } from './bson.ts';

/** Walking the elements of a document in its raw bytes. */

export const ABSENT = -1;
const NOT_ASCII = -2;

/** Walks the elements of the document at `start` for an ASCII name; gives the element's place, ABSENT, or NOT_ASCII. */
export function seek(buf: Buffer, start: number, name: string): number {
  const length = name.length;
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    let i = 0;
    while (i < length && name.charCodeAt(i) === buf[p + 1 + i]) i++;
    if (i === length && buf[p + 1 + i] === 0) return p;
    if (i < length && name.charCodeAt(i) > 127) return NOT_ASCII;
    p = valueEnd(buf, type, cstringEnd(buf, p + 1 + i) + 1);
  }
  return ABSENT;
}

/** The elements of a document: their names, and where each begins and ends. */
export interface Elements {
  readonly names: string[];
  readonly starts: number[];
  readonly ends: number[];
}

export function elementsOf(buf: Buffer, start: number): Elements {
  const names: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    const nameEnd = cstringEnd(buf, p + 1);
    names.push(readName(buf, p + 1, nameEnd));
    starts.push(p);
    p = valueEnd(buf, type, nameEnd + 1);
    ends.push(p);
  }
  return { names, starts, ends };
}

/** Where each name stands for the first time. */
export function firstPlaces(names: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let i = names.length - 1; i >= 0; i--) places.set(names[i] as string, i);
  return places;
}

/** Whether some field of the document itself is of a type. */
export function hasTypeAt(buf: Buffer, start: number, wanted: number): boolean {
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    if (type === wanted) return true;
    p = valueEnd(buf, type, cstringEnd(buf, p + 1) + 1);
  }
  return false;
}

/** The bytes of a document with only these fields, or (`keep` false) with all but these. */
export function pickBytes(buf: Buffer, start: number, names: ReadonlySet<string>, keep: boolean): Buffer {
  const out = Buffer.allocUnsafe(readInt(buf, start));
  let at = 4;
  let p = start + 4;
  for (let type = buf[p] as number; type !== 0; type = buf[p] as number) {
    const nameEnd = cstringEnd(buf, p + 1);
    const end = valueEnd(buf, type, nameEnd + 1);
    if (names.has(readName(buf, p + 1, nameEnd)) === keep) at = copyBytes(buf, p, end, out, at);
    p = end;
  }
  out[at++] = 0;
  out.writeInt32LE(at, 0);
  return out.subarray(0, at);
}

/** Copies bytes; few of them in a loop, which beats the native call. Gives the place after them. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > 48) {
    from.copy(to, at, start, end);
    return at + end - start;
  }
  let q = at;
  for (let p = start; p < end; p++) to[q++] = from[p] as number;
  return q;
}
