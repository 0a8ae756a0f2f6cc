import { type ChangeArgs, latestChange, readChanges } from '../../records/changeStream.ts';
import { fingerprint } from '../../records/cursor.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type ActivityRow, activityProjection, type SupportActivityChangeRecord } from '../model/activity.ts';
import type { Models } from '../model/models.ts';
import { activityScope, checkActivities } from './rows.ts';

interface ChangePage {
  readonly edges: readonly { readonly cursor: string; readonly node: SupportActivityChangeRecord }[];
  readonly nodes: readonly SupportActivityChangeRecord[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

export interface ChangeLoaders {
  readonly changes: (args: ChangeArgs) => Promise<ChangePage>;
  /** The number of the latest change: as long as it stays, so does every answer. */
  readonly latest: () => Promise<number>;
}

const print = fingerprint('supportActivityChanges');

/**
 * Makes the roads to the stream of changes, for one request. The stream holds what is in the viewer's rows today. What
 * leaves them when units merge or move is absent from then on, without a tombstone: it is no change of the activity, and a
 * tombstone would tell of rows that are somebody else's now (docs/partners.md, Keeping a copy).
 */
export function changeLoaders({ models, selection, signal, viewer }: RequestScope<Models>): ChangeLoaders {
  const projection = { ...selection.projection('SupportActivity', activityProjection), code: 1 } as const;
  return {
    changes: async (args) => {
      checkActivities(viewer);
      const stream = { model: models.activities, filter: activityScope(viewer), projection, print, signal };
      const { edges, ...end } = await readChanges<ActivityRow>(stream, args);
      const nodes = edges.map(({ cursor, row }) => ({ cursor, activity: row }));
      return { edges: nodes.map((node) => ({ cursor: node.cursor, node })), nodes, ...end };
    },
    latest: () => latestChange(models.activities, signal),
  };
}
