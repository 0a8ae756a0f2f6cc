import { type AuditLoader, auditLoader } from '../../records/command/audit.ts';
import { type AuditRoot, auditRoot, roadTo } from '../../records/command/auditRoot.ts';
import type { PageArgs } from '../../records/connection.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { articles, campaigns, targets } from '../commands/aggregates.ts';
import { clusters, participations, peerScores, reports } from '../commands/reportAggregates.ts';
import type { EmulationClusterRecord } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import type { PeerScoreReads } from './peerScores.ts';
import type { UnitCodes } from './unitCodes.ts';

/** The roads to what was done to records. */
export interface AuditReads {
  /** Of a record that was read and knows its place. */
  readonly audit: AuditLoader;
  /** Of one that stands where the unit does that writes it. */
  readonly auditOfUnit: (
    args: PageArgs,
    record: { readonly _id: string; readonly unitId: string },
  ) => ReturnType<AuditLoader>;
  /** Of any. */
  readonly audits: AuditRoot;
}

type Road = (id: string) => Promise<string | null>;

/** Makes the roads, for one request. */
export function auditReads(
  scope: RequestScope<Models>,
  units: UnitCodes,
  { scopePathOf }: Pick<PeerScoreReads, 'scopePathOf'>,
): AuditReads {
  const { models, journal, signal } = scope;
  const types = [campaigns, articles, targets, reports, participations, clusters, peerScores];
  const audit = auditLoader(journal, scope, types);
  const atUnit =
    (unitOf: Road): Road =>
    async (id) => {
      const unit = await unitOf(id);
      return unit === null ? null : units.scopePathOf(unit);
    };
  return {
    audit,
    auditOfUnit: async (args, { _id, unitId }) =>
      audit(args, { _id, scopePath: await units.scopePathOf(unitId) }),
    audits: auditRoot(journal, scope, types, {
      places: {
        cmp: roadTo(models.campaigns, '_id', 'scopePath', signal),
        rep: roadTo(models.reports, '_id', 'scopePath', signal),
        art: atUnit(roadTo(models.articles, '_id', 'unitId', signal)),
        tgt: atUnit(roadTo(models.targets, '_id', 'unitId', signal)),
        par: atUnit(roadTo(models.participations, '_id', 'unitId', signal)),
        psc: atUnit(roadTo(models.peerScores, '_id', 'scorerId', signal)),
        clu: async (_id) => {
          const [found] = await readRows<EmulationClusterRecord>({
            model: models.clusters,
            filter: { _id },
            projection: { memberIds: 1 },
            limit: 1,
            signal,
          });
          return found ? scopePathOf(found) : null;
        },
      },
      byCode: [roadTo(models.campaigns, 'code', '_id', signal)],
    }),
  };
}
