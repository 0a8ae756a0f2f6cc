import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { inject } from 'vitest';
import { buildAwards } from '../../database/seed/awards/awards.ts';
import type { SeedTree } from '../../database/seed/units/tree.ts';
import type { CampaignCopy } from '../../schema/events.ts';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { type AwardsRows, awards } from '../../subgraphs/awards/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import { seededId } from '../../subgraphs/records/ids.ts';
import { countCommands } from '../harness/price.ts';
import { treeOf } from '../harness/trees.ts';
import { testVolumes } from '../harness/volumes.ts';

/** The day these tests believe it is: after everything that the seed tells. */
export const today = '2026-12-01';

export const campaign: CampaignCopy = {
  id: seededId('cmp', 'BCA-2021-COVID-TDDB'),
  code: 'BCA-2021-COVID-TDDB',
  status: 'ACTIVE',
  issuedOn: '2021-08-15',
  launchedOn: '2021-08-17',
  endsOn: null,
  phases: [{ code: 'BCA-2021-COVID-TDDB:P1', from: '2021-08-15', before: '2021-11-16' }],
  contentItems: [],
  version: 1,
};

/** A viewer of a role whose subtree begins at a path. */
export const viewerOf = (role: Viewer['role'], unitPath: string | null, scopes: string[] = []): Viewer => ({
  ...demoViewer,
  subject: `test-${role}`,
  role,
  unitPath,
  scopes,
});

export interface AwardsDoor {
  readonly connection: Connection;
  readonly rows: AwardsRows;
  readonly tree: SeedTree;
  /** Asks the door as the ministry, or as another viewer. */
  readonly ask: (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<FormattedExecutionResult & { readonly commands: number }>;
  /** Asks for entities, as the gateway does. */
  readonly entities: (
    typename: string,
    keys: readonly Readonly<Record<string, string>>[],
    selection: string,
    viewer?: Viewer,
  ) => Promise<FormattedExecutionResult & { readonly commands: number }>;
  readonly close: () => Promise<void>;
}

const volumes = {
  ...testVolumes,
  tree: { ...testVolumes.tree, provinces: ['01', '44', '45', '49'] },
  dossiers: 400,
};

/** Opens the awards' door over a seeded database of its own. */
export async function openAwardsDoor(): Promise<AwardsDoor> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_awards_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    monitorCommands: true,
  }).asPromise();
  const unexpected: unknown[] = [];
  const door = openSubgraph(awards, {
    connection,
    now: () => new Date(`${today}T03:00:00Z`),
    logUnexpected: (error) => unexpected.push(error),
  });
  const tree = treeOf(volumes);
  const activities = tree.copies
    .filter(({ versions }) => versions[0]?.level === 'COMMUNE' && versions[0].from <= '2021-08-20')
    .map(({ id }) => ({ id: seededId('act', id), unitId: id, startsOn: '2021-08-25' }));
  const { rows } = buildAwards(volumes, tree, [campaign], activities);
  await door.migrate();
  await door.load('test', () => rows);
  const commands = countCommands(connection);
  const ask: AwardsDoor['ask'] = async (document, variables, viewer = demoViewer) => {
    commands.take();
    const answer = await door.ask({ document, variables, viewer, requestId: 'test' });
    if (unexpected.length > 0) throw unexpected[0];
    const counts = commands.take();
    return { ...answer, commands: Object.values(counts).reduce((sum, count) => sum + count, 0) };
  };
  return {
    connection,
    rows,
    tree,
    ask,
    entities: (typename, keys, selection, viewer) =>
      ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`,
        { representations: keys.map((key) => ({ __typename: typename, ...key })) },
        viewer,
      ),
    close: async () => {
      commands.stop();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
