import type { Model, mongo } from 'mongoose';
import { campaignCopy } from '../../schema/events.ts';
import type { Follow } from '../records/feed/consumer.ts';
import { type CampaignCopyRow, campaignCopyRow } from './campaigns.ts';

interface WithCampaigns {
  readonly campaigns: Model<CampaignCopyRow>;
}

/** Makes what a subgraph does with the events of campaigns: it takes newer copies, each by one write. */
export const followCampaigns = <Models extends WithCampaigns>(): Follow<Models> => ({
  source: 'campaigns',
  apply: async ({ campaigns }, events, session) => {
    const rows = events
      .filter(({ type, copy }) => type === 'Campaign' && copy !== null)
      .map(({ copy }) => campaignCopyRow(campaignCopy.parse(copy)));
    const known = await campaigns
      .find({ _id: { $in: rows.map(({ _id }) => _id) } }, { version: 1 }, { session })
      .lean<Pick<CampaignCopyRow, '_id' | 'version'>[]>();
    const versions = new Map(known.map(({ _id, version }) => [_id, version]));
    const newest = new Map<string, CampaignCopyRow>();
    for (const row of rows) {
      const held = newest.get(row._id)?.version ?? versions.get(row._id) ?? 0;
      if (row.version > held) newest.set(row._id, row);
    }
    if (newest.size === 0) return;
    await (campaigns.collection as unknown as mongo.Collection<CampaignCopyRow>).bulkWrite(
      [...newest.values()].map((row) => ({
        replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true },
      })),
      { session },
    );
  },
});
