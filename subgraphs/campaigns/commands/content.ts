import type { Model } from 'mongoose';
import { changesBetween } from '../../records/command/changes.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { ContentItemRecord, IndicatorRecord } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import { faultsOfContent } from '../rules/contentRules.ts';
import type { CampaignDraft } from './draftInput.ts';

/** Content items and indicators of a campaign, in their order; they are written with their campaign only. */
export interface Content {
  readonly items: readonly ContentItemRecord[];
  readonly indicators: readonly IndicatorRecord[];
}

interface Owner {
  readonly _id: string;
  readonly code: string;
  readonly parentId: string | null;
}

const none: Content = { items: [], indicators: [] };

/** Reads the content of a campaign. */
export async function contentOf({ models, options }: Tx<Models>, campaignId: string): Promise<Content> {
  const inOrder = { order: 1, _id: 1 } as const;
  return {
    items: await models.contentItems
      .find({ campaignId }, {}, options)
      .sort(inOrder)
      .lean<ContentItemRecord[]>(),
    indicators: await models.indicators
      .find({ campaignId }, {}, options)
      .sort(inOrder)
      .lean<IndicatorRecord[]>(),
  };
}

/**
 * Makes the content that a draft asks for; what keeps its code keeps its id. Notes what is wrong with it as faults.
 * Items that are left out are those of `inherited`, without their text.
 */
export async function contentOfDraft(
  tx: Tx<Models>,
  owner: Owner,
  draft: CampaignDraft,
  { old = none, inherited = [] }: { old?: Content; inherited?: readonly ContentItemRecord[] },
): Promise<Content> {
  const above = owner.parentId === null ? [] : (await contentOf(tx, owner.parentId)).items;
  const parents = new Map(above.map(({ code, _id }) => [code, _id]));
  const wanted =
    draft.contentItems ?? inherited.map((item) => ({ ...item, text: null, carriesOut: item.code }));
  const measured = draft.indicators ?? [];
  for (const { code, path, params } of faultsOfContent(wanted, measured, new Set(parents.keys())))
    tx.faults.add(code, { path: ['input', 'draft', ...path], params });
  const items = wanted.map(({ code, title, text, trackable, tracking, carriesOut }, index) => ({
    ...belonging('cit', owner, code, old.items),
    order: index + 1,
    title,
    text,
    trackable,
    tracking,
    carriesOutId: parents.get(carriesOut ?? code) ?? null,
  }));
  const idOf = new Map(items.map(({ code, _id }) => [code, _id]));
  const indicators = measured.map(({ contentItem, ...rest }, index) => ({
    ...belonging('ind', owner, rest.code, old.indicators),
    ...rest,
    contentItemId: idOf.get(contentItem) ?? '',
    order: index + 1,
    origin: 'PLAN' as const,
  }));
  return { items, indicators };
}

const belonging = (
  prefix: string,
  { _id, code: campaign }: Owner,
  code: string,
  old: readonly { readonly _id: string; readonly code: string }[],
) => ({
  _id: old.find((row) => row.code === code)?._id ?? randomId(prefix),
  campaignId: _id,
  code,
  address: `${campaign}:${code}`,
});

/**
 * Puts new content in the place of the old one, and notes in the audit what changed. An indicator with targets stays:
 * taking it away is INPUT_INVALID.
 */
export async function replaceContent(
  tx: Tx<Models>,
  owner: Owner,
  old: Content,
  content: Content,
): Promise<void> {
  await keepTargets(tx, old.indicators, content.indicators);
  tx.faults.check();
  await replace(tx, tx.models.contentItems, owner._id, content.items);
  await replace(tx, tx.models.indicators, owner._id, content.indicators);
  const told = ({ items, indicators }: Content) => ({ contentItems: items, indicators });
  const changes = changesBetween(told(old), told(content), {});
  if (changes.length > 0) tx.note({ type: 'Campaign', entityIds: [owner._id], changes });
}

async function keepTargets(
  { models, options, faults }: Tx<Models>,
  old: readonly IndicatorRecord[],
  next: readonly IndicatorRecord[],
): Promise<void> {
  const kept = new Set(next.map(({ _id }) => _id));
  const gone = old.filter(({ _id }) => !kept.has(_id));
  if (gone.length === 0) return;
  const aimed = await models.targets.distinct(
    'indicatorId',
    { indicatorId: { $in: gone.map(({ _id }) => _id) } },
    options,
  );
  const codes = gone.flatMap(({ _id, code }) => (aimed.includes(_id) ? [code] : [])).join(', ');
  if (codes === '') return;
  faults.add('INPUT_INVALID', {
    path: ['input', 'draft', 'indicators'],
    params: {
      vi: `Chỉ tiêu ${codes} đã có mức đăng ký; hãy gỡ các mức đó trước.`,
      en: `There are targets of ${codes}; take those away first.`,
    },
  });
}

async function replace<Row extends { readonly _id: string }>(
  { options }: Tx<Models>,
  model: Model<Row>,
  campaignId: string,
  rows: readonly Row[],
): Promise<void> {
  await model.collection.deleteMany({ campaignId }, options);
  if (rows.length > 0) await model.collection.insertMany([...rows] as never, options);
}
