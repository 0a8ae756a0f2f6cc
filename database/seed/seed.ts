import type { ActivitiesRows } from '../../subgraphs/activities/index.ts';
import type { AwardsRows } from '../../subgraphs/awards/index.ts';
import type { CampaignsRows } from '../../subgraphs/campaigns/index.ts';
import { once } from '../../subgraphs/records/once.ts';
import type { Door, LoadOptions } from '../../subgraphs/subgraph.ts';
import type { UnitsRows } from '../../subgraphs/units/index.ts';
import { buildActivities } from './activities/activities.ts';
import { buildAwards } from './awards/awards.ts';
import { buildCampaigns } from './campaigns/campaigns.ts';
import { buildTree } from './units/tree.ts';
import type { Volumes } from './volumes.ts';

/** The doors that a seed is carried through. */
export interface SeedDoors {
  readonly units: Door<UnitsRows>;
  readonly campaigns: Door<CampaignsRows>;
  readonly activities: Door<ActivitiesRows>;
  readonly awards: Door<AwardsRows>;
}

export interface SeedOptions {
  readonly doors: SeedDoors;
  /** The seed's name: a database that holds it already is left alone. */
  readonly name: string;
  readonly volumes: Volumes;
  /** Hears which subgraph has taken how many rows since the last call. */
  readonly onRows?: (subgraph: keyof SeedDoors, count: number) => void;
  /** Hears of which subgraph how many rows were added up in its cubes since the last call. */
  readonly onCounted?: (subgraph: keyof SeedDoors, count: number) => void;
  /** Whether the cubes are built too, or left to the doors once they start. */
  readonly cubes?: LoadOptions['cubes'];
}

/** Counts the changes of the seed itself: a database that holds an older one takes the new rows too. */
const SEED_VERSION = 1;

/**
 * Fills a database: the unit tree, the campaign, then the synthetic activities and awards, each through its own door.
 * Running it again adds what is missing and changes nothing that is there. Gives the subgraphs that took rows.
 */
export async function seed({
  doors,
  name,
  volumes,
  onRows = () => {},
  onCounted = () => {},
  cubes,
}: SeedOptions): Promise<(keyof SeedDoors)[]> {
  const load = `${name}@${SEED_VERSION}`;
  const tree = once(() => buildTree(volumes));
  const campaigns = once(() => buildCampaigns(volumes, tree()));
  const activities = once(() => buildActivities(volumes, tree(), campaigns().copies));
  const awards = once(() => buildAwards(volumes, tree(), campaigns().copies, activities().refs));
  const step =
    <Rows>(subgraph: keyof SeedDoors, door: Door<Rows>, rows: () => Rows) =>
    async () =>
      (await door.load(load, rows, {
        onRows: (count) => onRows(subgraph, count),
        onCounted: (count) => onCounted(subgraph, count),
        cubes,
      }))
        ? [subgraph]
        : [];
  const steps = [
    step('units', doors.units, () => tree().rows),
    step('campaigns', doors.campaigns, () => campaigns().rows),
    step('activities', doors.activities, () => activities().rows),
    step('awards', doors.awards, () => awards().rows),
  ];
  const taken: (keyof SeedDoors)[] = [];
  for (const take of steps) taken.push(...(await take()));
  return taken;
}
