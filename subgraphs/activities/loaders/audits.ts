import { type AuditLoader, auditLoader } from '../../records/command/audit.ts';
import { type AuditRoot, auditRoot, roadTo } from '../../records/command/auditRoot.ts';
import type { RequestScope } from '../../subgraph.ts';
import { activities, beneficiaries, houses } from '../commands/aggregates.ts';
import type { Models } from '../model/models.ts';

/** The roads to what was done to records: of one that was read, and of any. */
export interface AuditReads {
  readonly audit: AuditLoader;
  readonly audits: AuditRoot;
}

/** Makes the roads, for one request. */
export function auditReads(scope: RequestScope<Models>): AuditReads {
  const { models, journal, signal } = scope;
  const types = [activities, houses, beneficiaries];
  const placeOfActivity = roadTo(models.activities, '_id', 'scopePath', signal);
  const activityOf = roadTo(models.deliveries, '_id', 'activityId', signal);
  return {
    audit: auditLoader(journal, scope, types),
    audits: auditRoot(journal, scope, types, {
      places: {
        act: placeOfActivity,
        hse: roadTo(models.houses, '_id', 'scopePath', signal),
        ben: async (id) => {
          const activity = await activityOf(id);
          return activity === null ? null : placeOfActivity(activity);
        },
      },
      byCode: [models.activities, models.houses].map((model) =>
        roadTo<{ _id: string }>(model as never, 'code', '_id', signal),
      ),
    }),
  };
}
