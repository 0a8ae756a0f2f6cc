import { type AuditLoader, auditLoader } from '../../records/command/audit.ts';
import { type AuditRoot, auditRoot, roadTo } from '../../records/command/auditRoot.ts';
import type { RequestScope } from '../../subgraph.ts';
import { mergeProposals, units } from '../commands/aggregates.ts';
import type { Models } from '../model/models.ts';

/** The roads to what was done to records: of one that was read, and of any. */
export interface AuditReads {
  readonly audit: AuditLoader;
  readonly audits: AuditRoot;
}

/** Proposed mergers stand above all units. */
export const ABOVE_ALL = '/';

/** Makes the roads, for one request. */
export function auditReads(scope: RequestScope<Models>): AuditReads {
  const { models, journal, signal } = scope;
  const types = [units, mergeProposals];
  return {
    audit: auditLoader(journal, scope, types),
    audits: auditRoot(journal, scope, types, {
      places: { unt: roadTo(models.units, '_id', 'path', signal), ump: async () => ABOVE_ALL },
      byCode: [roadTo(models.units, 'code', '_id', signal)],
    }),
  };
}
