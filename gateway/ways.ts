import type { Carrier, Way } from './carrier/carrier.ts';
import type { Supergraph } from './supergraph.ts';

/** The ways to subgraphs by name and address: two supergraphs that hold the same subgraph take the same way to it. */
export class Ways {
  readonly #carrier: Carrier;
  readonly #ways = new Map<string, Way>();

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  open(name: string, url: string): Way {
    const key = `${name} ${url}`;
    const way = this.#ways.get(key) ?? this.#carrier.open(name, url);
    this.#ways.set(key, way);
    return way;
  }

  /** The ways to the subgraphs of a supergraph, by name. */
  of(subgraphs: Supergraph['subgraphs']): Map<string, Way> {
    return new Map(subgraphs.map(({ name, url }) => [name, this.open(name, url)]));
  }
}
