import { randomUUID } from 'node:crypto';
import { type Connection, createConnection } from 'mongoose';
import { inject } from 'vitest';
import type { Volumes } from '../../database/seed/volumes.ts';
import type { Viewer } from '../../server/viewer.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { Door } from '../../subgraphs/subgraph.ts';
import { type UnitsRows, units } from '../../subgraphs/units/index.ts';
import { treeOf } from '../harness/trees.ts';

/** Two provinces with their districts and communes, as they were before 2025. */
export const smallTree: Volumes['tree'] = {
  provinces: ['44', '45'],
  districts: 2,
  communes: 3,
  departments: 1,
  divisionsPerProvince: 1,
  teamsPerDistrict: 1,
  reorganised: false,
};

export const admin: Viewer = {
  subject: 'admin-1',
  role: 'ADMIN',
  unitPath: '/BCA/',
  scopes: [],
  locale: 'EN',
};
export const secondAdmin: Viewer = { ...admin, subject: 'admin-2' };
export const ministry: Viewer = { ...admin, subject: 'ministry-1', role: 'MINISTRY' };

export const today = '2026-01-15';
export const decision = { number: '01/QĐ-BCA', date: '2026-01-10' };

// biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
type Answer = any;

export interface Writing {
  readonly connection: Connection;
  readonly door: Door<UnitsRows>;
  readonly rows: UnitsRows;
  /** Sets the clock to the morning of a day. */
  readonly setDay: (day: string) => void;
  readonly ask: (
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<Answer>;
  /** Runs a mutation with a fresh key, the small decision and today as its day, unless the input says otherwise. */
  readonly run: (name: string, input: object, viewer?: Viewer) => Promise<Answer>;
  /** A unit as inputs name it, at its present version. */
  readonly at: (code: string) => Promise<{ code: string; expectedVersion: number }>;
  readonly collection: (name: string) => ReturnType<Connection['collection']>;
  /** Puts everything back to what was seeded, and the clock to today. */
  readonly reset: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

const plan = 'plan { total rows { code level change pathBefore pathAfter } facts { path } }';
const errors = 'userErrors { code severity path message params { name value } }';
const unit = 'unit { code name { vi } status path version existsFrom existsBefore parent { code } }';
const treePayload = `${unit} ${plan} ${errors}`;
const mergePayload = `proposal { id status version proposedBy decidedBy } ${treePayload}`;
const isMerge = (name: string) => name.endsWith('Merge') || name === 'mergeUnits';
const inputOf = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;

/** Opens the units door over a database of its own with a small tree; today is 2026-01-15. */
export async function writeUnits(tree: Volumes['tree'] = smallTree): Promise<Writing> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_units_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 50,
    monitorCommands: true,
  }).asPromise();
  let day = today;
  const door = openSubgraph(units, {
    connection,
    now: () => new Date(`${day}T03:00:00Z`),
    logUnexpected: (error) => console.error('unexpected error behind the door', error),
  });
  await door.migrate();
  const { rows } = treeOf({ tree });
  await door.load('test', () => rows);
  const seeded = await snapshot(connection);
  const ask: Writing['ask'] = async (document, variables, viewer = admin) => {
    const answer = await door.ask({ document, variables, viewer, requestId: 'test' });
    if (answer.errors) throw new Error(String(answer.errors[0]?.extensions?.code));
    return JSON.parse(JSON.stringify(answer.data));
  };
  return {
    connection,
    door,
    rows,
    ask,
    setDay: (next) => {
      day = next;
    },
    run: async (name, input, viewer) => {
      const isTree = !name.endsWith('Merge');
      const common = { idempotencyKey: randomUUID(), ...(isTree ? { decision, effectiveOn: today } : {}) };
      const document = `mutation ($input: ${inputOf(name)}!) {
        answer: ${name}(input: $input) { ${isMerge(name) ? mergePayload : treePayload} }
      }`;
      return (await ask(document, { input: { ...common, ...input } }, viewer)).answer;
    },
    at: async (code) => {
      const row = await connection.collection('units_units').findOne({ code });
      return { code, expectedVersion: row?.version ?? 1 };
    },
    collection: (name) => connection.collection(name),
    reset: async () => {
      day = today;
      await restore(connection, seeded);
    },
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** The codes of an answer's faults, with where they lie. */
export const faults = ({ userErrors }: Answer): string[] =>
  userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`);

/** A commune to open under a unit. */
export const commune = (code: string, parent: object, name = `Công an xã Mới ${code.slice(1, -2)}`) => ({
  code,
  level: 'COMMUNE',
  name: { vi: name },
  parent,
});

const seededCollections = ['units', 'versions', 'child_counts', 'events', 'links', 'areas'];
const written = ['merge_proposals', 'audit', 'outbox', 'idempotency'];

type Snapshot = ReadonlyMap<string, readonly object[]>;

async function snapshot(connection: Connection): Promise<Snapshot> {
  const read = async (name: string) =>
    [name, await connection.collection(`units_${name}`).find({}).toArray()] as const;
  return new Map(await Promise.all(seededCollections.map(read)));
}

async function restore(connection: Connection, seeded: Snapshot): Promise<void> {
  for (const name of [...seededCollections, ...written]) {
    const collection = connection.collection(`units_${name}`);
    await collection.deleteMany({});
    const rows = seeded.get(name) ?? [];
    if (rows.length > 0) await collection.insertMany([...rows]);
  }
}
