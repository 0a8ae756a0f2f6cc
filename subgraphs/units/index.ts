import { readFileSync } from 'node:fs';
import type { SubgraphDefinition } from '../subgraph.ts';
import { outcomes } from './codes.ts';
import { settleUnitsJob } from './commands/settleUnits.ts';
import { type Context, createContext } from './loaders.ts';
import { migrations } from './migrations.ts';
import { createModels, load, type Models, type UnitsRows } from './model/models.ts';
import { resolvers } from './resolvers.ts';

export type { AdminAreaRecord, RegionRecord } from './model/area.ts';
export type { UnitEventRecord, UnitLinkRecord } from './model/event.ts';
export type { UnitsRows } from './model/models.ts';
export type { UnitNameRecord, UnitRow } from './model/unit.ts';
export type { UnitVersionRow } from './model/version.ts';

/** The subgraph of units: who they are, the tree they form, and how both change with time. */
export const units: SubgraphDefinition<Models, Context, UnitsRows> = {
  name: 'units',
  sdl: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  models: createModels,
  context: createContext,
  outcomes,
  jobs: [settleUnitsJob],
  migrations,
  load,
};
