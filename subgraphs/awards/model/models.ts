import type { Connection, Model } from 'mongoose';
import { type CampaignCopyRow, campaignCopyModel } from '../../copies/campaigns.ts';
import { type UnitCopyRow, unitCopyModel } from '../../copies/units.ts';
import { type AwardRecord, awardModel } from './awards.ts';
import { type CatalogueModels, catalogueModels } from './catalogue.ts';
import { type AwardDossierRecord, dossierModel } from './dossiers.ts';
import { type TurnRow, turnModel } from './turns.ts';

/** Every collection of the awards subgraph. */
export interface Models extends CatalogueModels {
  readonly dossiers: Model<AwardDossierRecord>;
  readonly awards: Model<AwardRecord>;
  readonly turns: Model<TurnRow>;
  readonly units: Model<UnitCopyRow>;
  readonly campaigns: Model<CampaignCopyRow>;
}

/** Makes the models over a connection; opens nothing. */
export const awardsModels = (connection: Connection): Models => ({
  ...catalogueModels(connection),
  dossiers: dossierModel(connection),
  awards: awardModel(connection),
  turns: turnModel(connection),
  units: unitCopyModel(connection, 'awards'),
  campaigns: campaignCopyModel(connection, 'awards'),
});
