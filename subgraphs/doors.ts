import { openSubgraph } from './openSubgraph.ts';
import type { SubgraphName } from './registry.ts';
import type { DoorOptions } from './subgraph.ts';

/** How to open each door; a subgraph's code is loaded when its door is opened, so that a process holds only its own. */
const openers = {
  units: async (options: DoorOptions) => openSubgraph((await import('./units/index.ts')).units, options),
  campaigns: async (options: DoorOptions) =>
    openSubgraph((await import('./campaigns/index.ts')).campaigns, options),
  activities: async (options: DoorOptions) =>
    openSubgraph((await import('./activities/index.ts')).activities, options),
  awards: async (options: DoorOptions) => openSubgraph((await import('./awards/index.ts')).awards, options),
} satisfies Record<SubgraphName, (options: DoorOptions) => Promise<unknown>>;

export type Doors = { readonly [Name in SubgraphName]: Awaited<ReturnType<(typeof openers)[Name]>> };

/** Opens the door of one subgraph over its connection. */
export const openDoor = <Name extends SubgraphName>(name: Name, options: DoorOptions): Promise<Doors[Name]> =>
  openers[name](options) as Promise<Doors[Name]>;

/** Opens all four. */
export async function openDoors(optionsOf: (name: SubgraphName) => DoorOptions): Promise<Doors> {
  const [units, campaigns, activities, awards] = await Promise.all([
    openDoor('units', optionsOf('units')),
    openDoor('campaigns', optionsOf('campaigns')),
    openDoor('activities', optionsOf('activities')),
    openDoor('awards', optionsOf('awards')),
  ]);
  return { units, campaigns, activities, awards };
}
