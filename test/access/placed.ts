import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { inject } from 'vitest';
import { type SeedDoors, seed } from '../../database/seed/seed.ts';
import { openDoors } from '../harness/doors.ts';
import { testVolumes } from '../harness/volumes.ts';
import { type Place, placeNames, places } from './viewers.ts';

/** A row as far as a test addresses it. */
export interface PlacedRow {
  readonly _id: string;
  readonly code?: string;
  readonly number?: string;
  readonly version: number;
}
export type AtPlaces = Readonly<Record<Place, PlacedRow>>;

/** Four rows of each kind, one at each place. */
export interface Placed {
  readonly connection: Connection;
  readonly doors: SeedDoors;
  readonly drafts: AtPlaces;
  readonly reports: AtPlaces;
  readonly activities: AtPlaces;
  readonly houses: AtPlaces;
  /** Activities with rows of households, and one such row of each. */
  readonly listed: AtPlaces;
  readonly households: AtPlaces;
  /** Decided by the head of a unit, or by the minister. */
  readonly dossiers: AtPlaces;
  readonly ministers: AtPlaces;
  /** Awards of persons who did not consent to be named. */
  readonly awards: AtPlaces;
  /** Units that stand at the places. */
  readonly units: AtPlaces;
  /** What stands where the unit does that writes it. */
  readonly articles: AtPlaces;
  readonly targets: AtPlaces;
  readonly participations: AtPlaces;
  /** Clusters of one member each. */
  readonly clusters: AtPlaces;
  readonly close: () => Promise<void>;
}

