import type { CampaignCopy } from '../../../schema/events.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { campaignScope } from '../loaders/access.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { ContentItemRecord } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import { campaigns } from './aggregates.ts';

type CampaignFields = Omit<CampaignRecord, '_id' | 'version' | 'createdAt' | 'updatedAt'>;
type Item = Pick<ContentItemRecord, '_id' | 'code'>;

/** Gives what other subgraphs keep of a campaign (schema/events.ts). */
export const campaignCopyOf = (
  row: Pick<
    CampaignRecord,
    '_id' | 'code' | 'status' | 'issuedOn' | 'launchedOn' | 'endsOn' | 'phases' | 'version'
  >,
  items: readonly Item[],
): CampaignCopy => ({
  id: row._id,
  code: row.code,
  status: row.status,
  issuedOn: row.issuedOn,
  launchedOn: row.launchedOn,
  endsOn: row.endsOn,
  phases: row.phases.map(({ code, from, before }) => ({ code, from, before })),
  contentItems: items.map(({ _id, code }) => ({ id: _id, code })),
  version: row.version,
});

/** Changes a campaign and tells others of it. `items` are its content items where they change too. */
export async function changeCampaign(
  tx: Tx<Models>,
  row: CampaignRecord,
  change: Partial<CampaignFields>,
  items?: readonly Item[],
): Promise<{ id: string }> {
  const all =
    items ??
    (await tx.models.contentItems
      .find({ campaignId: row._id }, { code: 1 }, tx.options)
      .sort({ order: 1 })
      .lean<Item[]>());
  const copy = campaignCopyOf({ ...row, ...change, version: row.version + 1 }, all);
  await tx.update(campaigns, row, change, { copy });
  return { id: row._id };
}

/** Gives a campaign that the viewer may see by its code. Refuses with NOT_FOUND at the input field that names it. */
export async function campaignByCode(tx: Tx<Models>, code: string, field: string): Promise<CampaignRecord> {
  const row = await tx.models.campaigns
    .findOne({ $and: [{ code }, campaignScope(tx.viewer)] }, {}, tx.options)
    .lean<CampaignRecord>();
  return (
    row ?? tx.faults.refuse('NOT_FOUND', { path: ['input', field], params: { type: 'Campaign', key: code } })
  );
}

/** Gives the campaign that another one carries out; null for one of its own. */
export const parentOf = async (
  tx: Tx<Models>,
  { parentId }: Pick<CampaignRecord, 'parentId'>,
): Promise<CampaignRecord | null> =>
  parentId === null
    ? null
    : tx.models.campaigns.findOne({ _id: parentId }, {}, tx.options).lean<CampaignRecord>();

/** Gives a campaign that the viewer may see by its id; null when there is none. */
export const visibleCampaign = (tx: Tx<Models>, id: string): Promise<CampaignRecord | null> =>
  tx.models.campaigns
    .findOne({ $and: [{ _id: id }, campaignScope(tx.viewer)] }, {}, tx.options)
    .lean<CampaignRecord>();
