import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';

/** The commands of version 1 (manual, "Stable API") that are here. */
const inVersion1: ReadonlySet<string> = new Set([
  'abortTransaction',
  'aggregate',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'deleteIndexes',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'findandmodify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'refreshSessions',
  'update',
]);

/**
 * Holds a command to the version of the API that it declares; nothing of version 1 is deprecated. Throws 322 for a version
 * that is not there, 323 for what is in none where `apiStrict` is asked, 4886600 for a demand on no version.
 */
export function checkStableApi(name: string, body: Document): void {
  const version = body.get('apiVersion') ?? null;
  const isStrict = body.get('apiStrict') === true;
  if (version === null) {
    if (isStrict || body.get('apiDeprecationErrors') === true)
      fail(
        4_886_600,
        'Location4886600',
        'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion',
      );
    return;
  }
  if (version !== '1') fail(322, 'APIVersionError', 'API version must be "1"');
  if (isStrict && !inVersion1.has(name))
    fail(
      323,
      'APIStrictError',
      `Provided apiStrict:true, but the command ${name} is not in API Version 1. Information on supported commands and migrations in API Version 1 can be found at https://dochub.mongodb.org/core/manual-versioned-api`,
    );
}
