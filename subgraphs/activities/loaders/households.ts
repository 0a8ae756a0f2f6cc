import { byKey } from '../../records/byKey.ts';
import { type AuditLoader, readingRow } from '../../records/command/audit.ts';
import { driverOptions } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { ActivityRow } from '../model/activity.ts';
import { beneficiaryProjection, type DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { type PersonalData, placeOfName } from '../personal/personalData.ts';
import { readable } from '../personal/readable.ts';
import { mayReadHouseholds } from './beneficiaries.ts';

/** The roads to what one household's row holds. */
export interface HouseholdLoaders {
  /**
   * Reads the row that a mutation wrote, for its payload; recorded like every reading of a household. Null for a viewer
   * who has left the unit since.
   */
  readonly written: (row: {
    readonly id: string;
    readonly activityId: string;
  }) => Promise<DeliveryRow | null>;
  /** Opens the name. Throws PERSONAL_DATA_UNREADABLE, which nulls the one field; the log says why. */
  readonly displayName: (row: Pick<DeliveryRow, '_id' | 'displayName'>) => string | null;
  readonly audit: (
    args: Parameters<AuditLoader>[0],
    row: Pick<DeliveryRow, '_id' | 'activityId'>,
  ) => ReturnType<AuditLoader>;
}

/** Makes the roads, for one request. */
export function householdLoaders(
  scope: RequestScope<Models>,
  personal: PersonalData,
  audit: AuditLoader,
): HouseholdLoaders {
  const { models, journal, selection, signal, viewer } = scope;
  const activityById = byKey<Pick<ActivityRow, '_id' | 'scopePath'>>({
    model: models.activities as never,
    field: '_id',
    projection: { scopePath: 1 },
    signal,
  });
  return {
    written: async ({ id, activityId }) => {
      const activity = await activityById.load(activityId);
      if (!activity || !mayReadHouseholds(viewer, activity)) return null;
      const entry = { action: 'READ_BENEFICIARIES', type: 'Beneficiary', entityIds: [id], reason: null };
      await journal.audit.collection.insertOne(readingRow(scope, entry) as never);
      const projection = selection.projection('Beneficiary', beneficiaryProjection);
      return models.deliveries.findOne({ _id: id }, projection, driverOptions(signal)).lean<DeliveryRow>();
    },
    displayName: ({ _id, displayName }) =>
      displayName === null
        ? null
        : readable(() => personal.open(placeOfName(_id), displayName), nameUnreadable),
    audit: async (args, { _id, activityId }) => {
      const activity = await activityById.load(activityId);
      return audit(args, { _id, scopePath: activity?.scopePath ?? '' });
    },
  };
}

const nameUnreadable =
  'The name cannot be read: the key it was sealed under is missing, or it was altered. The rest of the row stands.';
