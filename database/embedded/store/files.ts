import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { checkFile } from './file-check.ts';

export type Table = Database<Buffer, Buffer>;

/** The tables of one LMDB environment; all keys and values are bytes. */
export interface Files {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** Collections and their indexes, by namespace. */
  readonly catalog: Table;
  /** Documents, by collection number and record number. */
  readonly documents: Table;
  /** Entries of every index, by index number, encoded values and record number. */
  readonly indexes: Table;
  /** Changes in the order of their commits, by cluster time. */
  readonly changes: Table;
  /** The last retryable write of each session, by session id. */
  readonly sessions: Table;
  /** Counters and the format number. */
  readonly meta: Table;
}

export const DATA_FILE = 'data.mdb';
const FORMAT = Buffer.from('format');
const FORMAT_NUMBER = '1';
/** Address space, not disk: LMDB maps the file and lets it grow up to this. */
const MAP_SIZE = 2 ** 40;

/** Raised when the data file cannot be read as a database of ours. */
export class UnreadableData extends Error {
  constructor(dir: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `The data file ${join(dir, DATA_FILE)} cannot be read: ${reason}. ` +
        'Restore it from a dump, or move it away to begin with an empty database.',
      { cause },
    );
    this.name = 'UnreadableData';
  }
}

function openTables(dir: string, durable: boolean): Files {
  const encoding = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const root = open<Buffer, Buffer>({
    path: dir,
    ...encoding,
    overlappingSync: false,
    noSync: !durable,
    mapSize: MAP_SIZE,
    maxDbs: 8,
  });
  const table = (name: string): Table => root.openDB<Buffer, Buffer>({ name, ...encoding });
  return {
    root,
    catalog: table('catalog'),
    documents: table('documents'),
    indexes: table('indexes'),
    changes: table('changes'),
    sessions: table('sessions'),
    meta: table('meta'),
  };
}

function checkFormat(files: Files, isNew: boolean): void {
  const format = files.meta.get(FORMAT)?.toString();
  if (format === FORMAT_NUMBER) return;
  if (format !== undefined) throw new Error(`its format is ${format}, this program reads ${FORMAT_NUMBER}`);
  if (!isNew && files.catalog.getKeysCount({ limit: 1 }) > 0) throw new Error('it carries no format number');
  files.root.transactionSync(() => void files.meta.putSync(FORMAT, Buffer.from(FORMAT_NUMBER)));
}

/**
 * Opens the data files of a directory, which must be locked by the caller; `durable` says whether a commit waits for the
 * disk. Throws UnreadableData.
 */
export function openFiles(dir: string, durable: boolean): Files {
  const file = join(dir, DATA_FILE);
  const isNew = !existsSync(file);
  try {
    if (!isNew) checkFile(file);
    const files = openTables(dir, durable);
    checkFormat(files, isNew);
    return files;
  } catch (error) {
    throw new UnreadableData(dir, error);
  }
}
