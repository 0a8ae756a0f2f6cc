import type { Model } from 'mongoose';
import { GraphError, inputInvalid } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { PageArgs } from '../connection.ts';
import { allOf, inRange } from '../filter.ts';
import type { Filter } from '../keyset.ts';
import { findPage } from '../page.ts';
import { readRows } from '../read.ts';
import { seesAllRows, seesRow } from '../rows.ts';
import {
  type AuditEntryConnectionRecord,
  type AuditedType,
  auditFields,
  entriesFor,
  latestFirst,
} from './auditEntry.ts';
import type { AuditRow, Journal } from './journal.ts';

/** What is asked of a whole audit; all of it when left out. */
export interface AuditFilter {
  readonly id?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly subject?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly before?: Date | null | undefined;
}

/** Gives one thing of a record by an address of it; null where there is no such record. */
type Road = (address: string) => Promise<string | null>;

/** Where the records of a subgraph stand that its audit is about. */
export interface AuditedRecords {
  /** The path by which it is decided who reads what was done to a record, by its id; one road for each prefix of ids. */
  readonly places: Readonly<Record<string, Road>>;
  /** The id of the record that people know by a code; asked one after the other. */
  readonly byCode: readonly Road[];
}

/** Gives a page of a subgraph's audit, the latest first. Throws FORBIDDEN or INPUT_INVALID. */
export type AuditRoot = (
  args: PageArgs & { readonly filter?: AuditFilter | null | undefined },
) => Promise<AuditEntryConnectionRecord>;

/**
 * Makes the road to what was done to any record of a subgraph. Who reaches every record (`audit:read`) may ask for all;
 * others name one, and find nothing where it stands outside of their rows, as where there is none.
 */
export function auditRoot(
  { audit }: Journal,
  { viewer, signal }: { readonly viewer: Viewer; readonly signal: AbortSignal | undefined },
  types: readonly AuditedType[],
  { places, byCode }: AuditedRecords,
): AuditRoot {
  const all = seesAllRows(viewer, 'audit:read');
  const placeOf: Road = async (id) => (await places[id.split('_', 1)[0] ?? '']?.(id)) ?? null;
  return async ({ filter, first, after }) => {
    const record = await recordOf(filter ?? {}, byCode);
    if (record === undefined && !all) throw oneRecordOnly();
    const place = all || !record ? null : await placeOf(record);
    const open = all || (place !== null && seesRow(viewer, 'audit:read', place));
    const page = await findPage<AuditRow>(
      {
        model: audit,
        filter: allOf([ofRecord(open ? record : null), ofRest(filter ?? {})]),
        ...{ sort: latestFirst, projection: auditFields, signal },
      },
      { first, after },
    );
    return entriesFor(viewer, types, page, place);
  };
}

/** Gives the id of the record that is asked about: undefined for none, null for an unknown code. */
async function recordOf(
  { id, code }: AuditFilter,
  byCode: readonly Road[],
): Promise<string | null | undefined> {
  if (id != null && code != null) throw inputInvalid('Give at most one of id and code.');
  if (code == null) return id ?? undefined;
  for (const road of byCode) {
    const found = await road(code);
    if (found !== null) return found;
  }
  return null;
}

const ofRecord = (id: string | null | undefined): Filter => {
  if (id === undefined) return {};
  return { entityIds: id === null ? { $in: [] } : id };
};

const ofRest = ({ subject, from, before }: AuditFilter): Filter => ({
  ...(subject == null ? {} : { subject }),
  ...(from == null && before == null ? {} : inRange('at', from, before)),
});

const oneRecordOnly = (): GraphError =>
  new GraphError(
    'FORBIDDEN',
    'What was done to all records is read by the ministry and administrators; name one in filter.id or filter.code.',
  );

/** Makes a road that reads one field of a record by another one. */
export const roadTo =
  <Row>(model: Model<Row>, by: string, field: keyof Row & string, signal: AbortSignal | undefined): Road =>
  async (address) => {
    const filter = { [by]: address };
    const [row] = await readRows<Row>({ model, filter, projection: { [field]: 1 }, limit: 1, signal });
    return row ? String(row[field]) : null;
  };
