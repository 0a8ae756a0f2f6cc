import { readFileSync } from 'node:fs';
import { followCampaigns } from '../copies/followCampaigns.ts';
import { followUnits } from '../copies/followUnits.ts';
import type { SubgraphDefinition } from '../subgraph.ts';
import { outcomes } from './codes.ts';
import { householdCube } from './cube/households.ts';
import { houseCube } from './cube/houses.ts';
import { supportCube } from './cube/support.ts';
import { type ActivitiesRows, load } from './load.ts';
import { type Context, createContext } from './loaders.ts';
import { migrations } from './migrations.ts';
import { type Models, modelsOf } from './model/models.ts';
import { retainPeople } from './personal/retain.ts';
import { turnKeys } from './personal/turnKeys.ts';
import { resolvers } from './resolvers.ts';

/** The subgraph of support activities, houses and households helped. */
export const activities: SubgraphDefinition<Models, Context, ActivitiesRows> = {
  name: 'activities',
  sdl: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  models: modelsOf,
  context: createContext,
  outcomes,
  cubes: [supportCube, householdCube, houseCube],
  follows: [
    followUnits((models) =>
      [models.activities, models.houses].map((model) => ({
        model,
        unitId: 'unitId',
        unitPath: 'unitPath',
        scopePath: 'scopePath',
      })),
    ),
    followCampaigns(),
  ],
  jobs: [turnKeys, retainPeople],
  migrations,
  load,
};

export type { ActivitiesRows } from './load.ts';
export type { CatalogueRow } from './model/catalogue.ts';
export type { DeliveryRow } from './model/delivery.ts';
export type { ActivityFacts } from './model/derived.ts';
export type { Fact } from './model/facts.ts';
export type { HouseRow } from './model/house.ts';
