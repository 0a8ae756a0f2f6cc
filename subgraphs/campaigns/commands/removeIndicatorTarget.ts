import { z } from 'zod';
import { MIN_REASON, onExisting, reason } from '../../records/command/inputs.ts';
import { requireReach, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { targets } from './aggregates.ts';
import { visibleCampaign } from './changeCampaign.ts';
import { unitOf } from './place.ts';
import { requireWork } from './requireWork.ts';

const removing = z.object({ ...onExisting, reason: reason.min(MIN_REASON) });

/** Takes a target away; the audit keeps what it was. */
export const removeIndicatorTarget: Command<
  Models,
  z.infer<typeof removing>,
  { id: string; indicatorId: string }
> = {
  name: 'removeIndicatorTarget',
  input: removing,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const found = await tx.get(targets, input.id);
    const { scopePath } = await unitOf(tx, found);
    const row = await tx.take(targets, input, () => requireReach(tx.viewer, scopePath));
    const indicator = await tx.models.indicators.findOne({ _id: row.indicatorId }, {}, tx.options).lean();
    const campaign = indicator && (await visibleCampaign(tx, indicator.campaignId));
    if (!campaign)
      return tx.faults.refuse('NOT_FOUND', {
        path: ['input', 'id'],
        params: { type: 'IndicatorTarget', key: input.id },
      });
    requireWork(tx, 'setIndicatorTarget', campaign);
    tx.because(input.reason);
    await tx.remove(targets, row);
    return { id: row._id, indicatorId: row.indicatorId };
  },
};
