import type { Tx } from '../../records/command/transaction.ts';
import type { FormRuleRecord } from '../model/catalogue.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';

/**
 * Takes a count in turn and gives it after that. Transactions that take the same count conflict, so that one of them is
 * done again and reads what the other has written. `start` says where a count begins that nobody has taken yet.
 */
export async function takeTurn(
  { models, options }: Tx<Models>,
  key: string,
  { by = 1, start = async () => 0 }: { readonly by?: number; readonly start?: () => Promise<number> } = {},
): Promise<number> {
  const rows = models.turns.collection;
  const filter = { _id: key as never };
  const row = await models.turns.findOne({ _id: key }, {}, options).lean();
  if (row) {
    await rows.updateOne(filter, { $inc: { count: by } }, options);
    return row.count + by;
  }
  const count = (await start()) + by;
  await rows.insertOne({ ...filter, count }, options);
  return count;
}

/**
 * Lets decisions that rules weigh against each other be made one after the other: those about one recipient
 * (STATE_LEVEL_TWICE_IN_YEAR, DOUBLE_AWARD_SAME_ACHIEVEMENT), and those that share a quota of titles (QUOTA_EXCEEDED).
 */
export async function takeDecisionTurns(
  tx: Tx<Models>,
  { recipientKey, unitId }: Pick<AwardDossierRecord, 'recipientKey' | 'unitId'>,
  rule: FormRuleRecord | null,
): Promise<void> {
  await takeTurn(tx, `recipient:${recipientKey}`);
  if (rule?.titleQuotaPercent != null) await takeTurn(tx, `titles:${unitId}`);
}

const DIGITS = 6;

/** Gives the next numbers of dossiers, such as HS-2021-000123: unique and without a gap, beginning anew each year. */
export async function takeNumbers(tx: Tx<Models>, count: number): Promise<string[]> {
  const prefix = `HS-${tx.today.slice(0, 4)}`;
  const last = await takeTurn(tx, prefix, { by: count, start: () => lastNumber(tx, prefix) });
  return Array.from(
    { length: count },
    (_, index) => `${prefix}-${String(last - count + index + 1).padStart(DIGITS, '0')}`,
  );
}

/** The highest number that a seed has given in the year. */
async function lastNumber({ models, options }: Tx<Models>, prefix: string): Promise<number> {
  const row = await models.dossiers
    .findOne({ number: { $gte: `${prefix}-`, $lt: `${prefix}.` } }, { number: 1 }, options)
    .sort({ number: -1 })
    .lean();
  return row ? Number(row.number.slice(prefix.length + 1)) : 0;
}
