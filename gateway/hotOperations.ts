import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import type { Planned } from './planner.ts';

/** The operations executed last, so that another supergraph can plan them before it takes over. */
export class HotOperations {
  readonly #operations = new Map<string, Planned>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Notes that an operation was executed. */
  note(operation: Planned): void {
    const key = `${operation.queryHash} ${operation.operationName ?? ''}`;
    // One that is known keeps its document: what is compared again and again must be the same object.
    const known = this.#operations.get(key) ?? operation;
    this.#operations.delete(key);
    this.#operations.set(key, known);
    if (this.#operations.size <= this.#limit) return;
    const oldest = this.#operations.keys().next().value;
    if (oldest !== undefined) this.#operations.delete(oldest);
  }

  /** From the one executed last to the one executed first. */
  [Symbol.iterator](): Iterator<Planned> {
    return [...this.#operations.values()].reverse()[Symbol.iterator]();
  }
}

/** Gives operations that are known by their text, as clients send it without and with the name. */
export const namedOperations = (texts: readonly string[]): Planned[] =>
  texts.flatMap((text) => {
    const document = parse(text);
    const queryHash = createHash('sha256').update(text).digest('hex');
    const [definition] = document.definitions;
    const name = definition && 'name' in definition ? definition.name?.value : undefined;
    return [undefined, name].map((operationName) => ({ document, operationName, queryHash }));
  });
