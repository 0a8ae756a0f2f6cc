import { type Connection, createConnection } from 'mongoose';
import type { SeedDoors } from '../../database/seed/seed.ts';
import { activities } from '../../subgraphs/activities/index.ts';
import { awards } from '../../subgraphs/awards/index.ts';
import { campaigns } from '../../subgraphs/campaigns/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { SecretKey } from '../../subgraphs/records/secrets.ts';
import { units } from '../../subgraphs/units/index.ts';

export interface OpenedDoors {
  readonly connection: Connection;
  readonly doors: SeedDoors;
}

/** The day that all tests believe it is. */
export const testNow = new Date('2026-01-15T03:00:00Z');

/** A key of personal data that is known to everybody. */
export const testKey = (id: string, byte = 1): SecretKey => ({ id, key: Buffer.alloc(32, byte) });

/** Opens the four doors over one database; errors that would be masked are thrown into the test's log. */
export async function openDoors(uri: string, database: string, now: Date = testNow): Promise<OpenedDoors> {
  const connect = () =>
    createConnection(uri, {
      dbName: database,
      autoIndex: false,
      autoCreate: false,
      monitorCommands: true,
    }).asPromise();
  const connection = await connect();
  const options = {
    connection,
    monitored: oneMore(connection, connect),
    now: () => now,
    secrets: { pii: [testKey('test')], retentionMonths: 24 },
    logUnexpected: (error: unknown) => console.error('unexpected error behind a door', error),
  };
  return {
    connection,
    doors: {
      units: openSubgraph(units, options),
      campaigns: openSubgraph(campaigns, options),
      activities: openSubgraph(activities, options),
      awards: openSubgraph(awards, options),
    },
  };
}

/** Opens a second connection when asked, once, and closes it after the first one. */
function oneMore(first: Connection, connect: () => Promise<Connection>): () => Promise<Connection> {
  let opened: Promise<Connection> | undefined;
  first.once('close', async () => (await opened)?.close());
  return () => {
    opened ??= connect();
    return opened;
  };
}
