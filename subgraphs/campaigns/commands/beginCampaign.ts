import { requireOwnUnit } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import { wordsOf } from '../../records/spelling/lexicon.ts';
import { learnTexts } from '../../records/spelling/vocabulary.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { campaigns } from './aggregates.ts';
import { campaignCopyOf } from './changeCampaign.ts';
import { contentOf, contentOfDraft, replaceContent } from './content.ts';
import { addDateFaults, faultsOfAllDays, fieldsOfDraft, unitNotThere } from './draftFields.ts';
import type { CampaignDraft } from './draftInput.ts';
import { placeOn, unitByCode } from './place.ts';

interface Beginning {
  readonly code: string;
  readonly owner: string;
  readonly parent: CampaignRecord | null;
  readonly draft: CampaignDraft & { readonly kind: CampaignRecord['kind'] };
}

/**
 * Writes a new draft for a unit, by an officer of it. `check` adds faults of the parent. Refuses with NOT_FOUND,
 * CAMPAIGN_CODE_TAKEN, CAMPAIGN_DATES and what is wrong with the content; throws OUT_OF_SUBTREE.
 */
export async function beginCampaign(
  tx: Tx<Models>,
  { code, owner, parent, draft }: Beginning,
  check: () => void = () => {},
): Promise<{ id: string }> {
  const { unit, scopePath } = await unitByCode(tx, owner, 'owner');
  requireOwnUnit(tx.viewer, scopePath);
  check();
  const taken = { path: ['input', 'code'], params: { code } };
  if (await tx.models.campaigns.exists({ code }).session(tx.session))
    tx.faults.add('CAMPAIGN_CODE_TAKEN', taken);
  const fields = fieldsOfDraft(code, draft);
  const place = await placeOn(tx, unit, draft.issuedOn);
  const days = faultsOfAllDays(fields, parent);
  addDateFaults(tx, place ? days : [unitNotThere, ...days], ['input', 'draft']);
  const identity = { _id: randomId('cmp'), code, parentId: parent?._id ?? null };
  const inherited = parent ? (await contentOf(tx, parent._id)).items : [];
  const content = await contentOfDraft(tx, identity, draft, { inherited });
  tx.faults.check();
  const row = {
    ...identity,
    kind: draft.kind,
    status: 'DRAFT' as const,
    synthetic: false,
    ownerId: unit._id,
    pathAtEvent: place?.pathAtEvent ?? '',
    line: place?.line ?? [],
    scopePath,
    ...fields,
    timeline: [],
  };
  await learnTexts(tx, tx.models.vocabulary, wordsOf([fields.searchKey]));
  await tx.insert(campaigns, row, {
    onDuplicate: ['CAMPAIGN_CODE_TAKEN', taken],
    copy: campaignCopyOf({ ...row, version: 1 }, content.items),
  });
  await replaceContent(tx, identity, { items: [], indicators: [] }, content);
  return { id: row._id };
}
