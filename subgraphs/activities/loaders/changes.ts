import { checkPageSize, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, encodeCursor, fingerprint } from '../../records/cursor.ts';
import { driverOptions } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ActivityRow, activityProjection, type SupportActivityChangeRecord } from '../model/activity.ts';
import type { Models } from '../model/models.ts';

interface ChangePage {
  readonly edges: readonly { readonly cursor: string; readonly node: SupportActivityChangeRecord }[];
  readonly nodes: readonly SupportActivityChangeRecord[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

export interface ChangeLoaders {
  readonly changes: (args: PageArgs) => Promise<ChangePage>;
  /** The number of the latest change: as long as it stays, so does every answer. */
  readonly latest: () => Promise<number>;
}

const print = fingerprint('supportActivityChanges');

/** What a change says of itself, whatever is asked of its activity. */
const always = { seq: 1, status: 1, code: 1, updatedAt: 1 } as const;

/** Makes the roads to the stream of changes, for one request. */
export function changeLoaders({ models, selection, signal }: RequestScope<Models>): ChangeLoaders {
  const projection = { ...selection.projection('SupportActivity', activityProjection), ...always };
  return {
    changes: async ({ first, after }) => {
      checkPageSize(first);
      const [seq = 0] = after ? decodeCursor(after, print, 1) : [];
      const rows = await models.activities
        .find({ seq: { $gt: Number(seq) } }, projection, driverOptions(signal))
        .sort({ seq: 1 })
        .limit(first + 1)
        .batchSize(first + 2)
        .lean<ActivityRow[]>();
      const nodes = rows
        .slice(0, first)
        .map((activity) => ({ cursor: encodeCursor([activity.seq], print), activity }));
      return {
        edges: nodes.map((node) => ({ cursor: node.cursor, node })),
        nodes,
        endCursor: nodes.at(-1)?.cursor ?? after ?? null,
        caughtUp: rows.length <= first,
      };
    },
    latest: async () => {
      const [row] = await models.activities
        .find({ seq: { $gt: 0 } }, { seq: 1 }, driverOptions(signal))
        .sort({ seq: -1 })
        .limit(1)
        .lean<Pick<ActivityRow, 'seq'>[]>();
      return row?.seq ?? 0;
    },
  };
}
