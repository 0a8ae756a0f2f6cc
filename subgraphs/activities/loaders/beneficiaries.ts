import { GraphError, inputInvalid } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import { perArguments } from '../../records/byKey.ts';
import { readingRow } from '../../records/command/audit.ts';
import type { Connection, PageArgs } from '../../records/connection.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { seesRow } from '../../records/rows.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { ActivityRow } from '../model/activity.ts';
import { beneficiaryProjection, type DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';

interface BeneficiaryArgs extends PageArgs {
  readonly purpose: string;
}

export type BeneficiaryLoader = (
  args: BeneficiaryArgs,
  activity: Pick<ActivityRow, '_id' | 'scopePath'>,
) => Promise<Connection<DeliveryRow>>;

const MIN_PURPOSE = 10;
const MAX_PURPOSE = 500;

/** Who may read rows of persons: an officer or commander of the very unit that gave the help (DOMAIN §5.9). */
export const mayReadHouseholds = (viewer: Viewer, { scopePath }: Pick<ActivityRow, 'scopePath'>): boolean =>
  seesRow(viewer, 'people:read', scopePath);

/**
 * Makes the loader of the households of activities. Every reading is recorded first, with its purpose; when the record
 * cannot be written nothing is read. Throws FORBIDDEN or INPUT_INVALID.
 */
export function beneficiaryLoader(scope: RequestScope<Models>): BeneficiaryLoader {
  const { models, selection, signal, viewer } = scope;
  const load = perArguments(({ purpose, ...args }: BeneficiaryArgs) => async (ids: readonly string[]) => {
    const reading = readingRow(scope, {
      action: 'READ_BENEFICIARIES',
      type: 'SupportActivity',
      entityIds: [...ids],
      reason: purpose,
    });
    await scope.journal.audit.collection.insertOne(reading as never);
    return findPagesOf(
      {
        model: models.deliveries,
        foreignField: 'activityId',
        filter: {},
        sort: [],
        projection: selection.projection('Beneficiary', beneficiaryProjection),
        signal,
      },
      ids,
      args,
    );
  });
  return async ({ purpose, ...args }, activity) => {
    if (!mayReadHouseholds(viewer, activity)) {
      throw new GraphError(
        'FORBIDDEN',
        'Households are readable only by officers and commanders of the unit that helped them.',
      );
    }
    const why = purpose.trim();
    if (why.length < MIN_PURPOSE || why.length > MAX_PURPOSE) {
      throw inputInvalid(
        `purpose takes ${MIN_PURPOSE} to ${MAX_PURPOSE} characters that say why the rows are read.`,
      );
    }
    return load({ purpose: why, ...args }, activity._id);
  };
}
