import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';

/**
 * Gives the fields of an operation that a place in its answer comes from, so that an error there can say where it was asked
 * (GraphQL, 7.1.2, "locations"): several where a field is selected several times, none where the path leads nowhere.
 */
export function fieldsAt(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  path: readonly (string | number)[],
): readonly FieldNode[] {
  const fragments = fragmentsOf(document);
  const named = ({ selections }: SelectionSetNode, name: string): FieldNode[] =>
    selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return (node.alias ?? node.name).value === name ? [node] : [];
      const inside = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      return inside ? named(inside.selectionSet, name) : [];
    });
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  let fields: readonly FieldNode[] = [];
  // Numbers, and `@` for each of them, are places in lists.
  for (const name of path.filter((part): part is string => typeof part === 'string' && part !== '@')) {
    fields = sets.flatMap((set) => named(set, name));
    sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return fields;
}
