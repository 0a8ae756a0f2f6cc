import { buildSchema, type GraphQLSchema } from 'graphql';
import type { GraphqlServer } from '../server/apollo.ts';
import type { Viewer } from '../server/viewer.ts';

/** How the graph looks to one kind of asker. */
export interface Face {
  /** The tag of the contract that is all there is for the asker; null for the whole graph. */
  readonly contract: string | null;
  /** Whether the asker may see the schema: by introspection, and in the suggestions of errors. */
  readonly open: boolean;
  /** Whether the documents that come to it are exempt from the limits on their shape: registered ones of trusted partners. */
  readonly trusted?: boolean;
}

/** Says which face an asker meets. */
export type FaceOf = (viewer: Viewer) => Face;

/** The contracts of a graph, by tag. */
export type Contracts = ReadonlyMap<string, GraphQLSchema>;

/** Builds the schemas of contracts from their SDL. @throws what makes one unusable, and names its tag. */
export const contractSchemas = (contracts: ReadonlyMap<string, string>): Map<string, GraphQLSchema> =>
  new Map(
    [...contracts].map(([tag, sdl]) => {
      try {
        return [tag, buildSchema(sdl, { assumeValidSDL: false })] as const;
      } catch (cause) {
        throw new Error(`the contract ${tag} cannot be used: ${(cause as Error).message}`, { cause });
      }
    }),
  );

/** Keeps one server for each face that somebody has met: they share one planner and differ in what they validate by. */
export class Faces {
  readonly #servers = new Map<string, Promise<GraphqlServer>>();
  readonly #create: (face: Face) => Promise<GraphqlServer>;

  constructor(create: (face: Face) => Promise<GraphqlServer>) {
    this.#create = create;
  }

  /** Gives the server of a face, started. */
  of(face: Face): Promise<GraphqlServer> {
    const key = `${face.contract ?? ''}:${face.open}:${face.trusted ?? false}`;
    const known = this.#servers.get(key);
    if (known) return known;
    const created = this.#create(face);
    this.#servers.set(key, created);
    created.catch(() => this.#servers.delete(key));
    return created;
  }

  /** Stops all of them. */
  async stop(): Promise<void> {
    for (const server of this.#servers.values()) await (await server).apollo.stop();
  }
}
