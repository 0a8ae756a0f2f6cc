import { z } from 'zod';
import { onExisting } from '../../records/command/inputs.ts';
import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import { wordsOf } from '../../records/spelling/lexicon.ts';
import { learnTexts } from '../../records/spelling/vocabulary.ts';
import type { Models } from '../model/models.ts';
import { campaigns } from './aggregates.ts';
import { changeCampaign, parentOf } from './changeCampaign.ts';
import { contentOf, contentOfDraft, replaceContent } from './content.ts';
import { addDateFaults, faultsOfAllDays, fieldsOfDraft, unitNotThere } from './draftFields.ts';
import { campaignDraft } from './draftInput.ts';
import { placeOn } from './place.ts';
import { requireWork } from './requireWork.ts';

const input = z.object({ ...onExisting, draft: campaignDraft });

/** Writes a draft or a returned plan anew, as a whole. Refuses with INVALID_STATE, and as createCampaign does. */
export const updateCampaignDraft: Command<Models, z.infer<typeof input>, { id: string }> = {
  name: 'updateCampaignDraft',
  input,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, given) => {
    const { draft } = given;
    const row = await tx.take(campaigns, given, ({ scopePath }) => requireOwnUnit(tx.viewer, scopePath));
    requireWork(tx, 'updateCampaignDraft', row);
    const fields = fieldsOfDraft(row.code, draft);
    const unit = await tx.models.units.findOne({ _id: row.ownerId }, {}, tx.options).lean();
    const place = unit && (await placeOn(tx, unit, draft.issuedOn));
    const days = faultsOfAllDays(fields, await parentOf(tx, row));
    addDateFaults(tx, place ? days : [unitNotThere, ...days], ['input', 'draft']);
    const old = await contentOf(tx, row._id);
    const content = await contentOfDraft(tx, row, draft, { old });
    await replaceContent(tx, row, old, content);
    await learnTexts(tx, tx.models.vocabulary, wordsOf([fields.searchKey]));
    const { pathAtEvent, line } = place ?? row;
    const change = { ...fields, kind: draft.kind ?? row.kind, pathAtEvent, line };
    return changeCampaign(tx, row, change, content.items);
  },
};
