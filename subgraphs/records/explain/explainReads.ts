import type { Connection } from 'mongoose';
import type { SentCommand } from './commandWatch.ts';

/** What the database says of how it read. */
export interface Reading {
  /** The indexes used, and COLLSCAN where a collection was read whole. */
  readonly index: string | null;
  readonly keysExamined: number;
  readonly documentsExamined: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** The parts of a read that decide what is read; sessions, batches and time are left behind. */
const asked: Readonly<Record<string, readonly string[]>> = {
  find: ['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'singleBatch', 'collation', 'let'],
  aggregate: ['pipeline', 'hint', 'collation', 'let'],
  count: ['query', 'hint', 'skip', 'limit', 'collation'],
  distinct: ['key', 'query', 'hint', 'collation'],
};

/**
 * Has the database do a read again and say how it did it (MongoDB manual, `explain` with `executionStats`). Gives null for
 * a write, and when the database cannot explain the command.
 */
export async function explainRead(
  connection: Connection,
  { name, body }: Pick<SentCommand, 'name' | 'body'>,
  signal: AbortSignal | undefined,
): Promise<Reading | null> {
  const parts = asked[name];
  if (!parts) return null;
  const given = parts.filter((part) => body[part] !== undefined).map((part) => [part, body[part]]);
  const command = {
    [name]: body[name],
    ...Object.fromEntries(given),
    ...(name === 'aggregate' ? { cursor: {} } : {}),
  };
  const database = connection.getClient().db(connection.name);
  const explained = await database
    .command({ explain: command, verbosity: 'executionStats' }, signal ? { signal } : {})
    .catch(() => null);
  return explained && readingOf(explained);
}

/** Reads an answer of `explain`, from the classic engine or the slot-based one, of one server or of shards. */
export function readingOf(explained: unknown): Reading {
  const indexes = new Set<string>();
  const examined = { keys: 0, documents: 0 };
  collect(explained, indexes, examined);
  return {
    index: indexes.size > 0 ? [...indexes].sort().join(', ') : null,
    keysExamined: examined.keys,
    documentsExamined: examined.documents,
  };
}

/** What says nothing of the plan that ran: others, the question, and what `executionStats` sums up by itself. */
const beside: ReadonlySet<string> = new Set([
  'rejectedPlans',
  'allPlansExecution',
  'executionStages',
  'parsedQuery',
  'command',
  '$lookup',
]);

/** Stages that use an index without naming it. */
const unnamed: Readonly<Record<string, string>> = {
  COLLSCAN: 'COLLSCAN',
  IDHACK: '_id_',
  EXPRESS_IXSCAN: '_id_',
};

function collect(value: unknown, indexes: Set<string>, examined: { keys: number; documents: number }): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, indexes, examined);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as Fields;
  const own = node.indexName ?? (typeof node.stage === 'string' ? unnamed[node.stage] : undefined);
  if (typeof own === 'string') indexes.add(own);
  if (Array.isArray(node.indexesUsed)) for (const name of node.indexesUsed) indexes.add(String(name));
  if (Number(node.collectionScans ?? 0) > 0) indexes.add('COLLSCAN');
  examined.keys += Number(node.totalKeysExamined ?? 0);
  examined.documents += Number(node.totalDocsExamined ?? 0);
  for (const [name, inner] of Object.entries(node)) if (!beside.has(name)) collect(inner, indexes, examined);
}
