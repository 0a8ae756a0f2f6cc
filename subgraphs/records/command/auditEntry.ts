import type { Viewer } from '../../../server/viewer.ts';
import type { Connection } from '../connection.ts';
import { seesAllRows, seesRow } from '../rows.ts';
import type { Aggregate } from './aggregate.ts';
import type { AuditChangeRow, AuditRow } from './journal.ts';

/** An entry as a viewer may see it: without values and reasons for whoever may not read the record itself. */
export interface AuditEntryRecord extends Omit<AuditRow, 'entityIds'> {
  /** The ids of the records that it is about; null for viewers who do not reach every record. */
  readonly records: readonly string[] | null;
}
export type AuditEntryConnectionRecord = Connection<AuditEntryRecord>;

/** What of a kind of record decides who sees its values in the audit. */
export type AuditedType = Pick<Aggregate<never, never>, 'type' | 'readers'>;

/** The order of every audit. */
export const latestFirst = [
  { field: 'at', direction: -1, filled: true },
  { field: '_id', direction: -1 },
] as const;

/** What is read of an entry. */
export const auditFields = {
  at: 1,
  action: 1,
  type: 1,
  entityIds: 1,
  subject: 1,
  role: 1,
  unitPath: 1,
  reason: 1,
  acknowledged: 1,
  version: 1,
  changes: 1,
} as const;

/** An entry of a job may be about hundreds of records. */
const MOST_RECORDS = 100;

/**
 * Gives a page as the viewer may see it. `scopePath` is where the record stands that was asked about; null where the
 * entries are those of all records.
 */
export function entriesFor(
  viewer: Viewer,
  types: readonly AuditedType[],
  page: Connection<AuditRow>,
  scopePath: string | null,
): AuditEntryConnectionRecord {
  const readersOf = new Map(types.map(({ type, readers }) => [type, readers]));
  const mayRead = (type: string): boolean => {
    // What is no record of this subgraph, such as the keys of a campaign, has no values that anybody else guards.
    const readers = readersOf.get(type) ?? 'EVERYBODY';
    if (readers === 'EVERYBODY') return true;
    return scopePath === null ? seesAllRows(viewer, readers) : seesRow(viewer, readers, scopePath);
  };
  const all = seesAllRows(viewer, 'audit:read');
  const edges = page.edges.map(({ cursor, node: { entityIds, ...entry } }) => {
    const records = all ? entityIds.slice(0, MOST_RECORDS) : null;
    return { cursor, node: { ...(mayRead(entry.type) ? entry : withoutValues(entry)), records } };
  });
  return { ...page, edges, nodes: edges.map(({ node }) => node) };
}

const withoutValues = (entry: Omit<AuditRow, 'entityIds'>): Omit<AuditRow, 'entityIds'> => ({
  ...entry,
  reason: null,
  changes: entry.changes.map(({ field }) => ({ field, before: null, after: null })),
});

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** The resolvers of the audit's types, the same in every subgraph. */
export const auditResolvers = {
  AuditEntry: { id: ({ _id }: AuditEntryRecord) => _id },
  AuditChange: {
    before: ({ before }: AuditChangeRow) => json(before),
    after: ({ after }: AuditChangeRow) => json(after),
  },
};
