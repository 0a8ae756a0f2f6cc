import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

const MAX_DOCUMENTS = 1_000;

/**
 * Parses and validates a document once: by its object when the gateway's plan hands one over, by its text otherwise.
 * Gives the document, or the errors of a request that cannot be executed.
 */
export function documentCache(
  schema: GraphQLSchema,
): (source: DocumentNode | string) => DocumentNode | GraphQLError[] {
  const texts = new Map<string, DocumentNode>();
  const valid = new WeakSet<DocumentNode>();
  return (source) => {
    const known = typeof source === 'string' ? texts.get(source) : source;
    const document = known ?? parseRequest(source as string);
    if (Array.isArray(document)) return document;
    if (!valid.has(document)) {
      const errors = validate(schema, document);
      if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
      valid.add(document);
    }
    if (typeof source === 'string' && !known) {
      const oldest = texts.size >= MAX_DOCUMENTS ? texts.keys().next().value : undefined;
      if (oldest !== undefined) texts.delete(oldest);
      texts.set(source, document);
    }
    return document;
  };
}

function parseRequest(text: string): DocumentNode | GraphQLError[] {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { ...error.extensions, code },
  });
