import { type Connection, type Model, Schema } from 'mongoose';
import type { CampaignCopy } from '../../schema/events.ts';

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

/** Gives the row of a copy as the owner's feed carries it. */
export const campaignCopyRow = ({ id, ...rest }: CampaignCopy): CampaignCopyRow => ({ _id: id, ...rest });
