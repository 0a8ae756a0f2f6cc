import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { inject } from 'vitest';
import type { Volumes } from '../../database/seed/volumes.ts';
import { demoViewer } from '../../server/viewer.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import { type UnitsRows, units } from '../../subgraphs/units/index.ts';
import { countCommands } from '../harness/price.ts';
import { treeOf } from '../harness/trees.ts';

/** An answer of the units door, and how many MongoDB commands it took. */
interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly data: any;
  readonly errors: FormattedExecutionResult['errors'];
  readonly commands: number;
}

export interface OpenedUnits {
  readonly connection: Connection;
  readonly ask: (document: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Brings the database to where the code needs it. */
  readonly migrate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the units door over a database of its own with a tree of that size; today is 2026-01-15. */
export const openUnits = (volumes: Pick<Volumes, 'tree'>): Promise<OpenedUnits> =>
  openUnitsOf(() => treeOf(volumes).rows);

/** Opens the units door over a database of its own with these units; today is 2026-01-15. */
export async function openUnitsOf(rows: () => UnitsRows): Promise<OpenedUnits> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    monitorCommands: true,
  }).asPromise();
  const door = openSubgraph(units, {
    connection,
    now: () => new Date('2026-01-15T03:00:00Z'),
    logUnexpected: (error) => console.error('unexpected error behind the door', error),
  });
  await door.migrate();
  await door.load('test', rows);
  const counter = countCommands(connection);
  return {
    connection,
    migrate: door.migrate,
    ask: async (document, variables) => {
      counter.take();
      const { data, errors } = await door.ask({
        document,
        variables,
        viewer: demoViewer,
        requestId: 'test',
      });
      return { data, errors, commands: counter.take().units ?? 0 };
    },
    close: async () => {
      counter.stop();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
