import { defaultFieldResolver, type GraphQLResolveInfo } from 'graphql';
import type { Selection } from '../../subgraphs/records/selection.ts';
import type { Asker, Part } from './part.ts';
import type { Road } from './road.ts';

type Args = Readonly<Record<string, unknown>>;

/** One request on its way: a context of each part, and which part gave which object. */
export class Asked {
  readonly #asker: Asker;
  readonly #selectionOf: (part: Part) => Selection;
  readonly #contexts = new Map<Part, object>();
  readonly #origins = new WeakMap<object, Part>();
  readonly #found = new Map<Part, WeakMap<object, Promise<unknown>>>();

  constructor(asker: Asker, selectionOf: (part: Part) => Selection) {
    this.#asker = asker;
    this.#selectionOf = selectionOf;
  }

  contextOf(part: Part): object {
    const known = this.#contexts.get(part);
    if (known) return known;
    const context = part.contextOf(this.#asker, this.#selectionOf(part));
    this.#contexts.set(part, context);
    return context;
  }

  originOf(source: unknown): Part | undefined {
    return this.#origins.get(source as object);
  }

  /** Remembers the part that gave a value, or all objects of a list; passes the value on. */
  from(part: Part, value: unknown): unknown {
    if (value instanceof Promise) return value.then((given) => this.from(part, given));
    if (Array.isArray(value)) return value.map((item) => this.from(part, item));
    if (typeof value === 'object' && value !== null) this.#origins.set(value, part);
    return value;
  }

  /** Calls a field's resolver as its own subgraph would. */
  call({ part, field }: Road, source: unknown, args: Args, info: GraphQLResolveInfo): unknown {
    return (field.resolve ?? defaultFieldResolver)(source, args, this.contextOf(part), info);
  }

  /** Gives what another part knows as the same entity, found once by its key. */
  find(road: Road, source: object, reference: () => Promise<object>, type: string): Promise<unknown> {
    const ofPart = this.#found.get(road.part) ?? new WeakMap<object, Promise<unknown>>();
    this.#found.set(road.part, ofPart);
    const known = ofPart.get(source);
    if (known) return known;
    const found = reference().then(
      (keys) => road.part.resolveReference(type)?.(keys, this.contextOf(road.part)) ?? keys,
    );
    ofPart.set(source, found);
    return found;
  }
}
