import { z } from 'zod';
import { code, onExisting, optional } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ClusterScoreRow, EmulationClusterRecord, PeerScoreRecord } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import { leaderOf, membersOf, requireCluster } from './clusterMembers.ts';
import { clusterCriteria, clusterMembers, clusterName, warnOfTotal } from './createCluster.ts';
import { clusters } from './reportAggregates.ts';

const updating = z.object({
  ...onExisting,
  name: optional(clusterName),
  leader: optional(code),
  members: optional(clusterMembers),
  criteria: optional(clusterCriteria),
});
type Updating = z.infer<typeof updating>;

/** Changes a cluster that is open; what is left out stays. Refuses with CLUSTER_SCORED, and as createCluster does. */
export const updateCluster: Command<Models, Updating, { id: string }> = {
  name: 'updateCluster',
  input: updating,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await takeCluster(tx, input, 'updateCluster');
    const { name, leader, members, criteria } = input;
    const memberIds = members ? await membersOf(tx, members, row.year) : row.memberIds;
    const leaderId = leader ? await leaderOf(tx, leader, memberIds) : row.leaderId;
    if (leader === null && leaderId !== null && !memberIds.includes(leaderId))
      tx.faults.add('CLUSTER_NOT_MEMBER', { path: ['input', 'members'], params: { unit: leaderId } });
    if (criteria) warnOfTotal(tx, criteria);
    const gone = row.memberIds.filter((id) => !memberIds.includes(id));
    const scored = await scoredIn(tx, row);
    if (criteria && scored.size > 0) tx.faults.add('CLUSTER_SCORED', { path: ['input', 'criteria'] });
    if (gone.some((id) => scored.has(id))) tx.faults.add('CLUSTER_SCORED', { path: ['input', 'members'] });
    tx.faults.check();
    const next = { name: name ?? row.name, leaderId, memberIds, criteria: criteria ?? row.criteria };
    await tx.update(clusters, row, next);
    return { id: row._id };
  },
};

const closing = z.object(onExisting);

/** Ends the scoring of a cluster: its rankings stay as they are. For commanders of a unit above all members. */
export const closeCluster: Command<Models, z.infer<typeof closing>, { id: string }> = {
  name: 'closeCluster',
  input: closing,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, input) => {
    const row = await takeCluster(tx, input, 'closeCluster');
    await tx.update(clusters, row, { closedOn: tx.today });
    return { id: row._id };
  },
};

/** Gives a cluster that is open and that the viewer may change. Refuses with NOT_FOUND, VERSION_CONFLICT, INVALID_STATE. */
async function takeCluster(
  tx: Tx<Models>,
  input: { readonly id: string; readonly expectedVersion: number },
  action: string,
): Promise<EmulationClusterRecord> {
  await requireCluster(tx, await tx.get(clusters, input.id));
  const row = await tx.take(clusters, input, () => {});
  requireOpen(tx, row, action);
  return row;
}

/** Refuses with INVALID_STATE when the scoring of a cluster was closed. */
export function requireOpen(
  { faults }: Tx<Models>,
  { closedOn }: EmulationClusterRecord,
  action: string,
): void {
  if (closedOn === null) return;
  faults.refuse('INVALID_STATE', { params: { action, state: 'CLOSED', allowed: 'OPEN' } });
}

/** Gives the units that scored or were scored in a cluster. */
async function scoredIn(
  { models, options }: Tx<Models>,
  { _id, code: ownCode, year }: EmulationClusterRecord,
): Promise<ReadonlySet<string>> {
  const period = { $gte: String(year), $lt: String(year + 1) };
  const rows = await models.scores
    .find({ clusterCode: ownCode, period }, { unitId: 1 }, options)
    .lean<ClusterScoreRow[]>();
  const peers = await models.peerScores
    .find({ clusterId: _id }, { scorerId: 1 }, options)
    .lean<PeerScoreRecord[]>();
  return new Set([...rows.map(({ unitId }) => unitId), ...peers.map(({ scorerId }) => scorerId)]);
}
