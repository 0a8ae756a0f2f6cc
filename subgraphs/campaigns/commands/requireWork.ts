import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { type CampaignStatus, type CampaignWork, campaignWork } from '../rules/campaignMachine.ts';

/** Refuses with INVALID_STATE unless a campaign's state is open for the work. */
export function requireWork(
  { faults }: Tx<Models>,
  work: CampaignWork,
  { status }: { readonly status: CampaignStatus },
): void {
  const allowed = campaignWork[work];
  if (allowed.includes(status)) return;
  faults.refuse('INVALID_STATE', { params: { action: work, state: status, allowed: allowed.join(', ') } });
}
