import { z } from 'zod';
import { addDays, type DateSpan, spanOfPeriod } from '../../../schema/scalars/period.ts';
import { currentVersion, type UnitCopyRow } from '../../copies/units.ts';
import { code, commandInput, id, optional } from '../../records/command/inputs.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { EmulationClusterRecord, PeerScoreRecord } from '../model/cluster.ts';
import type { Models } from '../model/models.ts';
import { type CriterionScore, faultsOfScores, meanOf, totalOf } from '../rules/peerScores.ts';
import { requireOpen } from './changeCluster.ts';
import { unitByCode } from './place.ts';
import { clusters, peerScores } from './reportAggregates.ts';

const score = z.number().min(0).max(1_000).multipleOf(0.01);
const input = z.object({
  ...commandInput,
  cluster: id,
  period: optional(code),
  scorer: code,
  member: code,
  scores: z.array(z.object({ criterion: code, score })).max(50),
  expectedVersion: optional(z.number().int().min(1)),
});
type Scoring = z.infer<typeof input>;

/**
 * Says what one member of a cluster gives another for a period; said again, it replaces what it gave. What the other
 * scored is the mean of what its peers gave (DOMAIN §2.3). Refuses with CLUSTER_NOT_MEMBER, CLUSTER_SELF_SCORE,
 * INVALID_STATE, and by row what is wrong with the scores.
 */
export const scoreClusterMember: Command<Models, Scoring, { id: string }> = {
  name: 'scoreClusterMember',
  input,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, given) => {
    const cluster = await tx.get(clusters, given.cluster, ['input', 'cluster']);
    const { unit: scorer, scopePath } = await unitByCode(tx, given.scorer, 'scorer');
    const { unit: member } = await unitByCode(tx, given.member, 'member');
    requireOwnUnit(tx.viewer, scopePath);
    const period = given.period ?? String(cluster.year);
    const key = { clusterId: cluster._id, period, memberId: member._id, scorerId: scorer._id };
    const old = await oldScore(tx, key, given.expectedVersion);
    requireOpen(tx, cluster, 'scoreClusterMember');
    requireMembers(tx, cluster, { scorer, member });
    const days = daysOf(tx, period, cluster);
    addScoreFaults(tx, given.scores, cluster);
    tx.faults.check();
    await lock(tx, cluster);
    const scores = cluster.criteria.flatMap(({ code: criterion }) =>
      given.scores.filter((one) => one.criterion === criterion),
    );
    const row = { _id: randomId('psc'), ...key, scores };
    if (old) await tx.update(peerScores, old, { scores });
    else await tx.insert(peerScores, row, { onDuplicate: ['VERSION_CONFLICT', notRead(1)] });
    await writeMean(tx, { cluster, period, member, day: addDays(days.before, -1) });
    return { id: old?._id ?? row._id };
  },
};

const notRead = (actual: number) => ({
  path: ['input', 'expectedVersion'],
  params: { expected: '–', actual },
});

/** Gives what the scorer gave before, as the client has read it; null for the first time. */
async function oldScore(
  { models, options, faults }: Tx<Models>,
  key: Pick<PeerScoreRecord, 'clusterId' | 'period' | 'memberId' | 'scorerId'>,
  expectedVersion: number | null,
): Promise<PeerScoreRecord | null> {
  const old = await models.peerScores.findOne(key, {}, options).lean<PeerScoreRecord>();
  if ((old?.version ?? null) === expectedVersion) return old;
  const params = { expected: expectedVersion ?? '–', actual: old?.version ?? '–' };
  return faults.refuse('VERSION_CONFLICT', { path: ['input', 'expectedVersion'], params });
}

function requireMembers(
  { faults }: Tx<Models>,
  { memberIds }: EmulationClusterRecord,
  units: { readonly scorer: UnitCopyRow; readonly member: UnitCopyRow },
): void {
  for (const field of ['scorer', 'member'] as const) {
    const unit = units[field];
    if (!memberIds.includes(unit._id))
      faults.add('CLUSTER_NOT_MEMBER', { path: ['input', field], params: { unit: unit.code } });
  }
  if (units.scorer._id === units.member._id) faults.add('CLUSTER_SELF_SCORE', { path: ['input', 'member'] });
}

/** Gives the days of a period of the calendar that lies in the cluster's year and has begun. Refuses with INPUT_INVALID. */
function daysOf({ faults, today }: Tx<Models>, period: string, { year }: EmulationClusterRecord): DateSpan {
  const span = spanOfPeriod(period);
  if (span && period.startsWith(String(year)) && span.from <= today) return span;
  const params = {
    vi: `Kỳ chấm điểm phải nằm trong năm ${year} và đã bắt đầu.`,
    en: `Members are scored for a period of ${year} that has begun.`,
  };
  return faults.refuse('INPUT_INVALID', { path: ['input', 'period'], params });
}

function addScoreFaults(
  { faults }: Tx<Models>,
  scores: readonly CriterionScore[],
  { criteria }: EmulationClusterRecord,
): void {
  for (const { row, field, vi, en } of faultsOfScores(scores, criteria)) {
    const path = row === null ? ['input', 'scores'] : ['input', 'scores', row, field];
    faults.add('INPUT_INVALID', { path, params: { vi, en } });
  }
}

/** Of two who score in a cluster at once the second one waits here, and then sees what the first one gave. */
const lock = ({ models, options }: Tx<Models>, { _id }: EmulationClusterRecord) =>
  models.clusters.collection.updateOne({ _id: _id as never }, { $inc: { scorings: 1 } }, options);

interface Scored {
  readonly cluster: EmulationClusterRecord;
  readonly period: string;
  readonly member: UnitCopyRow;
  readonly day: string;
}

/** Writes what a member scored by all that its peers gave: what rankings are made of. */
async function writeMean(
  { models, options, today }: Tx<Models>,
  { cluster, period, member, day }: Scored,
): Promise<void> {
  const given = await models.peerScores
    .find({ clusterId: cluster._id, period, memberId: member._id }, { scores: 1 }, options)
    .lean<PeerScoreRecord[]>();
  const scores = meanOf(
    given.map((one) => one.scores),
    cluster.criteria,
  );
  const { path } = currentVersion(member, day < today ? day : today);
  await models.scores.collection.updateOne(
    { clusterCode: cluster.code, period, unitId: member._id },
    {
      $set: { pathAtEvent: path, score: totalOf(scores), scores },
      $setOnInsert: { _id: randomId('sco') as never },
    },
    { ...options, upsert: true },
  );
}
