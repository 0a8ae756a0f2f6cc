import { type Connection as Database, type Model, Schema } from 'mongoose';
import type { Connection } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import {
  type LocalizedTextRecord,
  localizedText,
  type Place,
  place,
  plain,
  type Stamps,
  stamps,
} from './shapes.ts';

export const participationStatuses = ['REGISTERED', 'LAUNCHED', 'SUMMARISED', 'WITHDRAWN'] as const;
export type ParticipationStatus = (typeof participationStatuses)[number];

export interface ParticipationRecord extends Place, Stamps {
  readonly _id: string;
  readonly campaignId: string;
  readonly status: ParticipationStatus;
  readonly registeredOn: string | null;
  readonly launchedOn: string | null;
  readonly localTheme: LocalizedTextRecord | null;
  /** Codes of award forms that the unit registered to strive for. */
  readonly registeredTitles: readonly string[];
  readonly launchedCampaignId: string | null;
  readonly synthetic: boolean;
}

export type ParticipationConnectionRecord = Connection<ParticipationRecord>;

export const participationFields: ProjectionMap = {
  always: ['campaignId', 'unitId'],
  fields: { campaign: [], unit: [], launchedCampaign: ['launchedCampaignId'], audit: [] },
};

const schema = new Schema<ParticipationRecord>(
  {
    _id: { type: String, required: true },
    campaignId: { type: String, required: true },
    ...place,
    status: { type: String, required: true },
    registeredOn: { type: String, default: null },
    launchedOn: { type: String, default: null },
    localTheme: localizedText,
    registeredTitles: { type: [String], required: true },
    launchedCampaignId: { type: String, default: null },
    synthetic: { type: Boolean, required: true },
    ...stamps,
  },
  plain,
)
  .index({ campaignId: 1, unitId: 1 }, { unique: true })
  .index({ campaignId: 1, pathAtEvent: 1, _id: 1 })
  .index({ campaignId: 1, line: 1, pathAtEvent: 1, _id: 1 })
  .index({ campaignId: 1, status: 1, pathAtEvent: 1, _id: 1 })
  .index({ unitId: 1, registeredOn: -1, _id: -1 });

export const participationModel = (database: Database): Model<ParticipationRecord> =>
  database.model<ParticipationRecord>('campaigns.Participation', schema, 'campaigns_participations');
