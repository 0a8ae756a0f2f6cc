import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { type DatabaseOptions, type RunningDatabase, startDatabase } from '../server.ts';

/** A database of one test file, with a client of the real driver. */
export interface TestDatabase {
  readonly dir: string;
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
  readonly running: RunningDatabase;
  /** Errors of the database's own making; a test file expects none. */
  readonly reported: Error[];
  stop(): Promise<void>;
}

export const { MongoClient, BSON, MongoServerError } = mongoose.mongo;

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-database-'));
}

/** Starts a database on a port of the system's choice, in a temporary directory unless one is given; it does not wait for the disk. */
export async function openTestDatabase(
  options: Partial<DatabaseOptions> = {},
  clientOptions: mongo.MongoClientOptions = {},
): Promise<TestDatabase> {
  const dir = options.dir ?? temporaryDirectory();
  const reported: Error[] = [];
  const report = (error: Error) => void reported.push(error);
  const running = await startDatabase({ port: 0, durable: false, report, ...options, dir });
  const client = await MongoClient.connect(running.uri, clientOptions);
  const stop = async (): Promise<void> => {
    await client.close();
    await running.close();
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
  };
  return { dir, client, db: client.db('test'), running, reported, stop };
}

/** The error of a promise that must be rejected. */
export async function errorOf(work: Promise<unknown>): Promise<mongo.MongoServerError> {
  try {
    await work;
  } catch (error) {
    return error as mongo.MongoServerError;
  }
  throw new Error('it did not fail');
}
