import { randomUUID } from 'node:crypto';
import { type Connection, createConnection, type Model, Schema } from 'mongoose';
import { inject } from 'vitest';
import { z } from 'zod';
import { demoViewer, type Viewer } from '../../server/viewer.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { Aggregate, Versioned } from '../../subgraphs/records/command/aggregate.ts';
import { commandInput, localizedText, onExisting } from '../../subgraphs/records/command/inputs.ts';
import { advance, type Machine } from '../../subgraphs/records/command/machine.ts';
import { requireRole } from '../../subgraphs/records/command/reach.ts';
import { type Command, type CommandRunner, DryRun } from '../../subgraphs/records/command/runCommand.ts';
import type { Follow } from '../../subgraphs/records/feed/consumer.ts';
import { randomId } from '../../subgraphs/records/ids.ts';
import type { Door, SubgraphDefinition } from '../../subgraphs/subgraph.ts';

/** The smallest subgraph that writes: pages of a ledger, opened and closed. What it shows holds for all four. */

interface PageRow extends Versioned {
  readonly title: { readonly vi: string; readonly en: string | null };
  readonly state: 'OPEN' | 'CLOSED';
  readonly owner: string | null;
}

interface Models {
  readonly pages: Model<PageRow>;
}

const machine: Machine<PageRow['state'], 'closePage'> = { closePage: { from: ['OPEN'], to: 'CLOSED' } };

const pages: Aggregate<Models, PageRow> = {
  type: 'Page',
  readers: 'EVERYBODY',
  model: (models) => models.pages,
  concealed: ['owner'],
  streamed: true,
  copy: ({ _id, state, version }) => ({ id: _id, state, version }),
};

const openInput = z.object({
  ...commandInput,
  title: localizedText(50),
  owner: z.string().nullish(),
  dryRun: z.boolean(),
});
const openPage: Command<Models, z.infer<typeof openInput>, { id: string }> = {
  name: 'openPage',
  input: openInput,
  may: (viewer) => requireRole(viewer, 'MINISTRY', 'OFFICER'),
  run: async (tx, { title, owner, dryRun }) => {
    if (title.en === null) tx.faults.add('NOT_TRANSLATED', { path: ['input', 'title', 'en'] });
    tx.faults.check();
    const page = await tx.insert(
      pages,
      { _id: randomId('pag'), title, state: 'OPEN', owner: owner ?? null },
      { onDuplicate: ['TITLE_TAKEN', { path: ['input', 'title'] }] },
    );
    if (dryRun) throw new DryRun({ id: page._id });
    return { id: page._id };
  },
};

const closeInput = z.object({ ...onExisting });
const closePage: Command<Models, z.infer<typeof closeInput>, { id: string }> = {
  name: 'closePage',
  input: closeInput,
  may: (viewer) => requireRole(viewer, 'MINISTRY'),
  run: async (tx, input) => {
    const page = await tx.take(pages, input, () => {});
    const state = advance(tx.faults, machine, 'closePage', page.state);
    await tx.update(pages, page, { state });
    return { id: page._id };
  },
};

interface Context {
  readonly command: CommandRunner<Models>;
  readonly models: Models;
}

const sdl = /* GraphQL */ `
  type Query { page(id: ID!): Page }
  type Mutation { openPage(input: OpenPage!): PagePayload closePage(input: ClosePage!): PagePayload }
  input OpenPage { idempotencyKey: String! title: LocalizedTextInput! owner: String dryRun: Boolean! = false acknowledge: [String!] acknowledgeReason: String }
  input ClosePage { idempotencyKey: String! id: ID! expectedVersion: Int! }
  type PagePayload { page: Page userErrors: [UserError!]! }
  type Page @key(fields: "id") { id: ID! state: String! version: Int! }
`;

const read = (id: string | undefined, { models }: Context) => (id ? models.pages.findById(id).lean() : null);

