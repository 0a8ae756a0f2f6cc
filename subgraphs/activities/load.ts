import type { CampaignCopy, UnitCopy } from '../../schema/events.ts';
import { campaignCopyRow } from '../copies/campaigns.ts';
import { unitCopyRow } from '../copies/units.ts';
import { insertAll } from '../records/insertAll.ts';
import type { CatalogueRow } from './model/catalogue.ts';
import type { DeliveryRow } from './model/delivery.ts';
import { type ActivityFacts, withDerived } from './model/derived.ts';
import type { HouseRow } from './model/house.ts';
import type { Models } from './model/models.ts';

/** What a seed gives this subgraph. Large lists may be generators: they are read once, in batches. */
export interface ActivitiesRows {
  readonly units: Iterable<UnitCopy>;
  readonly campaigns: Iterable<CampaignCopy>;
  readonly catalogue: Iterable<CatalogueRow>;
  readonly activities: Iterable<ActivityFacts>;
  readonly houses: Iterable<HouseRow>;
  readonly deliveries: Iterable<DeliveryRow>;
}

function* mapped<From, To>(rows: Iterable<From>, to: (row: From) => To): Generator<To> {
  for (const row of rows) yield to(row);
}

/** Adds the rows that are not there yet; what a fact refers to comes before the fact. */
export async function load(
  models: Models,
  rows: ActivitiesRows,
  onRows: (count: number) => void,
): Promise<void> {
  await insertAll(models.units, mapped(rows.units, unitCopyRow), onRows);
  await insertAll(models.campaigns, mapped(rows.campaigns, campaignCopyRow), onRows);
  await insertAll(models.catalogue, rows.catalogue, onRows);
  await insertAll(models.activities, mapped(rows.activities, withDerived), onRows);
  await insertAll(models.houses, rows.houses, onRows);
  await insertAll(models.deliveries, rows.deliveries, onRows);
}
