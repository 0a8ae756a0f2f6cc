/** Keys of the LMDB tables: big-endian numbers, so that byte order is number order. */

export const RECORD_BYTES = 6;
const NUMBER_BYTES = 4;

/** The key of a document: collection number, record number. */
export function recordKey(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + RECORD_BYTES);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(record, NUMBER_BYTES, RECORD_BYTES);
  return key;
}

export function recordOfKey(key: Uint8Array): number {
  return recordAtEnd(key);
}

/** The record number in the last six bytes. */
export function recordAtEnd(key: Uint8Array): number {
  const p = key.length - RECORD_BYTES;
  return (
    ((key[p] as number) * 256 + (key[p + 1] as number)) * 2 ** 32 +
    (((key[p + 2] as number) << 24) |
      ((key[p + 3] as number) << 16) |
      ((key[p + 4] as number) << 8) |
      (key[p + 5] as number)) +
    (((key[p + 2] as number) & 0x80) !== 0 ? 2 ** 32 : 0)
  );
}

/** The number alone: the beginning of all keys of a collection or an index. */
export function prefixOf(number: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES);
  key.writeUInt32BE(number, 0);
  return key;
}

/** Encoded values below an index's number, without a record: a place to seek to, or the key of a unique entry. */
export function entryPrefix(index: number, encoded: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + encoded.length);
  key.writeUInt32BE(index, 0);
  key.set(encoded, NUMBER_BYTES);
  return key;
}

/** The key of an index entry: index number, encoded values, record number. */
export function entryKey(index: number, encoded: Uint8Array, record: number): Buffer {
  const key = Buffer.allocUnsafe(NUMBER_BYTES + encoded.length + RECORD_BYTES);
  key.writeUInt32BE(index, 0);
  key.set(encoded, NUMBER_BYTES);
  key.writeUIntBE(record, NUMBER_BYTES + encoded.length, RECORD_BYTES);
  return key;
}

/** A record number as a value. */
export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_BYTES);
  bytes.writeUIntBE(record, 0, RECORD_BYTES);
  return bytes;
}

/** The first key beyond all keys that begin with these bytes. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  const next = Buffer.from(prefix.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] as number) + 1;
  return next;
}

/** The very next key after a key. */
export function afterKey(key: Uint8Array): Buffer {
  const next = Buffer.alloc(key.length + 1);
  next.set(key);
  return next;
}