const ledger: SubgraphDefinition<Models, Context, never> = {
  name: 'ledger',
  sdl,
  resolvers: {
    Query: { page: (_: object, { id }: { id: string }, context: Context) => read(id, context) },
    Mutation: {
      openPage: (_: object, { input }: { input: unknown }, { command }: Context) => command(openPage, input),
      closePage: (_: object, { input }: { input: unknown }, { command }: Context) =>
        command(closePage, input),
    },
    PagePayload: {
      page: ({ result }: { result: { id: string } | null }, _: object, context: Context) =>
        read(result?.id, context),
    },
    Page: { id: ({ _id }: PageRow) => _id },
  },
  models: (connection) => ({
    pages: connection.model<PageRow>(
      'ledger.Page',
      new Schema<PageRow>(
        { _id: String, seq: Number, title: {}, state: String, owner: String, version: Number } as never,
        { autoIndex: false, versionKey: false },
      ).index({ 'title.vi': 1 }, { unique: true }),
      'ledger_pages',
    ),
  }),
  context: ({ command, models }) => ({ command, models }),
  outcomes: {
    NOT_TRANSLATED: {
      severity: 'WARNING',
      text: () => ({ vi: 'Thiếu bản dịch.', en: 'There is no translation.' }),
    },
    TITLE_TAKEN: { text: () => ({ vi: 'Tên đã có.', en: 'The title is taken.' }) },
  },
  migrations: [],
  load: async () => {},
};

/** A subgraph that keeps the states of the ledger's pages, and nothing else. */
interface CopyRow {
  readonly _id: string;
  readonly state: string;
  readonly version: number;
  readonly applied: number;
}
interface ReaderModels {
  readonly copies: Model<CopyRow>;
}

/** Counts what it applies, so that a test sees whether an event was applied twice. */
const followLedger: Follow<ReaderModels> = {
  source: 'ledger',
  apply: async ({ copies }, events, session) => {
    for (const { entityId, version, copy } of events) {
      const state = (copy as { state: string }).state;
      const known = await copies.findOne({ _id: entityId }, {}, { session }).lean();
      if (known && known.version >= version) continue;
      await copies.updateOne(
        { _id: entityId },
        { $set: { state, version }, $inc: { applied: 1 } },
        { session, upsert: true },
      );
    }
  },
};

const reader: SubgraphDefinition<ReaderModels, object, never> = {
  name: 'reader',
  sdl: 'type Query { nothing: Boolean }',
  resolvers: {},
  models: (connection) => ({
    copies: connection.model<CopyRow>(
      'reader.Copy',
      new Schema<CopyRow>(
        { _id: String, state: String, version: Number, applied: Number },
        { autoIndex: false, versionKey: false },
      ),
      'reader_copies',
    ),
  }),
  context: () => ({}),
  follows: [followLedger],
  migrations: [],
  load: async () => {},
};

export interface Payload {
  readonly page: { readonly id: string; readonly state: string; readonly version: number } | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly severity: string;
    readonly path: readonly string[];
    readonly message: string;
    readonly params: readonly { readonly name: string; readonly value: string }[];
  }[];
}

export interface Ledger {
  readonly connection: Connection;
  readonly ledger: Door;
  readonly reader: Door;
  readonly open: (input: object, viewer?: Viewer) => Promise<Payload>;
  readonly close: (input: object, viewer?: Viewer) => Promise<Payload>;
  readonly collection: (name: string) => ReturnType<Connection['collection']>;
  readonly drop: () => Promise<void>;
}

const payload = 'page { id state version } userErrors { code severity path message params { name value } }';

/** Opens the ledger and its reader over a database of their own. */
export async function openLedger(): Promise<Ledger> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_ledger_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 50,
  }).asPromise();
  const unexpected = (error: unknown) => {
    throw error;
  };
  const doors = {
    ledger: openSubgraph(ledger, { connection, logUnexpected: unexpected }),
    reader: openSubgraph(reader, { connection, logUnexpected: unexpected }),
  };
  for (const door of Object.values(doors)) await door.migrate();
  const mutate =
    (name: 'openPage' | 'closePage', type: string) =>
    async (input: object, viewer: Viewer = demoViewer): Promise<Payload> => {
      const { data, errors } = await doors.ledger.ask({
        document: `mutation ($input: ${type}!) { ${name}(input: $input) { ${payload} } }`,
        variables: { input },
        viewer,
        requestId: 'test',
      });
      if (errors) throw new Error(String(errors[0]?.extensions?.code));
      return (data as Record<string, Payload>)[name] as Payload;
    };
  return {
    connection,
    ...doors,
    open: mutate('openPage', 'OpenPage'),
    close: mutate('closePage', 'ClosePage'),
    collection: (name) => connection.collection(name),
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
