import { createReadStream } from 'node:fs';
import { Document } from './core/document.ts';
import { validateBson } from './core/validate.ts';

/**
 * A dump is a run of records: one letter, then one BSON document.
 * `H` says what the file is, `C` begins a collection (db, name, options, indexes), `D` is a document of it as it was
 * stored, `E` ends it with its count, `Z` ends the file.
 */
export type RecordKind = 'H' | 'C' | 'D' | 'E' | 'Z';

export const FORMAT = 'emulation-database-dump';

export interface DumpRecord {
  readonly kind: RecordKind;
  readonly document: Document;
}

export function recordBytes(kind: RecordKind, document: Buffer): Buffer[] {
  return [Buffer.from(kind, 'latin1'), document];
}

/** The records of a dump file. Throws when the file is cut short or is no dump. */
export async function* readRecords(file: string): AsyncGenerator<DumpRecord, void> {
  let bytes: Buffer = Buffer.alloc(0);
  let ended = false;
  let begun = false;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    bytes = bytes.length === 0 ? (chunk as Buffer) : Buffer.concat([bytes, chunk as Buffer]);
    if (!begun && bytes[0] !== 0x48) throw new Error(`${file} is no dump of a database`);
    begun = true;
    let p = 0;
    for (;;) {
      const record = recordAt(bytes, p);
      if (!record) break;
      ended = record.kind === 'Z';
      p += 1 + bytes.readInt32LE(p + 1);
      yield record;
    }
    bytes = bytes.subarray(p);
  }
  if (!ended || bytes.length > 0) throw new Error(`${file} is cut short`);
}

function recordAt(bytes: Buffer, p: number): DumpRecord | undefined {
  if (bytes.length < p + 5) return undefined;
  const length = bytes.readInt32LE(p + 1);
  if (length < 5) throw new Error('this is no dump file');
  if (bytes.length < p + 1 + length) return undefined;
  validateBson(bytes, p + 1, p + 1 + length);
  return {
    kind: String.fromCharCode(bytes[p] as number) as RecordKind,
    document: Document.fromBytes(bytes, p + 1),
  };
}
