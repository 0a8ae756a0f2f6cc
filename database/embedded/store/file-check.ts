import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * A look at LMDB's file before LMDB maps it, because a file that was cut short or overwritten kills the process at
 * the first read of a missing page. The layout is that of LMDB's mdb.c (MDB_page, MDB_meta, MDB_db, MDB_node).
 */

const MAGIC = 0xbeefc0de;
const META_AT = 24;
const DATABASES_AT = META_AT + 24;
const DATABASE_BYTES = 48;
const ROOT_AT = 40;
const LAST_PAGE_AT = META_AT + 120;
const TRANSACTION_AT = META_AT + 128;
const SMALLEST_PAGE = 4096;

const FLAGS_AT = 18;
const LOWER_AT = 20;
const NODES_AT = 24;
const BRANCH = 0x01;
const LEAF = 0x02;
const BIG_DATA = 0x01;
const SUB_DATA = 0x02;
const NO_PAGE = 0xffffffffffffffffn;

interface Meta {
  readonly pageBytes: number;
  readonly roots: readonly bigint[];
  readonly lastPage: bigint;
  readonly transaction: bigint;
}

class Pages {
  readonly #fd: number;
  readonly size: number;
  constructor(file: string) {
    this.#fd = openSync(file, 'r');
    this.size = fstatSync(this.#fd).size;
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    if (readSync(this.#fd, bytes, 0, length, at) < length) throw new Error('it is cut short');
    return bytes;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function metaAt(pages: Pages, at: number): Meta {
  const bytes = pages.read(at, SMALLEST_PAGE);
  if (bytes.readUInt32LE(META_AT) !== MAGIC)
    throw new Error('it is not an LMDB file, or its beginning was overwritten');
  const databases = [DATABASES_AT, DATABASES_AT + DATABASE_BYTES];
  return {
    pageBytes: bytes.readUInt32LE(DATABASES_AT),
    roots: databases.map((database) => bytes.readBigUInt64LE(database + ROOT_AT)),
    lastPage: bytes.readBigUInt64LE(LAST_PAGE_AT),
    transaction: bytes.readBigUInt64LE(TRANSACTION_AT),
  };
}

/** Where a node leads: the page below it, a large value's first page, or the root of a named table. */
function pageOfNode(page: Buffer, node: number, isBranch: boolean): bigint | undefined {
  const [low, high, flags] = [
    page.readUInt16LE(node),
    page.readUInt16LE(node + 2),
    page.readUInt16LE(node + 4),
  ];
  if (isBranch) return BigInt(low) + (BigInt(high) << 16n) + (BigInt(flags) << 32n);
  const data = node + 8 + page.readUInt16LE(node + 6);
  if ((flags & SUB_DATA) !== 0) return page.readBigUInt64LE(data + ROOT_AT);
  return (flags & BIG_DATA) !== 0 ? page.readBigUInt64LE(data) : undefined;
}

/** Every page that can be reached lies inside the file. Leaves that hold no table are read for large values too. */
function checkTree(pages: Pages, pageBytes: number, root: bigint): void {
  const waiting = [root];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (number === NO_PAGE) continue;
    const page = pages.read(Number(number) * pageBytes, pageBytes);
    const flags = page.readUInt16LE(FLAGS_AT);
    if ((flags & (BRANCH | LEAF)) === 0) continue;
    const count = (page.readUInt16LE(LOWER_AT) - NODES_AT) / 2;
    for (let i = 0; i < count; i++) {
      const below = pageOfNode(page, page.readUInt16LE(NODES_AT + i * 2), (flags & BRANCH) !== 0);
      if (below !== undefined) waiting.push(below);
    }
  }
}

/**
 * Throws when the file is no LMDB file or lacks pages that its last commit refers to. LMDB may leave unused pages at
 * the end unwritten, so a short file is searched before it is called cut.
 */
export function checkFile(file: string): void {
  const pages = new Pages(file);
  try {
    if (pages.size === 0) return;
    const first = metaAt(pages, 0);
    const second = metaAt(pages, first.pageBytes);
    const meta = first.transaction > second.transaction ? first : second;
    if (BigInt(pages.size) >= (meta.lastPage + 1n) * BigInt(meta.pageBytes)) return;
    for (const root of meta.roots) checkTree(pages, meta.pageBytes, root);
  } finally {
    pages.close();
  }
}
