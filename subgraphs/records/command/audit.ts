import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import { perArguments } from '../byKey.ts';
import type { Connection, PageArgs } from '../connection.ts';
import { randomId } from '../ids.ts';
import { findPagesOf } from '../pagesOf.ts';
import { seesRow } from '../rows.ts';
import type { AuditRow, Journal } from './journal.ts';

/** An entry as resolvers see it. */
export type AuditEntryRecord = AuditRow;
export type AuditEntryConnectionRecord = Connection<AuditRow>;

/** Gives the page of a record's entries, the latest first. Throws FORBIDDEN. */
export type AuditLoader = (
  args: PageArgs,
  record: { readonly _id: string; readonly scopePath: string },
) => Promise<Connection<AuditRow>>;

const latestFirst = [
  { field: 'at', direction: -1 },
  { field: '_id', direction: -1 },
] as const;

/** Makes the loader of what was done to records, for those whose rows of `audit:read` they stand in. */
export function auditLoader(
  { audit }: Journal,
  { viewer, signal }: { readonly viewer: Viewer; readonly signal: AbortSignal | undefined },
): AuditLoader {
  const load = perArguments(
    ({ first, after }: PageArgs) =>
      (ids: readonly string[]) =>
        findPagesOf<AuditRow>(
          { model: audit, foreignField: 'entityIds', filter: {}, sort: latestFirst, projection: all, signal },
          ids,
          { first, after },
        ),
  );
  return async ({ first, after }, { _id, scopePath }) => {
    if (!seesRow(viewer, 'audit:read', scopePath)) {
      throw new GraphError(
        'FORBIDDEN',
        'What was done to a record is read by its unit, its commanders and the ministry.',
      );
    }
    return load({ first, after }, _id);
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

const all = {
  at: 1,
  action: 1,
  subject: 1,
  role: 1,
  unitPath: 1,
  reason: 1,
  acknowledged: 1,
  version: 1,
  changes: 1,
} as const;

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** The resolvers of the audit's types, the same in every subgraph. */
export const auditResolvers = {
  AuditEntry: { id: ({ _id }: AuditRow) => _id },
  AuditChange: {
    before: ({ before }: AuditRow['changes'][number]) => json(before),
    after: ({ after }: AuditRow['changes'][number]) => json(after),
  },
};
