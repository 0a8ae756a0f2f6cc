import { byKey, perArguments } from '../../records/byKey.ts';
import { type ChangeArgs, readChanges } from '../../records/changeStream.ts';
import type { PageArgs } from '../../records/connection.ts';
import { fingerprint } from '../../records/cursor.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { readRows } from '../../records/read.ts';
import type { Projection } from '../../records/selection.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardChangeConnectionRecord, AwardVerificationRecord } from '../model/answers.ts';
import { type AwardConnectionRecord, type AwardRecord, awardProjection } from '../model/awards.ts';
import type { Models } from '../model/models.ts';
import { isVerifyCode, normalisedCode, printedCode } from '../rules/verifyCode.ts';
import type { AwardFilter } from '../types.generated.ts';
import { awardFilter, type FilterReads } from './filters.ts';

interface FilteredPage extends PageArgs {
  readonly filter?: AwardFilter | null | undefined;
}

/** The reads of awards. */
export interface AwardReads {
  readonly byId: (id: string) => Promise<AwardRecord | null>;
  readonly page: (args: FilteredPage) => Promise<AwardConnectionRecord>;
  readonly ofUnit: (args: FilteredPage, unitId: string) => Promise<AwardConnectionRecord>;
  readonly ofActivity: (args: PageArgs, activityId: string) => Promise<AwardConnectionRecord>;
  readonly changes: (args: ChangeArgs) => Promise<AwardChangeConnectionRecord>;
  readonly verified: (verifyCode: string) => Promise<AwardVerificationRecord>;
  /** Gives the code of a certificate as it is printed. Only for the answer to the decision that made it. */
  readonly certificateCode: (id: string) => Promise<string | null>;
}

/** The latest first, by the day an award counts on. */
const latestFirst = [{ field: 'eventOn', direction: -1, filled: true }] as const;

/** Makes the reads of awards for one request. */
export function awardReads(scope: RequestScope<Models>, reads: FilterReads): AwardReads {
  const { models, selection, signal } = scope;
  const projection = selection.projection('Award', awardProjection);
  const list = { model: models.awards, sort: latestFirst, projection, signal };
  const byId = byKey<AwardRecord>({ model: models.awards, field: '_id', projection, signal });
  const under = (foreignField: string) =>
    perArguments<FilteredPage, AwardConnectionRecord>((args) => async (keys) => {
      const filter = await awardFilter(args.filter, reads);
      return findPagesOf<AwardRecord>({ ...list, foreignField, filter }, keys, args);
    });
  return {
    byId: (id) => byId.load(id),
    page: async (args) =>
      findPage<AwardRecord>({ ...list, filter: await awardFilter(args.filter, reads) }, args),
    ofUnit: under('unitId'),
    ofActivity: under('activityIds'),
    changes: (args) => changesOf(scope, projection, args),
    verified: (code) => verify(scope, code),
    certificateCode: async (id) => {
      const projection = { verifyCode: 1 };
      const [award] = await readRows<Pick<AwardRecord, 'verifyCode'>>({
        model: models.awards,
        filter: { _id: id },
        projection,
        limit: 1,
        signal,
      });
      return award?.verifyCode ? printedCode(award.verifyCode) : null;
    },
  };
}

const changesPrint = fingerprint('awardChanges');

async function changesOf(
  { models, signal }: RequestScope<Models>,
  projection: Projection,
  args: ChangeArgs,
): Promise<AwardChangeConnectionRecord> {
  const stream = { model: models.awards, projection, print: changesPrint, signal };
  const { edges, ...end } = await readChanges<AwardRecord>(stream, args);
  const nodes = edges.map(({ cursor, row }) => ({
    cursor,
    kind: row.status === 'REVOKED' ? ('TOMBSTONE' as const) : ('UPSERT' as const),
    id: row._id,
    changedAt: row.updatedAt,
    node: row,
  }));
  return { edges: nodes.map((node) => ({ cursor: node.cursor, node })), nodes, ...end };
}

const unknown: AwardVerificationRecord = {
  status: 'UNKNOWN',
  form: null,
  collectiveName: null,
  personName: null,
  decision: null,
  revokedOn: null,
};

async function verify(
  { models, signal }: RequestScope<Models>,
  typed: string,
): Promise<AwardVerificationRecord> {
  const verifyCode = normalisedCode(typed);
  if (!isVerifyCode(verifyCode)) return unknown;
  const fields = { form: 1, status: 1, recipient: 1, decision: 1, revocation: 1 } as const;
  const [award] = await readRows<AwardRecord>({
    model: models.awards,
    filter: { verifyCode },
    projection: fields,
    limit: 1,
    signal,
  });
  if (!award) return unknown;
  const { recipient, revocation } = award;
  const stands = award.status !== 'REVOKED';
  const mayName = recipient.kind === 'INDIVIDUAL' && recipient.consented && stands;
  return {
    status: stands ? 'VALID' : 'REVOKED',
    form: award.form,
    collectiveName: recipient.nameAtDecision,
    personName: mayName ? recipient.displayName : null,
    decision: award.decision,
    revokedOn: revocation?.revokedOn ?? null,
  };
}
