import type { Connection } from 'mongoose';

/** What operations cost: fetches and MongoDB commands by subgraph. */
export interface Price {
  readonly fetches: Readonly<Record<string, number>>;
  readonly commands: Readonly<Record<string, number>>;
}

const reads = new Set(['find', 'aggregate', 'count', 'distinct', 'getMore']);

/** Counts the commands of a connection by the subgraph that the collection's name begins with. */
export function countCommands(connection: Connection): {
  take: () => Record<string, number>;
  stop: () => void;
} {
  let counts: Record<string, number> = {};
  const client = connection.getClient();
  const listen = (event: { commandName: string; command: Record<string, unknown> }) => {
    if (!reads.has(event.commandName)) return;
    const subgraph = collectionOf(event.commandName, event.command).split('_')[0] ?? '';
    counts[subgraph] = (counts[subgraph] ?? 0) + 1;
  };
  client.on('commandStarted', listen);
  return {
    take: () => {
      const taken = counts;
      counts = {};
      return taken;
    },
    stop: () => client.off('commandStarted', listen),
  };
}

/** `aggregate: 1` runs on the database; the collection it reads stands in its `$lookup`. */
function collectionOf(name: string, command: Record<string, unknown>): string {
  if (name === 'getMore') return String(command.collection);
  if (typeof command[name] === 'string') return command[name];
  const stages = command.pipeline as { $lookup?: { from: string } }[];
  return stages.find(({ $lookup }) => $lookup)?.$lookup?.from ?? 'unknown';
}
