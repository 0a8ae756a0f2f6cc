import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Job } from '../../records/feed/jobs.ts';
import type { UnitLinkRecord } from '../model/event.ts';
import type { Models } from '../model/models.ts';
import { units } from './aggregates.ts';
import { type Life, readLives } from './readLives.ts';
import { takePlaces } from './takePlaces.ts';
import { changeOf } from './writeDraft.ts';

const BATCH = 500;
const MINUTE_MS = 60_000;

const input = z.object(commandInput);

/** What is to settle by a day; the lower bound lets MongoDB take the partial index. */
const dueOn = (today: string) => ({ settlesOn: { $gt: '', $lte: today } });

/**
 * Brings the plain fields of units to what their versions say of today, where a change was written ahead of its day.
 * Reads on a date never wait for this.
 */
const settleUnits: Command<Models, z.infer<typeof input>, { settled: number }> = {
  name: 'settleUnits',
  input,
  may: (viewer) => requireRole(viewer, 'ADMIN'),
  run: async (tx) => {
    const due = await tx.models.units
      .find(dueOn(tx.today), { code: 1 }, tx.options)
      .sort({ settlesOn: 1 })
      .limit(BATCH)
      .batchSize(BATCH + 1)
      .lean<{ code: string }[]>();
    const lives = [
      ...(
        await readLives(
          tx,
          due.map(({ code }) => code),
        )
      ).values(),
    ];
    const successors = await successorsOf(tx, lives);
    const settled = await tx.updateMany(
      units,
      lives.map(({ unit, versions }) => changeOf({ unit, after: versions }, tx.today, successors)),
    );
    const planned = new Set(lives.flatMap(({ unit }) => (unit.status === 'PLANNED' ? [unit._id] : [])));
    await takePlaces(
      tx,
      settled.filter(({ _id }) => planned.has(_id)),
    );
    if (lives.length > 0) tx.note({ type: units.type, entityIds: lives.map(({ unit }) => unit._id) });
    return { settled: lives.length };
  },
};

async function successorsOf(tx: Tx<Models>, lives: readonly Life[]): Promise<ReadonlyMap<string, string>> {
  const links = await tx.models.links
    .find(
      { fromId: { $in: lives.map(({ unit }) => unit._id) }, primary: true },
      { fromId: 1, toId: 1 },
      tx.options,
    )
    .batchSize(BATCH + 1)
    .lean<Pick<UnitLinkRecord, 'fromId' | 'toId'>[]>();
  return new Map(links.map(({ fromId, toId }) => [fromId, toId]));
}

/** Settles units when their day has come; an indexed read that finds nothing on every other minute. */
export const settleUnitsJob: Job<Models> = {
  name: 'settleUnits',
  everyMs: MINUTE_MS,
  run: async ({ models, today, command }) => {
    while (await models.units.exists(dueOn(today))) {
      const { result } = await command(settleUnits, { idempotencyKey: `settle-${randomUUID()}` });
      // Somebody was faster with one of them; the next minute finds what is left.
      if (!result) return;
    }
  },
};
