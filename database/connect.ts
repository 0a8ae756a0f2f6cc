import { type Connection, createConnection, type mongo } from 'mongoose';
import { StartError } from '../server/startError.ts';

export interface ConnectOptions {
  readonly uri: string;
  /** The variable that gave the URI, for messages. */
  readonly variable: string;
  /** Whether the driver reports every command; it then reads each answer twice. */
  readonly monitorCommands?: boolean | undefined;
  /** Hears when connections of the pool open, close, are taken and given back. */
  readonly onPool?: ((state: 'open' | 'in_use', change: 1 | -1) => void) | undefined;
}

const DATABASE = 'emulation';

/** Waiting longer for a lost database than a fetch may take would turn DATABASE_UNAVAILABLE into a time-out. */
const SELECTION_MS = 5_000;
const POOL = 50;

/**
 * Connects to a replica set. Indexes are never built here: that is what `npm run migrate` is for.
 * @throws StartError that names the variable, the place without its password, the cause and the cure.
 */
export async function connect({
  uri,
  variable,
  monitorCommands,
  onPool,
}: ConnectOptions): Promise<Connection> {
  const connection = createConnection();
  try {
    const opening = connection.openUri(uri, {
      ...unlessNamed(uri),
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      ...(monitorCommands ? { monitorCommands } : {}),
    });
    // A URI that cannot be parsed leaves no client; the reason comes with the promise below.
    opening.catch(() => {});
    const client = connection.getClient() as mongo.MongoClient | null;
    if (onPool && client) watchPool(client, onPool);
    await opening;
    await refuseStandalone(connection, variable);
    return connection;
  } catch (error) {
    await connection.close().catch(() => {});
    throw error instanceof StartError ? error : connectError(error as Error, uri, variable);
  }
}

/** Our defaults for what the connection string leaves open. */
const unlessNamed = (uri: string) => ({
  ...(/^mongodb(\+srv)?:\/\/[^/]+\/[^?]/u.test(uri) ? {} : { dbName: DATABASE }),
  ...(uri.includes('maxPoolSize=') ? {} : { maxPoolSize: POOL }),
  ...(uri.includes('serverSelectionTimeoutMS=') ? {} : { serverSelectionTimeoutMS: SELECTION_MS }),
});

/** A place to show: everything but user and password. */
const shown = (uri: string): string => uri.replace(/\/\/[^/]*@/u, '//').replace(/\?.*$/u, '');

function connectError(error: Error, uri: string, variable: string): StartError {
  const cure = error.name.endsWith('ServerSelectionError')
    ? 'Start it, or set the variable to where it runs; npm run database starts the embedded one.'
    : 'Correct the connection string.';
  const cause = error.message.replaceAll(uri, shown(uri));
  return new StartError(`${variable}: MongoDB at ${shown(uri)} cannot be used: ${cause}. ${cure}`, {
    cause: error,
  });
}

/** Transactions and change streams need a replica set, even one of a single node (MongoDB manual, "Transactions"). */
async function refuseStandalone(connection: Connection, variable: string): Promise<void> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.setName || hello?.msg === 'isdbgrid') return;
  throw new StartError(
    `${variable}: this MongoDB is no replica set. Start it with mongod --replSet rs0 and run rs.initiate() once in mongosh.`,
  );
}

function watchPool(client: mongo.MongoClient, onPool: NonNullable<ConnectOptions['onPool']>): void {
  client.on('connectionCreated', () => onPool('open', 1));
  client.on('connectionClosed', () => onPool('open', -1));
  client.on('connectionCheckedOut', () => onPool('in_use', 1));
  client.on('connectionCheckedIn', () => onPool('in_use', -1));
}
