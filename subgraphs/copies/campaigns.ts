import { type Connection, type Model, Schema } from 'mongoose';
import type { CampaignCopy } from '../../schema/events.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Filter } from '../records/keyset.ts';
import { seesAnyRow } from '../records/rows.ts';

/** What a subgraph that does not own campaigns keeps of them: code, status, dates, phases, content items. */
export interface CampaignCopyRow extends Omit<CampaignCopy, 'id'> {
  readonly _id: string;
}

/** Makes the model of a subgraph's copies of campaigns. */
export const campaignCopyModel = (connection: Connection, subgraph: string): Model<CampaignCopyRow> =>
  connection.model<CampaignCopyRow>(
    `${subgraph}.CampaignCopy`,
    new Schema<CampaignCopyRow>(
      {
        _id: { type: String, required: true },
        code: { type: String, required: true },
        status: { type: String, required: true },
        issuedOn: { type: String, required: true },
        launchedOn: { type: String, default: null },
        endsOn: { type: String, default: null },
        phases: { type: [{ _id: false, code: String, from: String, before: String }], required: true },
        contentItems: { type: [{ _id: false, id: String, code: String }], required: true },
        version: { type: Number, required: true },
      },
      { autoIndex: false, versionKey: false },
    ).index({ code: 1 }, { unique: true }),
    `${subgraph}_campaigns`,
  );

const drafts: readonly CampaignCopy['status'][] = ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED'];

/**
 * Gives the filter of the copies that a viewer may ask by: whoever reads no drafts is not told that one is there. A copy does
 * not know where its owner stands, so that who reads some drafts may ask by any; what a draft holds, its own subgraph guards.
 */
export const campaignCopyScope = (viewer: Viewer): Filter =>
  seesAnyRow(viewer, 'drafts:read') ? {} : { status: { $nin: drafts } };

/** Gives the row of a copy as the owner's feed carries it. */
export const campaignCopyRow = ({ id, ...rest }: CampaignCopy): CampaignCopyRow => ({ _id: id, ...rest });
