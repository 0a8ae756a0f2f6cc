import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Request } from './command.ts';

const levels: ReadonlySet<string> = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);

/** Every read of a single node is as strong as any level asks, but for a snapshot without a transaction. */
export function checkReadConcern({ body, transaction }: Request): void {
  const concern = body.get('readConcern');
  if (!(concern instanceof Document)) return;
  const level = concern.get('level');
  if (level === undefined) return;
  if (typeof level !== 'string' || !levels.has(level)) {
    fail(
      9,
      'FailedToParse',
      `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
    );
  }
  if (level === 'snapshot' && !transaction) {
    fail(
      238,
      'NotImplemented',
      "readConcern level 'snapshot' outside of transactions is not supported by the embedded database",
    );
  }
}
