import { readdir } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';

/** The bytes of a file as one encoding keeps them, by name; `identity` is the file itself. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** One file of a build. */
export interface PageFile {
  readonly type: string;
  readonly places: Readonly<Partial<Record<Encoding, string>>>;
}

/** What a build holds, known once it is complete: only what stands here can be asked for. */
export interface PageFiles {
  /** Tells one build from another. */
  readonly version: string;
  /** By path, `/` between the names. */
  readonly byPath: ReadonlyMap<string, PageFile>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
};

const encodings: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * Reads which files a build has, with the compressed ones that stand beside them.
 * @throws when the directory cannot be read.
 */
export async function readPageFiles(directory: string): Promise<PageFiles> {
  const byPath = new Map<string, PageFile>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const place = join(entry.parentPath, entry.name);
    const encoding = encodings[extname(place)] ?? 'identity';
    const plain = encoding === 'identity' ? place : place.slice(0, -extname(place).length);
    const path = relative(directory, plain).replaceAll(sep, '/');
    byPath.set(path, {
      type: types[extname(plain)] ?? 'application/octet-stream',
      places: { ...byPath.get(path)?.places, [encoding]: place },
    });
  }
  return { version: basename(directory), byPath };
}
