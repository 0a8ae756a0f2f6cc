import { commonAncestor } from '../../copies/units.ts';
import { byKey } from '../../records/byKey.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { type EmulationClusterRecord, type PeerScoreRecord, peerScoreFields } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import { checkRow } from './access.ts';
import { calendarCode } from './periods.ts';
import type { UnitCodes } from './unitCodes.ts';

/** The roads to what members of a cluster gave each other. */
export function peerScoreReads(
  { models, signal, selection, viewer }: RequestScope<Models>,
  units: UnitCodes,
) {
  const model = models.peerScores;
  const projection = selection.projection('PeerScore', peerScoreFields);

  return {
    byId: byKey<PeerScoreRecord>({ model, signal, projection, field: '_id' }),
    /** What a member gave, for those who may read what it writes. Throws FORBIDDEN, OUT_OF_SUBTREE, INPUT_INVALID. */
    ofScorer: async (
      { _id, year }: EmulationClusterRecord,
      { scorer, period }: { readonly scorer: string; readonly period?: string | null },
    ): Promise<PeerScoreRecord[]> => {
      const scorerId = await units.idOf(scorer);
      await checkRow(viewer, () => units.scopePathOf(scorerId));
      const asked = calendarCode(period ?? String(year));
      const filter = { clusterId: _id, scorerId, period: asked };
      return readRows<PeerScoreRecord>({ model, filter, projection, sort: { memberId: 1 }, signal });
    },
    /** The path under which all members of a cluster stand: who may read what was done to it. */
    scopePathOf: async ({ memberIds }: EmulationClusterRecord): Promise<string> => {
      const paths = await Promise.all(memberIds.map(units.scopePathOf));
      return paths.reduce(commonAncestor, paths[0] ?? '/');
    },
  };
}

export type PeerScoreReads = ReturnType<typeof peerScoreReads>;
