import type { Viewer } from '../../../server/viewer.ts';
import { stateAfter } from '../../records/command/machine.ts';
import type { Params } from '../../records/command/outcomes.ts';
import { isWithin } from '../../records/subtree.ts';
import {
  type CampaignStatus,
  type CampaignStep,
  type CampaignWork,
  campaignMachine,
  campaignWork,
} from './campaignMachine.ts';
import { faultsOfPlan } from './planRules.ts';

/** The actions that a screen offers on a campaign, in the order of its life. */
export const campaignActions = [
  'updateCampaignDraft',
  'submitCampaign',
  'returnCampaign',
  'approveCampaign',
  'confirmCampaignFunding',
  'publishCampaign',
  'closeCampaign',
  'summariseCampaign',
  'archiveCampaign',
] as const;
export type CampaignAction = (typeof campaignActions)[number];

/** An action with the first reason against it; null when it is open. */
export interface ActionHint {
  readonly action: CampaignAction;
  readonly obstacle: { readonly code: string; readonly params: Params } | null;
}

type Plan = Parameters<typeof faultsOfPlan>[0];

interface Campaign extends Plan {
  readonly status: CampaignStatus;
  readonly scopePath: string;
  readonly funding?: object | null;
}

/** What the author does; the rest is the commanders' (DOMAIN §5.9). */
const byAuthor: ReadonlySet<CampaignAction> = new Set(['updateCampaignDraft', 'submitCampaign']);

/** Gives for each action whether the viewer would be let do it now, in the order in which the command checks. */
export const hintsFor = (campaign: Campaign, viewer: Viewer): ActionHint[] =>
  campaignActions.map((action) => ({
    action,
    obstacle:
      obstacleOfViewer(action, campaign, viewer) ??
      obstacleOfState(action, campaign) ??
      obstacleOfRules(action, campaign),
  }));

function obstacleOfViewer(action: CampaignAction, { scopePath }: Campaign, { role, unitPath }: Viewer) {
  const author = byAuthor.has(action);
  const wanted = author ? 'OFFICER' : 'COMMANDER';
  if (role !== wanted) return { code: 'FORBIDDEN', params: { role: wanted } };
  const inside = author ? unitPath === scopePath : isWithin(scopePath, unitPath);
  return inside ? null : { code: 'OUT_OF_SUBTREE', params: {} };
}

function obstacleOfState(action: CampaignAction, { status }: Campaign) {
  const from = isWork(action) ? campaignWork[action] : campaignMachine[action].from;
  const open = isWork(action) ? from.includes(status) : stateAfter(campaignMachine, action, status) !== null;
  return open ? null : { code: 'INVALID_STATE', params: { action, state: status, allowed: from.join(', ') } };
}

const isWork = (action: CampaignAction): action is Exclude<CampaignAction, CampaignStep> & CampaignWork =>
  action in campaignWork;

/** Warnings do not count: they are overridden. */
const warnings = new Set(['LEGAL_BASIS_EXPIRED', 'CRITERIA_TOTAL_NOT_100']);

function obstacleOfRules(action: CampaignAction, campaign: Campaign) {
  if (action === 'publishCampaign' && !campaign.funding) return { code: 'FUNDING_UNCONFIRMED', params: {} };
  if (action !== 'submitCampaign') return null;
  return faultsOfPlan(campaign).find(({ code }) => !warnings.has(code)) ?? null;
}
