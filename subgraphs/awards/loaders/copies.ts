import { type CampaignCopyRow, campaignCopyScope } from '../../copies/campaigns.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { byKey } from '../../records/byKey.ts';
import { readPipeline } from '../../records/read.ts';
import { under } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';

/** The reads of what this subgraph keeps of units and campaigns. A map has no entry for a code nobody has. */
export interface Copies {
  readonly unitsByCode: (codes: readonly string[]) => Promise<ReadonlyMap<string, UnitCopyRow>>;
  readonly units: (ids: readonly string[]) => Promise<readonly (UnitCopyRow | null)[]>;
  readonly campaignsByCode: (codes: readonly string[]) => Promise<ReadonlyMap<string, CampaignCopyRow>>;
  /** The units whose facts stand under one of the paths in the tree of a day: living there, or followed there (pathAsOf). */
  readonly unitIdsPlacedUnder: (paths: readonly string[], date: string) => Promise<readonly string[]>;
}

const unitFields = { code: 1, versions: 1, successorId: 1 } as const;
const campaignFields = {
  code: 1,
  status: 1,
  issuedOn: 1,
  launchedOn: 1,
  endsOn: 1,
  phases: 1,
} as const;

const mapped = <Row>(
  codes: readonly string[],
  rows: readonly (Row | Error | null)[],
): ReadonlyMap<string, Row> =>
  new Map(
    codes.flatMap((code, index) => {
      const row = rows[index];
      if (row instanceof Error) throw row;
      return row ? [[code, row] as const] : [];
    }),
  );

/** Makes the reads of the copies for one request. */
export function copyReads({ models, signal, viewer }: RequestScope<Models>): Copies {
  const code = byKey<UnitCopyRow>({ model: models.units, field: 'code', projection: unitFields, signal });
  const id = byKey<UnitCopyRow>({ model: models.units, field: '_id', projection: unitFields, signal });
  const campaign = byKey<CampaignCopyRow>({
    model: models.campaigns,
    field: 'code',
    projection: campaignFields,
    scope: campaignCopyScope(viewer),
    signal,
  });
  return {
    unitsByCode: async (codes) => mapped(codes, await code.loadMany(codes)),
    units: (ids) => Promise.all(ids.map((key) => id.load(key))),
    campaignsByCode: async (codes) => mapped(codes, await campaign.loadMany(codes)),
    unitIdsPlacedUnder: async (paths, date) => {
      const pipeline = placedUnder(paths, date);
      const rows = await readPipeline<{ ids: string[] }>({ model: models.units, pipeline, signal });
      return [...new Set(rows.flatMap(({ ids }) => ids))];
    },
  };
}

const livesOn = (date: string) => ({
  from: { $lte: date },
  $or: [{ before: null }, { before: { $gt: date } }],
});

/** Lives under one of the paths that day; or is followed by its successors, none of whom lived that day, to one that does. */
const placedUnder = (paths: readonly string[], date: string) => [
  {
    $match: {
      $or: paths.map((path) => ({ versions: { $elemMatch: { path: under(path), ...livesOn(date) } } })),
    },
  },
  {
    $graphLookup: {
      from: 'awards_units',
      startWith: '$_id',
      connectFromField: '_id',
      connectToField: 'successorId',
      as: 'followed',
      restrictSearchWithMatch: {
        'versions.0.from': { $lte: date },
        versions: { $not: { $elemMatch: livesOn(date) } },
      },
    },
  },
  { $project: { _id: 0, ids: { $concatArrays: [['$_id'], '$followed._id'] } } },
  { $unwind: '$ids' },
  { $group: { _id: null, ids: { $addToSet: '$ids' } } },
];
