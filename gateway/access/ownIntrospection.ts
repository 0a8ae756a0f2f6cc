import { type DocumentNode, executeSync, type GraphQLSchema, Kind, visit } from 'graphql';
import type { Execution, Executor } from './guardedExecutor.ts';

/**
 * Answers `__schema` and `__type` from the schema that the asker sees, where that is less than the gateway's own; the
 * rest of the operation is answered as always.
 */
export function ownIntrospection(executor: Executor, schema: () => GraphQLSchema): Executor {
  return async (request) => {
    const document = request.document as DocumentNode;
    const names = introspected(document);
    const answer = await executor(request);
    if (names.size === 0 || !answer.data) return answer;
    const { operationName, variables } = request.request;
    // The roots of data are nullable, all of them (schema/lint.ts), and are null here.
    const own = executeSync({
      schema: schema(),
      document,
      operationName,
      variableValues: variables,
    });
    const asked = Object.entries(own.data ?? {}).filter(([name]) => names.has(name));
    return { ...answer, data: { ...answer.data, ...Object.fromEntries(asked) } } as Execution;
  };
}

const memo = new WeakMap<DocumentNode, ReadonlySet<string>>();

/** The response names of a document's introspection; `__schema` and `__type` are fields of the query root alone. */
function introspected(document: DocumentNode): ReadonlySet<string> {
  const known = memo.get(document);
  if (known) return known;
  const names = new Set<string>();
  visit(document, {
    [Kind.FIELD]: {
      enter: ({ name, alias }) => {
        if (name.value === '__schema' || name.value === '__type') names.add((alias ?? name).value);
      },
    },
  });
  memo.set(document, names);
  return names;
}
