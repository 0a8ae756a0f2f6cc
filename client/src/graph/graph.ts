import {
  type AnyVariables,
  Client,
  createRequest,
  fetchExchange,
  type GraphQLRequest,
  type TypedDocumentNode,
} from '@urql/core';
import { createContext } from 'react';
import { type Fault, faultsOf } from './faults.ts';

/** What is known of a question: `data` is undefined until there is an answer, and null where there is none to be had. */
export interface Answer {
  readonly data: unknown;
  readonly faults: readonly Fault[];
  /** When it came. */
  readonly at: string;
}

export type Question<Data = unknown> = GraphQLRequest<Data, AnyVariables>;

/** Gives a question: an operation with its variables. The same question has the same key. */
export function questionOf<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Question<Data> {
  const question = createRequest(document, variables) as Question<Data>;
  // urql would send the text as it prints it; the graph knows the plans of the texts as they stand in their files.
  if (question.query.loc) Object.assign(question.query.loc.source, { body: document });
  return question;
}

const MOST_KEPT = 50;

/**
 * The graph as one person asks it: every question is sent once, and its answer is kept until it is asked again on purpose.
 * A partial answer is kept too; what is missing in it can be asked for again.
 */
export class Graph {
  readonly #client: Client;
  readonly #answers = new Map<number, Answer>();
  readonly #asking = new Set<number>();
  readonly #listeners = new Set<() => void>();

  constructor(headers: () => Record<string, string>) {
    this.#client = new Client({
      url: '/graphql',
      preferGetMethod: false,
      exchanges: [fetchExchange],
      fetchOptions: () => ({ headers: headers() }),
    });
  }

  /** Gives the answer that is known. */
  readonly answerTo = ({ key }: Question): Answer | undefined => this.#answers.get(key);

  /** Sends a question, unless it is answered or on its way. */
  readonly ask = (question: Question): void => {
    if (!this.#answers.has(question.key)) void this.#send(question);
  };

  /** Sends a question anew; its answer stays until there is another. */
  readonly askAgain = (question: Question): void => void this.#send(question);

  readonly isAsking = ({ key }: Question): boolean => this.#asking.has(key);

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sends a question and gives its answer, which is kept by nobody: for what is read once, such as a file. */
  async read(question: Question): Promise<Answer> {
    const operation = this.#client.createRequestOperation('query', question);
    const { data, error } = await this.#client.executeRequestOperation(operation);
    return { data: data ?? null, faults: faultsOf(error), at: new Date().toJSON() };
  }

  async #send(question: Question): Promise<void> {
    if (this.#asking.has(question.key)) return;
    this.#asking.add(question.key);
    this.#tell();
    const answer = await this.read(question);
    this.#asking.delete(question.key);
    this.#answers.delete(question.key);
    this.#answers.set(question.key, answer);
    for (const [oldest] of this.#answers) {
      if (this.#answers.size <= MOST_KEPT) break;
      this.#answers.delete(oldest);
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const GraphContext = createContext<Graph | null>(null);
