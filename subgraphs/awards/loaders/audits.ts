import { type AuditLoader, auditLoader } from '../../records/command/audit.ts';
import { type AuditRoot, auditRoot, roadTo } from '../../records/command/auditRoot.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { awards, dossiers } from '../commands/aggregates.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';
import { placeSeen } from '../rules/visibility.ts';

/** The roads to what was done to records: of one that was read, and of any. */
export interface AuditReads {
  readonly audit: AuditLoader;
  readonly audits: AuditRoot;
}

const places = { scopePath: 1, proposerPath: 1 } as const;

/** Makes the roads, for one request. */
export function auditReads(scope: RequestScope<Models>): AuditReads {
  const { models, journal, signal, viewer } = scope;
  const types = [dossiers, awards];
  return {
    audit: auditLoader(journal, scope, types),
    audits: auditRoot(journal, scope, types, {
      places: {
        dos: async (_id) => {
          const [found] = await readRows<Pick<AwardDossierRecord, keyof typeof places>>({
            model: models.dossiers,
            filter: { _id },
            projection: places,
            limit: 1,
            signal,
          });
          return found ? placeSeen(viewer, found) : null;
        },
        awd: roadTo(models.awards, '_id', 'scopePath', signal),
      },
      byCode: [roadTo(models.dossiers, 'number', '_id', signal)],
    }),
  };
}
