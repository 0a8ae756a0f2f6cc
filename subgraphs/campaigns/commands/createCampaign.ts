import { z } from 'zod';
import { code, commandInput, says } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { beginCampaign } from './beginCampaign.ts';
import { campaignDraft } from './draftInput.ts';

const input = z
  .object({ ...commandInput, code, owner: code, draft: campaignDraft })
  .superRefine(({ draft }, context) => {
    if (draft.kind !== null) return;
    context.addIssue({
      code: 'custom',
      path: ['draft', 'kind'],
      ...says('Phải nêu loại phong trào.', 'A campaign of its own needs its kind.'),
    });
  });

/** Begins the draft of a campaign of a unit's own. Refuses with CAMPAIGN_CODE_TAKEN, CAMPAIGN_DATES. */
export const createCampaign: Command<Models, z.infer<typeof input>, { id: string }> = {
  name: 'createCampaign',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: (tx, { draft, ...rest }) =>
    beginCampaign(tx, { ...rest, parent: null, draft: { ...draft, kind: draft.kind ?? 'THEMATIC' } }),
};
