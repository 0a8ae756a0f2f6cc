import { statfsSync } from 'node:fs';
import { fail } from '../core/errors.ts';

/** Below this much free disk, nothing is written: LMDB does not survive a full disk. */
export const SPACE_FLOOR = 128 * 1024 * 1024;

/** Gives the free bytes of the disk that a directory is on. */
export function freeBytesOf(dir: string): () => number {
  return () => {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  };
}

/** Throws 14031 while less than `floor` is free. */
export function checkSpace(freeBytes: () => number, floor: number): void {
  const free = freeBytes();
  if (free >= floor) return;
  fail(
    14031,
    'OutOfDiskSpace',
    `available disk space of ${free} bytes is less than required minimum of ${floor}; reads go on, writes are refused`,
  );
}
