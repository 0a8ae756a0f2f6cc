import { z } from 'zod';
import { code, commandInput, day, optional } from '../../records/command/inputs.ts';
import { requireReach, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { Models } from '../model/models.ts';
import type { ParticipationRecord } from '../model/participation.ts';
import { participationMachine } from '../rules/participationMachine.ts';
import { campaignByCode } from './changeCampaign.ts';
import { participationInput, requireDay, requireJoinable } from './participationFields.ts';
import { placeOn, unitByCode } from './place.ts';
import { participations } from './reportAggregates.ts';
import { requireInCampaign } from './reportPlace.ts';

const input = z.object({
  ...commandInput,
  campaign: code,
  unit: code,
  expectedVersion: optional(z.number().int().min(1)),
  registeredOn: optional(day),
  ...participationInput,
});
type Registering = z.infer<typeof input>;

/**
 * Registers a unit for a campaign, once; one that has withdrawn registers anew, with the version that the client has
 * read. Refuses with PARTICIPATION_DUPLICATE, PARENT_NOT_ACTIVE, UNIT_ABSENT, UNIT_OUTSIDE_CAMPAIGN (DOMAIN §1, §5.6).
 */
export const registerParticipation: Command<Models, Registering, { id: string }> = {
  name: 'registerParticipation',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, given) => {
    const campaign = await campaignByCode(tx, given.campaign, 'campaign');
    const { unit, scopePath } = await unitByCode(tx, given.unit, 'unit');
    requireReach(tx.viewer, scopePath);
    const key = { campaignId: campaign._id, unitId: unit._id };
    const found = await tx.models.participations.findOne(key, {}, tx.options).lean<ParticipationRecord>();
    const old = known(tx, given, found);
    requireJoinable(tx, campaign, ['input', 'campaign']);
    const registeredOn = given.registeredOn ?? tx.today;
    requireDay(tx, registeredOn, campaign, 'registeredOn');
    const place = await placeOn(tx, unit, registeredOn);
    if (!place) {
      const params = { unit: unit.code, day: registeredOn };
      return tx.faults.refuse('UNIT_ABSENT', { path: ['input', 'unit'], params });
    }
    requireInCampaign(tx, campaign, place);
    tx.faults.check();
    const { localTheme, registeredTitles } = given;
    const said = { ...place, localTheme, registeredTitles, registeredOn, ...begun };
    if (!old) return insertNew(tx, { ...key, ...said }, given);
    await tx.update(participations, old, said);
    return { id: old._id };
  },
};

const begun = {
  status: participationMachine.registerParticipation.to,
  launchedOn: null,
  launchedCampaignId: null,
};

const duplicateOf = ({ campaign, unit }: Registering) => ({
  path: ['input', 'unit'],
  params: { campaign, unit },
});

async function insertNew(
  tx: Tx<Models>,
  row: Omit<ParticipationRecord, '_id' | 'synthetic' | 'version' | 'createdAt' | 'updatedAt'>,
  given: Registering,
): Promise<{ id: string }> {
  const identified = { _id: randomId('par'), ...row, synthetic: false };
  await tx.insert(participations, identified, {
    onDuplicate: ['PARTICIPATION_DUPLICATE', duplicateOf(given)],
  });
  return { id: identified._id };
}

/** Gives the withdrawn participation that the client has read, null for a new one. Refuses any other. */
function known(
  { faults }: Tx<Models>,
  given: Registering,
  old: ParticipationRecord | null,
): ParticipationRecord | null {
  const { expectedVersion, unit } = given;
  if (old === null) {
    if (expectedVersion === null) return null;
    return faults.refuse('NOT_FOUND', {
      path: ['input', 'unit'],
      params: { type: participations.type, key: unit },
    });
  }
  if (expectedVersion === null || !participationMachine.registerParticipation.from.includes(old.status))
    return faults.refuse('PARTICIPATION_DUPLICATE', duplicateOf(given));
  if (old.version !== expectedVersion)
    return faults.refuse('VERSION_CONFLICT', {
      path: ['input', 'expectedVersion'],
      params: { expected: expectedVersion, actual: old.version },
    });
  return old;
}
