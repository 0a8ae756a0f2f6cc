import { createServer, type Server, type Socket } from 'node:net';
import { answer } from './commands/dispatch.ts';
import { REPLICA_SET } from './commands/hello.ts';
import { Engine } from './engine.ts';
import { Maintenance } from './maintenance.ts';
import { Connection } from './wire/connection.ts';

export interface DatabaseOptions {
  readonly dir: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly changeLogBytes?: number;
  readonly freeBytes?: () => number;
  readonly spaceFloor?: number;
  /** False lets a write be acknowledged before it is on disk. */
  readonly durable?: boolean;
  /** Told about a write error after which the process must end; until then only reads are answered. */
  readonly onFatal?: (error: unknown) => void;
  /** Told about errors that are this program's own. */
  readonly report?: (error: Error) => void;
  /** Enables `configureFailPoint`, by which drivers test their retries. */
  readonly testCommands?: boolean;
  /** How long a transaction may stay open, in seconds; 60 when left out, as in MongoDB. */
  readonly transactionSeconds?: number | undefined;
}

export interface RunningDatabase {
  readonly uri: string;
  readonly port: number;
  /** Everything behind the socket, for tests that look at it. */
  readonly engine: Engine;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function accept(engine: Engine, open: Set<Connection>, socket: Socket): void {
  engine.counters.opened(socket);
  const connection = new Connection(socket, (message, from) => answer(engine, message, from));
  open.add(connection);
  connection.onClose(() => {
    engine.counters.closed(socket);
    open.delete(connection);
  });
}

/**
 * Opens a data directory and serves it on the loopback interface. Throws DirectoryInUse, UnreadableData, or the
 * error of a port that is taken.
 */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const engine = new Engine({ ...options, onFatal: options.onFatal ?? (() => undefined) });
  const open = new Set<Connection>();
  const server = createServer((socket) => accept(engine, open, socket));
  try {
    const port = await listen(server, options.port);
    engine.address = `${HOST}:${port}`;
    await engine.recover();
    const maintenance = new Maintenance(engine);
    maintenance.start();
    const close = async (): Promise<void> => {
      const closed = new Promise((resolve) => server.close(resolve));
      await maintenance.stop();
      for (const connection of open) connection.close();
      await closed;
      await engine.close();
    };
    return { uri: `mongodb://${HOST}:${port}/?replicaSet=${REPLICA_SET}`, port, engine, close };
  } catch (error) {
    server.close();
    await engine.close();
    throw error;
  }
}
