import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';

const levels: ReadonlySet<string> = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);
const inTransactions: ReadonlySet<string> = new Set(['local', 'majority', 'snapshot']);
/** The commands that have levels; those on cursors read as the cursor was opened. */
const readers: ReadonlySet<string> = new Set([
  'aggregate',
  'count',
  'distinct',
  'find',
  'getMore',
  'killCursors',
]);

/** The level of a command's read concern. Throws 9 for one that does not exist. */
export function levelOf(body: Document): string | undefined {
  const concern = body.get('readConcern');
  if (!(concern instanceof Document)) return undefined;
  const level = concern.get('level');
  if (level === undefined || (typeof level === 'string' && levels.has(level))) return level;
  return fail(
    9,
    'FailedToParse',
    `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
  );
}

/**
 * Every read of a single node is as strong as any level asks; only a snapshot is a view of its own. Throws 72 for a
 * level that a command, or a transaction, does not have.
 */
export function checkReadConcern(name: string, body: Document): void {
  const level = levelOf(body);
  const concern = body.get('readConcern');
  if (level !== 'snapshot' && concern instanceof Document && concern.has('atClusterTime'))
    fail(
      72,
      'InvalidOptions',
      "readConcern.atClusterTime may only be used with readConcern level 'snapshot'",
    );
  if (level === undefined || level === 'local') return;
  if (body.get('autocommit') === false) {
    if (inTransactions.has(level)) return;
    fail(
      72,
      'InvalidOptions',
      "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
    );
  }
  if (!readers.has(name) || (level === 'snapshot' && name === 'count')) {
    fail(
      72,
      'InvalidOptions',
      `Command ${name} does not support { readConcern: { level: "${level}" } } :: caused by :: read concern not supported`,
    );
  }
}
