import { type DocumentNode, type FieldNode, Kind, type NameNode, separateOperations, visit } from 'graphql';
import type { PlannedNames } from './plannedNames.ts';

const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

const nameOf = (value: string): NameNode => ({ kind: Kind.NAME, value });
const typename: FieldNode = { kind: Kind.FIELD, name: nameOf('__typename') };

/**
 * Gives what there is to plan of an operation: its fields under the names that they have on their way, and no
 * introspection, which no subgraph answers and which may ask what Apollo's planner has never heard of (`isOneOf`).
 */
export function plannable(
  document: DocumentNode,
  operationName: string | undefined,
  names: PlannedNames,
): DocumentNode {
  const rest = visit(document, {
    Field: {
      enter: (field) => {
        if (isIntrospection(field)) return null;
        const name = names.of(field);
        return name === (field.alias ?? field.name).value ? undefined : { ...field, alias: nameOf(name) };
      },
    },
    SelectionSet: {
      leave: (node) => (node.selections.length === 0 ? { ...node, selections: [typename] } : undefined),
    },
  });
  if (rest === document) return document;
  // A fragment that only introspection spreads is none of the planner's business either.
  const operations = separateOperations(rest);
  return operations[operationName ?? ''] ?? Object.values(operations)[0] ?? document;
}
