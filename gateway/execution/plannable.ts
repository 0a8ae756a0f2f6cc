import { BREAK, type DocumentNode, type FieldNode, Kind, separateOperations, visit } from 'graphql';

const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Gives what there is to plan of an operation: all but introspection, which no subgraph answers and which may ask what
 * Apollo's planner has never heard of (`isOneOf`).
 */
export function plannable(document: DocumentNode, operationName: string | undefined): DocumentNode {
  if (!hasIntrospection(document)) return document;
  const rest = visit(document, {
    Field: { enter: (node) => (isIntrospection(node) ? null : undefined) },
    SelectionSet: {
      leave: (node) => (node.selections.length === 0 ? { ...node, selections: [typename] } : undefined),
    },
  });
  // A fragment that only introspection spreads is none of the planner's business either.
  const operations = separateOperations(rest);
  return operations[operationName ?? ''] ?? Object.values(operations)[0] ?? document;
}

function hasIntrospection(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: {
      enter: (node) => {
        found = isIntrospection(node);
        return found ? BREAK : undefined;
      },
    },
  });
  return found;
}
