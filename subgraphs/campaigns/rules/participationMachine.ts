import type { Machine } from '../../records/command/machine.ts';
import type { ParticipationStatus } from '../model/participation.ts';
import type { CampaignStatus } from './campaignMachine.ts';

export type ParticipationStep =
  | 'registerParticipation'
  | 'launchParticipation'
  | 'summariseParticipation'
  | 'withdrawParticipation';

/** How far a unit comes in a campaign; one that has withdrawn may register again. */
export const participationMachine: Machine<ParticipationStatus, ParticipationStep> = {
  registerParticipation: { from: ['WITHDRAWN'], to: 'REGISTERED' },
  launchParticipation: { from: ['REGISTERED', 'LAUNCHED'], to: 'LAUNCHED' },
  summariseParticipation: { from: ['LAUNCHED'], to: 'SUMMARISED' },
  withdrawParticipation: { from: ['REGISTERED', 'LAUNCHED'], to: 'WITHDRAWN' },
};

/** The states in which theme and titles may be changed. */
export const changeableStates: readonly ParticipationStatus[] = ['REGISTERED', 'LAUNCHED'];

/** A campaign is joined while it is open: published, and not over. */
export const joinableStates: readonly CampaignStatus[] = ['PUBLISHED', 'ACTIVE'];
