import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Sorter } from '../core/sort.ts';
import type { Value } from '../core/values.ts';
import type { Row } from './execute.ts';

const MEMORY = 100 * 1024 * 1024;

interface Keyed {
  readonly row: Row;
  readonly key: readonly Value[];
}

/**
 * The rows in order, at most `limit` of them; rows that are equal keep their order. Throws 292 above 100 MB,
 * unless the command allows the use of disk.
 */
export function sortRows(
  rows: Iterable<Row>,
  sorter: Sorter,
  limit: number | undefined,
  allowDiskUse: boolean,
): Row[] {
  const kept: Keyed[] = [];
  const most = limit === undefined ? Number.POSITIVE_INFINITY : limit * 2 + 1000;
  const inOrder = (a: Keyed, b: Keyed): number => sorter.compareKeys(a.key, b.key);
  let bytes = 0;
  for (const row of rows) {
    kept.push({ row, key: sorter.keyOf(row.doc) });
    bytes += sizeOf(row.doc);
    if (limit !== undefined && kept.length >= most) {
      kept.sort(inOrder).length = limit;
      bytes = kept.reduce((sum, one) => sum + sizeOf(one.row.doc), 0);
    }
    if (bytes > MEMORY && !allowDiskUse) refuseMemory();
  }
  kept.sort(inOrder);
  if (limit !== undefined && kept.length > limit) kept.length = limit;
  return kept.map(({ row }) => row);
}

function sizeOf(doc: Document): number {
  return doc.rawBytes()?.length ?? 256;
}

function refuseMemory(): never {
  return fail(
    292,
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${MEMORY} bytes, but did not opt in to external sorting. Aborting operation. Pass allowDiskUse:true to opt in.`,
  );
}
