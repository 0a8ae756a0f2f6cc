import type { Connection, Model } from 'mongoose';
import { type CampaignCopyRow, campaignCopyModel } from '../../copies/campaigns.ts';
import { type UnitCopyRow, unitCopyModel } from '../../copies/units.ts';
import { type ActivityRow, activityModel } from './activity.ts';
import { type CatalogueRow, catalogueModel } from './catalogue.ts';
import { type DeliveryRow, deliveryModel } from './delivery.ts';
import { type HouseRow, houseModel } from './house.ts';
import { type HouseholdNumberRow, householdNumberModel } from './householdNumber.ts';
import {
  type KnownHouseholdRow,
  knownHouseholdModel,
  type LookupRow,
  lookupModel,
  type SaltRow,
  saltModel,
} from './personal.ts';

/** All collections of this subgraph. */
export interface Models {
  readonly activities: Model<ActivityRow>;
  readonly houses: Model<HouseRow>;
  readonly deliveries: Model<DeliveryRow>;
  readonly householdNumbers: Model<HouseholdNumberRow>;
  readonly knownHouseholds: Model<KnownHouseholdRow>;
  readonly salts: Model<SaltRow>;
  readonly lookups: Model<LookupRow>;
  readonly catalogue: Model<CatalogueRow>;
  readonly units: Model<UnitCopyRow>;
  readonly campaigns: Model<CampaignCopyRow>;
}

/** Makes the models over a connection. */
export const modelsOf = (connection: Connection): Models => ({
  activities: activityModel(connection),
  houses: houseModel(connection),
  deliveries: deliveryModel(connection),
  householdNumbers: householdNumberModel(connection),
  knownHouseholds: knownHouseholdModel(connection),
  salts: saltModel(connection),
  lookups: lookupModel(connection),
  catalogue: catalogueModel(connection),
  units: unitCopyModel(connection, 'activities'),
  campaigns: campaignCopyModel(connection, 'activities'),
});
