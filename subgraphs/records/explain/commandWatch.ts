import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection, mongo } from 'mongoose';

/** A command as the driver sent it, and what came of it. */
export interface SentCommand {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Documents returned, or changed by a write; null while there is no answer, and when it failed. */
  returned: number | null;
  getMores: number;
  durationMs: number;
}

/** A command under way. */
interface Flight {
  readonly sent: SentCommand;
  readonly startedAt: number;
}

/** What one operation has sent so far. */
interface Notes {
  readonly commands: SentCommand[];
  readonly flights: Map<number, Flight>;
  readonly cursors: Map<string, SentCommand>;
}

/** What an operation does with records and transactions; connections and sessions speak beside it. */
const counted: ReadonlySet<string> = new Set([
  'find',
  'aggregate',
  'count',
  'distinct',
  'insert',
  'update',
  'delete',
  'findAndModify',
  'bulkWrite',
  'commitTransaction',
  'abortTransaction',
]);

/**
 * Tells which MongoDB commands an operation sends, by the driver's command monitoring. The connection must have been
 * opened with `monitorCommands`. Operations that run at the same time are kept apart by the asynchronous context in
 * which the driver reports: loaders, pool and cursors keep the context of whoever asked.
 */
export class CommandWatch {
  readonly #notes = new AsyncLocalStorage<Notes>();

  constructor(connection: Connection) {
    connection
      .getClient()
      .on('commandStarted', (event) => this.#started(event))
      .on('commandSucceeded', ({ requestId, reply }) => this.#ended(requestId, reply as Reply))
      .on('commandFailed', ({ requestId }) => this.#ended(requestId, null));
  }

  /** Does some work; gives its result and the commands that it sent, in their order. */
  async watch<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly commands: readonly SentCommand[] }> {
    const notes: Notes = { commands: [], flights: new Map(), cursors: new Map() };
    const result = await this.#notes.run(notes, work);
    return { result, commands: notes.commands };
  }

  #started({ requestId, commandName, command }: mongo.CommandStartedEvent): void {
    const notes = this.#notes.getStore();
    const sent = notes && sentOf(notes, commandName, command);
    if (sent) notes.flights.set(requestId, { sent, startedAt: performance.now() });
  }

  #ended(requestId: number, reply: Reply | null): void {
    const notes = this.#notes.getStore();
    const flight = notes?.flights.get(requestId);
    if (!notes || !flight) return;
    notes.flights.delete(requestId);
    const { sent, startedAt } = flight;
    sent.durationMs += performance.now() - startedAt;
    if (!reply) return;
    sent.returned = (sent.returned ?? 0) + returnedBy(reply);
    if (reply.cursor) notes.cursors.set(String(reply.cursor.id), sent);
  }
}

/** Notes a command; what fetches more of a cursor belongs to the command that opened it. */
function sentOf(notes: Notes, name: string, body: SentCommand['body']): SentCommand | undefined {
  if (name === 'getMore') {
    const opened = notes.cursors.get(String(body.getMore));
    if (opened) opened.getMores += 1;
    return opened;
  }
  if (!counted.has(name)) return undefined;
  const sent: SentCommand = { name, body, returned: null, getMores: 0, durationMs: 0 };
  notes.commands.push(sent);
  return sent;
}

interface Reply {
  readonly cursor?: { readonly id: unknown; readonly firstBatch?: unknown[]; readonly nextBatch?: unknown[] };
  readonly values?: readonly unknown[];
  readonly n?: number;
  readonly value?: unknown;
}

function returnedBy({ cursor, values, n, value }: Reply): number {
  if (cursor) return (cursor.firstBatch ?? cursor.nextBatch ?? []).length;
  if (values) return values.length;
  return n ?? (value ? 1 : 0);
}