/** Opens the four doors over a database of their own whose seed has rows of every kind at each of the places. */
export async function openPlaced(): Promise<Placed> {
  const { connection, doors } = await openDoors(inject('mongodbUri'), `test_${randomUUID().slice(0, 8)}`);
  for (const door of Object.values(doors)) await door.migrate();
  await seed({ doors, name: 'test', volumes: testVolumes });
  const put = placing(connection);
  const withRows = await connection.collection('activities_deliveries').distinct('activityId');
  const listed = await put('activities_activities', { _id: { $in: withRows }, 'house.id': null });
  const evidence = [{ number: null, date: null, title: null, url: null, sha256: 'a'.repeat(64) }];
  const activities = await put('activities_activities', { 'house.id': { $gt: '' } }, { evidence });
  const byActivity = (rows: AtPlaces) => (place: Place) => ({ activityId: rows[place]._id });
  const drafts = await put('campaigns_campaigns', { parentId: { $ne: null } }, { status: 'DRAFT' });
  const known = { _id: { $in: Object.values(drafts).map(({ _id }) => _id) } };
  // What others keep of a campaign tells its status too.
  for (const copies of ['activities_campaigns', 'awards_campaigns'])
    await connection.collection(copies).updateMany(known as never, { $set: { status: 'DRAFT' } });
  const units = await standing(connection);
  const byUnit = (place: Place) => ({ unitId: units[place]._id });
  const placed = {
    units,
    articles: await put('campaigns_articles', { withdrawnOn: null }, byUnit),
    targets: await put('campaigns_targets', {}, byUnit),
    participations: await put('campaigns_participations', {}, byUnit),
    clusters: await clones(connection, 'campaigns_clusters', 'clu', (place) => ({
      memberIds: [units[place]._id],
      leaderId: null,
      closedOn: null,
    })),
    drafts,
    reports: await put('campaigns_reports', { status: { $ne: 'LOCKED' } }),
    activities,
    houses: await put('activities_houses', byActivity(activities)),
    listed,
    households: await put('activities_deliveries', byActivity(listed)),
    dossiers: await put('awards_dossiers', { decidedBy: 'UNIT_HEAD' }),
    ministers: await put('awards_dossiers', { decidedBy: 'MINISTER' }),
    awards: await put(
      'awards_awards',
      { 'recipient.kind': 'INDIVIDUAL' },
      { 'recipient.consented': false, status: 'DECIDED' },
    ),
  };
  await auditAll(connection, placed);
  return {
    ...placed,
    connection,
    doors,
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** Makes what puts one row of a collection at each place, and writes more into it. */
const placing =
  (connection: Connection) =>
  async (
    collection: string,
    which: object | ((place: Place) => object),
    change: object | ((place: Place) => object) = {},
  ): Promise<AtPlaces> => {
    const rows = connection.collection<PlacedRow>(collection);
    const taken: string[] = [];
    const found = {} as Record<Place, PlacedRow>;
    for (const place of placeNames) {
      const path = places[place];
      const where = collection.startsWith('awards_dossiers')
        ? { proposerPath: path, decidingPath: path }
        : {};
      const wanted = typeof which === 'function' ? which(place) : which;
      const row = await rows.findOneAndUpdate(
        { $and: [wanted, { _id: { $nin: taken } }] } as never,
        {
          $set: { scopePath: path, ...where, ...(typeof change === 'function' ? change(place) : change) },
        } as never,
        { sort: { _id: 1 }, returnDocument: 'after' },
      );
      if (!row) throw new Error(`The seed has too few rows of ${collection} for ${JSON.stringify(wanted)}.`);
      taken.push(row._id);
      found[place] = row;
    }
    return found;
  };

/**
 * Lets a unit stand at each place today: where a unit's records stand goes by that, and those that stood there in 2021
 * have been merged into others since.
 */
async function standing(connection: Connection): Promise<AtPlaces> {
  const version = {
    level: 'COMMUNE',
    provinceCode: null,
    regionCode: null,
    from: '1945-08-19',
    before: null,
  };
  const ofUnit = (place: Place) => ({ path: places[place], ...version });
  const units = await clones(connection, 'units_units', 'unt', ofUnit);
  await clones(connection, 'campaigns_units', 'unt', (place) => ({
    versions: [ofUnit(place)],
    successorId: null,
  }));
  return units;
}

/** Adds one row at each place, like the first one of a collection but for its id, its code and some fields. */
async function clones(
  connection: Connection,
  collection: string,
  prefix: string,
  fields: (place: Place) => object,
): Promise<AtPlaces> {
  const rows = connection.collection<PlacedRow>(collection);
  // A place in the stream of changes is one row's alone.
  const seeded = await rows.findOne({}, { sort: { _id: 1 }, projection: { seq: 0 } });
  if (!seeded) throw new Error(`The seed has no ${collection}.`);
  const made = placeNames.map((place): [Place, PlacedRow] => {
    const named = { _id: `${prefix}_at_${place}`, code: `AT-${place.toUpperCase()}` };
    return [place, { ...seeded, ...named, ...fields(place) }];
  });
  await rows.insertMany(made.map(([, row]) => row));
  return Object.fromEntries(made) as unknown as AtPlaces;
}

/** The subgraph and the type of each kind of row that is audited. */
const audited = {
  units: ['units', 'Unit'],
  drafts: ['campaigns', 'Campaign'],
  reports: ['campaigns', 'ProgressReport'],
  articles: ['campaigns', 'Article'],
  targets: ['campaigns', 'IndicatorTarget'],
  participations: ['campaigns', 'Participation'],
  clusters: ['campaigns', 'EmulationCluster'],
  activities: ['activities', 'SupportActivity'],
  houses: ['activities', 'HouseProject'],
  households: ['activities', 'Beneficiary'],
  dossiers: ['awards', 'AwardDossier'],
  awards: ['awards', 'Award'],
} as const;
export type Audited = keyof typeof audited;
export const auditedKinds = Object.keys(audited) as Audited[];

/** What was done to each row, as commands write it down. */
async function auditAll(connection: Connection, placed: Readonly<Record<Audited, AtPlaces>>): Promise<void> {
  for (const kind of auditedKinds) {
    const [subgraph, type] = audited[kind];
    await connection.collection<{ _id: string }>(`${subgraph}_audit`).insertMany(
      placeNames.map((place) => ({
        ...{ _id: `aud_${kind}_${place}`, at: new Date('2026-01-10T02:00:00Z'), action: 'change', type },
        ...{ entityIds: [placed[kind][place]._id], version: 2, subject: 'somebody', role: 'OFFICER' },
        ...{ unitPath: places[place], requestId: 'r', reason: 'Ghi sai', acknowledged: [] },
        changes: [{ field: 'title', before: 'Cũ', after: 'Mới' }],
      })),
    );
  }
}
