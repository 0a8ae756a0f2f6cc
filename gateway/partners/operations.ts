import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { z } from 'zod';

/** An operation that a partner may ask by its id. */
export interface RegisteredOperation {
  readonly id: string;
  /** The name in the document; null for an operation without one. */
  readonly name: string | null;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The document, as it was registered. */
  readonly body: string;
  readonly document: DocumentNode;
}

/** An operation that is written in the manifest itself. */
export const inlineOperation = z.strictObject({
  id: z.string().min(1).optional(),
  body: z.string({ error: 'the text of the operation' }),
  /** SHA-256 of the body in hex: says that the body is the one that was agreed. */
  hash: z
    .string()
    .regex(/^(sha256:)?[\da-f]{64}$/u, 'the SHA-256 of the body, 64 hex digits')
    .optional(),
});

export type OperationEntry = string | z.infer<typeof inlineOperation>;

/** Apollo's format, as `generate-persisted-query-manifest` writes it. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});
/** graphql-codegen's format (`persisted-documents.json` of the client preset): documents by their hash. */
const codegenDocuments = z.record(z.string().min(1), z.string());

interface Text {
  readonly id: string;
  readonly body: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads the operations that a manifest names: files of the three kinds (`persisted-documents.json`, Apollo's
 * `persisted-query-manifest.json`, `.graphql` with one operation), relative to the directory of the manifest, and those
 * that stand in it.
 * @throws Error that says which of them cannot be used, and why.
 */
export function readOperations(
  entries: readonly OperationEntry[],
  directory: string,
): readonly RegisteredOperation[] {
  const byId = new Map<string, RegisteredOperation>();
  for (const entry of entries) {
    for (const { id, body } of textsOf(entry, directory)) {
      const known = byId.get(id);
      if (known && known.body !== body)
        throw new Error(`two operations have the id ${id}; give one of them another`);
      byId.set(id, known ?? registered(id, body));
    }
  }
  return [...byId.values()];
}

/** The file of an entry; null for an operation that stands in the manifest. */
export const operationsFile = (entry: OperationEntry, directory: string): string | null => {
  if (typeof entry !== 'string') return null;
  return isAbsolute(entry) ? entry : join(directory, entry);
};

function textsOf(entry: OperationEntry, directory: string): readonly Text[] {
  if (typeof entry !== 'string') return [inlineText(entry)];
  const file = operationsFile(entry, directory) ?? '';
  try {
    const text = readFileSync(file, 'utf8');
    return file.endsWith('.json') ? listed(JSON.parse(text)) : [{ id: sha256(text), body: text }];
  } catch (cause) {
    throw new Error(`${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function inlineText({ id, body, hash }: z.infer<typeof inlineOperation>): Text {
  const own = sha256(body);
  if (hash && withoutPrefix(hash) !== own)
    throw new Error(`the operation ${id ?? own} has the SHA-256 ${own}, not ${withoutPrefix(hash)}`);
  return { id: id ?? own, body };
}

function listed(content: unknown): readonly Text[] {
  const apollo = apolloManifest.safeParse(content);
  if (apollo.success) return apollo.data.operations;
  const documents = codegenDocuments.safeParse(content);
  if (documents.success) return Object.entries(documents.data).map(([id, body]) => ({ id, body }));
  throw new Error(
    'it is neither an apollo-persisted-query-manifest of version 1 nor an object of documents by their hash',
  );
}

function registered(id: string, body: string): RegisteredOperation {
  const document = parse(body, { noLocation: true });
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation, ...more] = operations;
  if (!operation || more.length > 0)
    throw new Error(`the document ${id} has ${operations.length} operations; register one in each document`);
  return { id, name: operation.name?.value ?? null, type: operation.operation, body, document };
}

/** `sha256:…` names a document by its hash (GraphQL over HTTP, appendix Persisted Documents). */
const withoutPrefix = (id: string): string => id.replace(/^sha256:/u, '');

/** Finds operations by id, with or without the prefix `sha256:`, and by the SHA-256 of their text. */
export class OperationIndex {
  readonly #byName = new Map<string, RegisteredOperation>();

  constructor(operations: readonly RegisteredOperation[]) {
    // An id goes before a hash, should one partner's id be the hash of another text.
    for (const operation of operations) this.#byName.set(sha256(operation.body), operation);
    for (const operation of operations) this.#byName.set(withoutPrefix(operation.id), operation);
  }

  byId(id: string): RegisteredOperation | undefined {
    return this.#byName.get(withoutPrefix(id));
  }

  byText(text: string): RegisteredOperation | undefined {
    const operation = this.#byName.get(sha256(text));
    return operation?.body === text ? operation : undefined;
  }
}
