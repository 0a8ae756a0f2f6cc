import type { Connection } from 'mongoose';
import { type Config, variableName } from '../server/config.ts';
import type { Metrics } from '../server/metrics.ts';
import { StartError } from '../server/startError.ts';
import { connect } from './connect.ts';

export interface ConnectionsOptions {
  readonly config: Pick<Config, 'mongodbUri' | 'mongodbUris'>;
  readonly subgraphs: readonly string[];
  readonly metrics?: Metrics;
}

export interface Connections {
  readonly of: (subgraph: string) => Connection;
  /** Gives a second connection to the subgraph's database, on which the driver reports every command; opened when first asked for. */
  readonly monitored: (subgraph: string) => Promise<Connection>;
  readonly close: () => Promise<void>;
}

/**
 * Connects subgraphs to their databases; those with the same URI share a connection.
 * @throws StartError when a subgraph has no URI, or its database cannot be used.
 */
export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const places = options.subgraphs.map((subgraph) => ({ subgraph, ...placeOf(options.config, subgraph) }));
  const byUri = new Map<string, Connection>();
  const monitored = new Monitored();
  const close = async () => {
    await Promise.all([...byUri.values()].map((connection) => connection.close()));
    await monitored.close();
  };
  for (const { subgraph, uri, variable } of places) {
    if (byUri.has(uri)) continue;
    const label = places.filter((place) => place.uri === uri).length > 1 ? 'shared' : subgraph;
    const onPool = options.metrics
      ? (state: 'open' | 'in_use', change: 1 | -1) => options.metrics?.poolConnections(label, state, change)
      : undefined;
    try {
      byUri.set(uri, await connect({ uri, variable, onPool }));
    } catch (error) {
      await close();
      throw error;
    }
  }
  const bySubgraph = new Map(places.map((place) => [place.subgraph, place]));
  const placed = (subgraph: string) => bySubgraph.get(subgraph) as Place;
  return {
    of: (subgraph) => byUri.get(placed(subgraph).uri) as Connection,
    monitored: (subgraph) => monitored.of(placed(subgraph)),
    close,
  };
}

interface Place {
  readonly uri: string;
  readonly variable: string;
}

/** The connections on which commands are watched: one for each database, once somebody wants to see them. */
class Monitored {
  readonly #byUri = new Map<string, Promise<Connection>>();

  of({ uri, variable }: Place): Promise<Connection> {
    const known = this.#byUri.get(uri) ?? connect({ uri, variable, monitorCommands: true });
    this.#byUri.set(uri, known);
    known.catch(() => this.#byUri.delete(uri));
    return known;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#byUri.values());
    await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  }
}

function placeOf({ mongodbUri, mongodbUris }: ConnectionsOptions['config'], subgraph: string): Place {
  const variable = `MONGODB_URI_${variableName(subgraph)}`;
  const own = mongodbUris.get(variableName(subgraph));
  if (own) return { uri: own, variable };
  if (mongodbUri) return { uri: mongodbUri, variable: 'MONGODB_URI' };
  throw new StartError(
    `MONGODB_URI: is not set, and ${subgraph} needs a MongoDB. Set it (or ${variable}); npm run database starts the embedded one and prints its URI.`,
  );
}
