import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Door } from '../../subgraphs/subgraph.ts';
import type { Work } from '../../subgraphs/work.ts';

/** A change as every stream tells it; `node` is null where there is nothing left to tell. */
export interface Change {
  readonly kind: 'UPSERT' | 'TOMBSTONE';
  readonly id: string;
  readonly node: unknown;
}

interface Page {
  readonly nodes: readonly Change[];
  readonly endCursor: string | null;
  readonly caughtUp: boolean;
}

/** How a partner asks for changes. */
export type AskChanges = (args: {
  readonly after: string | null;
  readonly first: number;
  readonly since?: string;
}) => Promise<Page>;

/** A copy as a partner keeps it: what was put in and not taken out, and where to read on. */
export interface KeptCopy {
  readonly records: ReadonlyMap<string, unknown>;
  /** Reads one page and says whether it reached the end. */
  readonly readPage: (first: number) => Promise<boolean>;
  readonly catchUp: () => Promise<void>;
}

/** Begins a copy, of all or of what changed since an instant. */
export function keepCopy(ask: AskChanges, since?: string): KeptCopy {
  const records = new Map<string, unknown>();
  let after: string | null = null;
  const readPage = async (first: number): Promise<boolean> => {
    const from = since !== undefined && after === null ? { since } : {};
    const { nodes, endCursor, caughtUp } = await ask({ after, first, ...from });
    for (const { kind, id, node } of nodes) {
      if (kind === 'TOMBSTONE') records.delete(id);
      else records.set(id, node);
    }
    after = endCursor;
    return caughtUp;
  };
  return {
    records,
    readPage,
    catchUp: async () => {
      while (!(await readPage(100)));
    },
  };
}

/** Starts what numbers the events of one door, which hears of no other. */
export const startAlone = (door: Pick<Door<never>, 'start'>): Work =>
  door.start({
    feedOf: () => ({ events: async ({ waitMs }) => sleep(waitMs, []) }),
    onError: (error, work) => console.error(`${work} failed`, error),
  });

/** Resolves when all events of a subgraph have their numbers. */
export async function numbered(connection: Connection, subgraph: string): Promise<void> {
  const outbox = connection.collection(`${subgraph}_outbox`);
  while ((await outbox.countDocuments({ pending: true })) > 0) await sleep(20);
}
