import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { Recent } from '../server/recent.ts';
import type { Planned } from './planner.ts';

/** The operations executed last, so that another supergraph can plan them before it takes over. */
export class HotOperations {
  readonly #operations: Recent<Planned>;

  constructor(limit: number) {
    this.#operations = new Recent(limit);
  }

  /** Notes that an operation was executed. */
  note(operation: Planned): void {
    const key = `${operation.queryHash} ${operation.operationName ?? ''}`;
    if (!this.#operations.get(key)) this.#operations.set(key, operation);
  }

  /** From the one executed last to the one executed first. */
  [Symbol.iterator](): Iterator<Planned> {
    return this.#operations.values()[Symbol.iterator]();
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
