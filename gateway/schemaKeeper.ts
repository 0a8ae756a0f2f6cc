import type { GraphQLSchema } from 'graphql';
import { type GuardedSchema, guardedSchema } from './access/guardedExecutor.ts';
import { type Contracts, contractSchemas } from './faces.ts';
import { type CostModel, costModel } from './limits/cost.ts';
import { checkVariables, type Scalars } from './scalars.ts';
import type { Supergraph } from './supergraph.ts';

/** A schema that a gateway has loaded. */
export interface Loaded {
  readonly apiSchema: GraphQLSchema;
  readonly coreSupergraphSdl: string;
}

type Listener = (loaded: Loaded) => void;
type Rules = Pick<Supergraph, 'access' | 'contracts' | 'weights'>;

/** Keeps what a gateway validates, guards and limits by: the API, its contracts, its rules and its costs. They change together. */
export class SchemaKeeper {
  readonly #scalars: Scalars;
  readonly #listeners = new Map<string | null, Set<Listener>>();
  #loaded: Loaded | undefined;
  #contracts: Contracts = new Map();
  #guarded: GuardedSchema | undefined;
  #costs: CostModel | undefined;

  constructor(scalars: Scalars) {
    this.#scalars = scalars;
  }

  /** Goes over to a schema with its rules. @throws when a contract cannot be used; then all stays as it was. */
  load(loaded: Loaded, { access, contracts: sdl, weights }: Rules): void {
    const contracts = contractSchemas(sdl);
    for (const schema of [loaded.apiSchema, ...contracts.values()]) checkVariables(schema, this.#scalars);
    this.#contracts = contracts;
    this.#loaded = loaded;
    this.#guarded = guardedSchema(loaded.apiSchema, access);
    this.#costs = costModel(loaded.apiSchema, weights);
    for (const [contract, listeners] of this.#listeners) {
      if (contract !== null && contracts.size > 0 && !contracts.has(contract)) continue;
      for (const listener of listeners) listener(this.loaded(contract));
    }
  }

  /** Hears every schema of a face from now on; gives the way to stop. */
  listen(contract: string | null, listener: Listener): () => void {
    const listeners = this.listeners(contract);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  listeners(contract: string | null): Set<Listener> {
    const known = this.#listeners.get(contract) ?? new Set();
    this.#listeners.set(contract, known);
    return known;
  }

  /**
   * The schema of a contract, or of the whole graph; also for a graph that has no contracts at all. @throws when there
   * are contracts and this is none of them.
   */
  schema(contract: string | null): GraphQLSchema {
    const isWhole = contract === null || this.#contracts.size === 0;
    const schema = isWhole ? this.#loaded?.apiSchema : this.#contracts.get(contract);
    if (schema) return schema;
    throw new Error(contract ? `There is no contract ${contract}.` : 'No schema is loaded.');
  }

  loaded(contract: string | null): Loaded {
    return { apiSchema: this.schema(contract), coreSupergraphSdl: this.#loaded?.coreSupergraphSdl ?? '' };
  }

  guarded(): GuardedSchema {
    if (!this.#guarded) throw new Error('No schema is loaded.');
    return this.#guarded;
  }

  costs(): CostModel {
    if (!this.#costs) throw new Error('No schema is loaded.');
    return this.#costs;
  }
}
