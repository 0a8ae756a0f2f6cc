import { z } from 'zod';
import { code, commandInput, localizedText } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { Models } from '../model/models.ts';
import type { ScoreCriterionRecord } from '../model/shapes.ts';
import { leaderOf, membersOf } from './clusterMembers.ts';
import { scoreCriteria } from './draftInput.ts';
import { clusters } from './reportAggregates.ts';

const FULL_SCORE = 100;
const FIRST_YEAR = 2000;

/** At least two who score each other, at most as many as one page shows. */
export const clusterMembers = z.array(code).min(2).max(100);
export const clusterName = localizedText(300);
export const clusterCriteria = scoreCriteria.refine((criteria) => criteria.length > 0);

const input = z.object({
  ...commandInput,
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,31}$/u),
  year: z.number().int().min(FIRST_YEAR).max(9_999),
  name: clusterName,
  leader: code,
  members: clusterMembers,
  criteria: clusterCriteria,
});

/**
 * Makes an emulation cluster of a year; for commanders of a unit above all members (DOMAIN §2.3). Refuses with
 * CLUSTER_CODE_TAKEN, CLUSTER_NOT_MEMBER, UNIT_ABSENT; warns with CRITERIA_TOTAL_NOT_100.
 */
export const createCluster: Command<Models, z.infer<typeof input>, { id: string }> = {
  name: 'createCluster',
  input,
  may: (viewer) => requireRole(viewer, 'COMMANDER'),
  run: async (tx, { code: ownCode, year, name, leader, members, criteria }) => {
    const memberIds = await membersOf(tx, members, year);
    const leaderId = await leaderOf(tx, leader, memberIds);
    if (year > Number(tx.today.slice(0, 4)) + 1)
      tx.faults.add('INPUT_INVALID', { path: ['input', 'year'], params: tooFar });
    warnOfTotal(tx, criteria);
    const taken = { path: ['input', 'code'], params: { code: ownCode, year } };
    if (await tx.models.clusters.exists({ code: ownCode, year }).session(tx.session))
      tx.faults.add('CLUSTER_CODE_TAKEN', taken);
    tx.faults.check();
    const row = { _id: randomId('clu'), code: ownCode, year, name, leaderId, memberIds, criteria };
    const open = { closedOn: null, scorings: 0, synthetic: false };
    await tx.insert(clusters, { ...row, ...open }, { onDuplicate: ['CLUSTER_CODE_TAKEN', taken] });
    return { id: row._id };
  },
};

const tooFar = {
  vi: 'Cụm được lập cho năm nay, năm sau hoặc năm đã qua.',
  en: 'A cluster is made for this year, the next, or one gone by.',
};

/** Warns with CRITERIA_TOTAL_NOT_100. */
export function warnOfTotal({ faults }: Tx<Models>, criteria: readonly ScoreCriterionRecord[]): void {
  const total = Math.round(criteria.reduce((sum, { maxScore }) => sum + maxScore, 0) * 100) / 100;
  if (total !== FULL_SCORE)
    faults.add('CRITERIA_TOTAL_NOT_100', { path: ['input', 'criteria'], params: { total } });
}
