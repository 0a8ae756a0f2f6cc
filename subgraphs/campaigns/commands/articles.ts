import { z } from 'zod';
import {
  code,
  commandInput,
  day,
  documentRef,
  localizedText,
  MIN_REASON,
  onExisting,
  reason,
} from '../../records/command/inputs.ts';
import { requireReach, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import { wordsOf } from '../../records/spelling/lexicon.ts';
import { learnTexts } from '../../records/spelling/vocabulary.ts';
import type { ArticleRecord } from '../model/article.ts';
import type { Models } from '../model/models.ts';
import { articleSearch } from '../model/rows.ts';
import type { Place } from '../model/shapes.ts';
import { articles } from './aggregates.ts';
import { campaignByCode } from './changeCampaign.ts';
import { addDateFaults } from './draftFields.ts';
import { placeOn, unitByCode, unitOf } from './place.ts';
import { requireWork } from './requireWork.ts';

const written = {
  title: localizedText(500),
  body: localizedText(50_000),
  publishedOn: day,
  attribution: localizedText(1_000),
  source: documentRef,
};

const publishing = z.object({ ...commandInput, campaign: code, unit: code, ...written });

/** Publishes an article about a published campaign. Refuses with CAMPAIGN_DATES for a day that does not fit. */
export const publishArticle: Command<Models, z.infer<typeof publishing>, { id: string }> = {
  name: 'publishArticle',
  input: publishing,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const campaign = await campaignByCode(tx, input.campaign, 'campaign');
    const { unit, scopePath } = await unitByCode(tx, input.unit, 'unit');
    requireReach(tx.viewer, scopePath);
    requireWork(tx, 'publishArticle', campaign);
    const place = checkDay(tx, input.publishedOn, await placeOn(tx, unit, input.publishedOn));
    tx.faults.check();
    const { title, body, publishedOn, attribution, source } = input;
    const row = {
      _id: randomId('art'),
      campaignId: campaign._id,
      ...(place ?? { unitId: unit._id, pathAtEvent: '', levelAtEvent: '', line: [] }),
      ...{ title, body, publishedOn, attribution, source },
      synthetic: false,
      ...articleSearch({ title, body }),
    };
    await learnTexts(tx, tx.models.vocabulary, wordsOf([row.searchKey]));
    await tx.insert(articles, row);
    return { id: row._id };
  },
};

const updating = z.object({ ...onExisting, ...written });

/** Writes an article anew. Refuses with INVALID_STATE for one that was withdrawn, and as publishArticle does. */
export const updateArticle: Command<Models, z.infer<typeof updating>, { id: string }> = {
  name: 'updateArticle',
  input: updating,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row, unit } = await takeArticle(tx, input, 'updateArticle');
    const place = checkDay(tx, input.publishedOn, await placeOn(tx, unit, input.publishedOn));
    tx.faults.check();
    const { title, body, publishedOn, attribution, source } = input;
    const change = { title, body, publishedOn, attribution, source, ...articleSearch({ title, body }) };
    await learnTexts(tx, tx.models.vocabulary, wordsOf([change.searchKey]));
    await tx.update(articles, row, { ...change, ...place });
    return { id: row._id };
  },
};

const withdrawing = z.object({ ...onExisting, reason: reason.min(MIN_REASON) });

/** Takes an article back, for good. Refuses with INVALID_STATE for one that was withdrawn before. */
export const withdrawArticle: Command<Models, z.infer<typeof withdrawing>, { id: string }> = {
  name: 'withdrawArticle',
  input: withdrawing,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { row } = await takeArticle(tx, input, 'withdrawArticle');
    tx.because(input.reason);
    await tx.update(articles, row, { withdrawnOn: tx.today, withdrawReason: input.reason });
    return { id: row._id };
  },
};

/** Reads an article that stands, with its unit, for somebody who may write for that unit. */
async function takeArticle(
  tx: Tx<Models>,
  input: z.infer<typeof updating> | z.infer<typeof withdrawing>,
  action: string,
) {
  const found = await tx.get(articles, input.id);
  const { unit, scopePath } = await unitOf(tx, found);
  const row: ArticleRecord = await tx.take(articles, input, () => requireReach(tx.viewer, scopePath));
  if (row.withdrawnOn)
    tx.faults.refuse('INVALID_STATE', { params: { action, state: 'WITHDRAWN', allowed: 'PUBLISHED' } });
  return { row, unit };
}

/** Notes a day that is still to come, or on which the unit did not exist. Gives the place. */
function checkDay(tx: Tx<Models>, publishedOn: string, place: Place | null): Place | null {
  addDateFaults(
    tx,
    [...(publishedOn > tx.today ? [stillToCome] : []), ...(place ? [] : [unitNotThere])],
    ['input'],
  );
  return place;
}

const stillToCome = {
  path: ['publishedOn'],
  rule: 'an article is published today or earlier',
  ruleVi: 'ngày đăng bài không được sau hôm nay',
};
const unitNotThere = {
  path: ['publishedOn'],
  rule: 'the unit did not exist on the day of the article',
  ruleVi: 'đơn vị không tồn tại vào ngày đăng bài',
};
