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
  return {
    connection,
    doors,
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
    change: object = {},
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
          $set: { scopePath: path, ...where, ...change },
        } as never,
        { sort: { _id: 1 }, returnDocument: 'after' },
      );
      if (!row) throw new Error(`The seed has too few rows of ${collection} for ${JSON.stringify(wanted)}.`);
      taken.push(row._id);
      found[place] = row;
    }
    return found;
  };
