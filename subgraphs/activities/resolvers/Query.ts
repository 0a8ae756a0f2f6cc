import { inputInvalid } from '../../../server/errors.ts';
import { checkActivities } from '../loaders/rows.ts';
import type { QueryResolvers } from '../types.generated.ts';

const MAX_CODES = 100;

/** Loads by exactly one of id and code. Throws INPUT_INVALID for none or both. */
async function oneOf<Row>(
  { id, code }: { readonly id?: string | null; readonly code?: string | null },
  roads: {
    readonly byId: { load: (id: string) => Promise<Row | null> };
    readonly byCode: { load: (code: string) => Promise<Row | null> };
  },
): Promise<Row | null> {
  if (id != null && code == null) return roads.byId.load(id);
  if (code != null && id == null) return roads.byCode.load(code);
  throw inputInvalid('Give exactly one of id and code.');
}

export const Query: QueryResolvers = {
  supportActivity: (_, args, { activities, viewer }) => {
    checkActivities(viewer);
    return oneOf(args, activities);
  },
  supportActivitiesByCode: (_, { codes }, { activities, viewer }) => {
    checkActivities(viewer);
    if (codes.length > MAX_CODES)
      throw inputInvalid(`At most ${MAX_CODES} codes; there were ${codes.length}.`);
    return Promise.all(codes.map((code) => activities.byCode.load(code)));
  },
  supportActivities: (_, args, { activities }) => activities.list(args),
  houseProject: (_, args, { houses, viewer }) => {
    checkActivities(viewer);
    return oneOf(args, houses);
  },
  houseProjects: (_, args, { houses }) => houses.list(args),
  supportRollup: (_, { input }, { rollup }) => rollup(input),
  supportExport: (_, args, { exportRows }) => exportRows(args),
  supportActivityChanges: (_, args, { changes }) => changes.changes(args),
  supportKinds: (_, _args, { catalogue }) => catalogue.entries('KIND'),
  beneficiaryGroups: (_, _args, { catalogue }) => catalogue.entries('GROUP'),
  fundingSources: (_, _args, { catalogue }) => catalogue.entries('FUNDING'),
  activityAudit: (_, args, { audits }) => audits(args),
};
