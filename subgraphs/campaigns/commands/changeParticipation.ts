import { z } from 'zod';
import { code, day, MIN_REASON, onExisting, optional, reason } from '../../records/command/inputs.ts';
import { advance } from '../../records/command/machine.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import type { ParticipationRecord } from '../model/participation.ts';
import { changeableStates, participationMachine } from '../rules/participationMachine.ts';
import { campaignByCode } from './changeCampaign.ts';
import { participationInput, requireDay, requireJoinable, takeParticipation } from './participationFields.ts';
import { participations } from './reportAggregates.ts';

const updating = z.object({ ...onExisting, ...participationInput });

/** Writes a unit's theme and titles anew, as a whole. Refuses with INVALID_STATE, PARENT_NOT_ACTIVE. */
export const updateParticipation: Command<Models, z.infer<typeof updating>, { id: string }> = {
  name: 'updateParticipation',
  input: updating,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row, campaign } = await takeParticipation(tx, input);
    if (!changeableStates.includes(row.status))
      tx.faults.refuse('INVALID_STATE', {
        params: { action: 'updateParticipation', state: row.status, allowed: changeableStates.join(', ') },
      });
    requireJoinable(tx, campaign, ['input', 'id']);
    tx.faults.check();
    const { localTheme, registeredTitles } = input;
    await tx.update(participations, row, { localTheme, registeredTitles });
    return { id: row._id };
  },
};

const launching = z.object({ ...onExisting, launchedOn: optional(day), launchedCampaign: optional(code) });

/**
 * Says that a unit has launched the movement among its own people, and by which campaign of its own, if by one; said
 * again, it corrects that. Refuses with INPUT_INVALID for a campaign that is not the unit's launched child of this one.
 */
export const launchParticipation: Command<Models, z.infer<typeof launching>, { id: string }> = {
  name: 'launchParticipation',
  input: launching,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row, campaign } = await takeParticipation(tx, input);
    const status = advance(tx.faults, participationMachine, 'launchParticipation', row.status);
    requireJoinable(tx, campaign, ['input', 'id']);
    const own = input.launchedCampaign === null ? null : await ownLaunched(tx, input.launchedCampaign, row);
    const launchedOn = input.launchedOn ?? own?.launchedOn ?? tx.today;
    requireDay(tx, launchedOn, campaign, 'launchedOn');
    tx.faults.check();
    await tx.update(participations, row, {
      status,
      launchedOn,
      launchedCampaignId: own?._id ?? null,
      localTheme: row.localTheme ?? own?.theme ?? null,
    });
    return { id: row._id };
  },
};

async function ownLaunched(tx: Tx<Models>, own: string, row: ParticipationRecord): Promise<CampaignRecord> {
  const found = await campaignByCode(tx, own, 'launchedCampaign');
  const isOwn = found.parentId === row.campaignId && found.ownerId === row.unitId;
  if (!isOwn || found.launchedOn === null || found.launchedOn > tx.today)
    tx.faults.add('INPUT_INVALID', { path: ['input', 'launchedCampaign'], params: notOwn });
  return found;
}

const notOwn = {
  vi: 'Đây phải là phong trào do chính đơn vị phát động để hưởng ứng phong trào này, và đã phát động.',
  en: 'This takes a campaign that the unit itself launched to carry this one out.',
};

const summarising = z.object(onExisting);

/** Says that a unit has summed up its part; also when the campaign itself is over. */
export const summariseParticipation: Command<Models, z.infer<typeof summarising>, { id: string }> = {
  name: 'summariseParticipation',
  input: summarising,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row } = await takeParticipation(tx, input);
    const status = advance(tx.faults, participationMachine, 'summariseParticipation', row.status);
    await tx.update(participations, row, { status });
    return { id: row._id };
  },
};

const withdrawing = z.object({ ...onExisting, reason: reason.min(MIN_REASON) });

/** Takes a unit out of a campaign that is not over; the audit keeps why. */
export const withdrawParticipation: Command<Models, z.infer<typeof withdrawing>, { id: string }> = {
  name: 'withdrawParticipation',
  input: withdrawing,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row, campaign } = await takeParticipation(tx, input);
    const status = advance(tx.faults, participationMachine, 'withdrawParticipation', row.status);
    requireJoinable(tx, campaign, ['input', 'id']);
    tx.faults.check();
    tx.because(input.reason);
    await tx.update(participations, row, { status });
    return { id: row._id };
  },
};
