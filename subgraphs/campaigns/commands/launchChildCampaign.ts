import { z } from 'zod';
import { code, commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { CampaignRecord, LegalBasisRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { campaignWork } from '../rules/campaignMachine.ts';
import { beginCampaign } from './beginCampaign.ts';
import { campaignByCode } from './changeCampaign.ts';
import { type CampaignDraft, campaignDraft } from './draftInput.ts';

const input = z.object({ ...commandInput, parent: code, code, owner: code, draft: campaignDraft });

/**
 * Begins the draft of a campaign by which a unit carries out another (DOMAIN §1, units launch with a theme of their own).
 * Refuses with PARENT_NOT_ACTIVE unless the other is open, and as createCampaign does.
 */
export const launchChildCampaign: Command<Models, z.infer<typeof input>, { id: string }> = {
  name: 'launchChildCampaign',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, { draft, parent: parentCode, ...rest }) => {
    const parent = await campaignByCode(tx, parentCode, 'parent');
    return beginCampaign(tx, { ...rest, parent, draft: inheriting(draft, parent) }, () => {
      if (!campaignWork.launchChildCampaign.includes(parent.status))
        tx.faults.add('PARENT_NOT_ACTIVE', {
          path: ['input', 'parent'],
          params: { code: parent.code, status: parent.status },
        });
    });
  },
};

const inheriting = (draft: CampaignDraft, parent: CampaignRecord) => ({
  ...draft,
  kind: draft.kind ?? parent.kind,
  endsOn: draft.endsOn ?? parent.endsOn,
  legalBases: draft.legalBases ?? basesUnder(parent),
});

/** A campaign that carries out another rests on its plan, and on what that rests on. */
const basesUnder = ({ plan, legalBases }: CampaignRecord): CampaignDraft['legalBases'] =>
  [{ kind: plan.kind, document: plan.document }, ...legalBases].map(
    ({ kind, document, inForceBefore = null }: LegalBasisRecord) => ({ kind, document, inForceBefore }),
  ) as CampaignDraft['legalBases'];
