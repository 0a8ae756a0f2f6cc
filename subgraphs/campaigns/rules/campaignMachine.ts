import type { campaignStatuses } from '../../../schema/events.ts';
import type { Machine } from '../../records/command/machine.ts';

export type CampaignStatus = (typeof campaignStatuses)[number];

/** What leads a campaign from one state to the next; activating is done by the day of the launch, not by a person. */
export type CampaignStep =
  | 'submitCampaign'
  | 'returnCampaign'
  | 'approveCampaign'
  | 'publishCampaign'
  | 'activateCampaign'
  | 'closeCampaign'
  | 'summariseCampaign'
  | 'archiveCampaign';

/** The road of a campaign from the draft to the archive (DOMAIN §5.6). */
export const campaignMachine: Machine<CampaignStatus, CampaignStep> = {
  submitCampaign: { from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED' },
  returnCampaign: { from: ['SUBMITTED'], to: 'RETURNED' },
  approveCampaign: { from: ['SUBMITTED'], to: 'APPROVED' },
  publishCampaign: { from: ['APPROVED'], to: 'PUBLISHED' },
  activateCampaign: { from: ['PUBLISHED'], to: 'ACTIVE' },
  closeCampaign: { from: ['ACTIVE'], to: 'CLOSED' },
  summariseCampaign: { from: ['CLOSED'], to: 'SUMMARISED' },
  archiveCampaign: { from: ['SUMMARISED'], to: 'ARCHIVED' },
};

/** What is done to a campaign, or to what belongs to it, and leaves its state as it is. */
export type CampaignWork =
  | 'updateCampaignDraft'
  | 'confirmCampaignFunding'
  | 'launchChildCampaign'
  | 'publishArticle'
  | 'setIndicatorTarget';

/**
 * The states in which that work is possible. A plan is changed by its author only while nobody reads it for approval;
 * funding is confirmed for the plan as it was handed in; a unit joins what is open, and tells of what was launched.
 */
export const campaignWork: Readonly<Record<CampaignWork, readonly CampaignStatus[]>> = {
  updateCampaignDraft: ['DRAFT', 'RETURNED'],
  confirmCampaignFunding: ['SUBMITTED', 'APPROVED'],
  launchChildCampaign: ['PUBLISHED', 'ACTIVE'],
  publishArticle: ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'],
  setIndicatorTarget: ['DRAFT', 'RETURNED', 'PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'],
};
