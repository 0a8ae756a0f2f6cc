import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import { perArguments } from '../byKey.ts';
import type { Connection, PageArgs } from '../connection.ts';
import { randomId } from '../ids.ts';
import { findPagesOf } from '../pagesOf.ts';
import { seesRow } from '../rows.ts';
import {
  type AuditEntryConnectionRecord,
  type AuditedType,
  auditFields,
  entriesFor,
  latestFirst,
} from './auditEntry.ts';
import type { AuditRow, Journal } from './journal.ts';

/** Gives the page of a record's entries, the latest first. Throws FORBIDDEN. */
export type AuditLoader = (
  args: PageArgs,
  record: { readonly _id: string; readonly scopePath: string },
) => Promise<AuditEntryConnectionRecord>;

/** Makes the loader of what was done to records, for those whose rows of `audit:read` they stand in. */
export function auditLoader(
  { audit }: Journal,
  { viewer, signal }: { readonly viewer: Viewer; readonly signal: AbortSignal | undefined },
  types: readonly AuditedType[],
): AuditLoader {
  const load = perArguments(
    ({ first, after }: PageArgs) =>
      (ids: readonly string[]): Promise<Connection<AuditRow>[]> =>
        findPagesOf<AuditRow>(
          {
            ...{ model: audit, foreignField: 'entityIds', filter: {}, sort: latestFirst },
            ...{ projection: auditFields, signal },
          },
          ids,
          { first, after },
        ),
  );
  return async ({ first, after }, { _id, scopePath }) => {
    if (!seesRow(viewer, 'audit:read', scopePath)) {
      throw new GraphError(
        'FORBIDDEN',
        'What was done to a record is read by its unit, its commanders, the ministry and administrators.',
      );
    }
    return entriesFor(viewer, types, await load({ first, after }, _id), scopePath);
  };
}

type Reading = Pick<AuditRow, 'action' | 'type' | 'entityIds' | 'reason'>;

/** Gives the entry for a reading of personal data: who read which records, when and why. */
export function readingRow(
  { viewer, requestId, now }: { readonly viewer: Viewer; readonly requestId: string; readonly now: Date },
  reading: Reading,
): AuditRow {
  const { subject, role, unitPath } = viewer;
  const who = { subject, role, unitPath, requestId };
  return { _id: randomId('aud'), at: now, ...who, version: null, acknowledged: [], changes: [], ...reading };
}
