import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';

/**
 * Counts how often an operation selects each of some fields, by coordinate, every fragment written out and every alias
 * counted. `@skip` and `@include` are not looked at: what could be asked counts.
 */
export function countSelected(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  coordinates: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const fragments = fragmentsOf(document);
  const typeNamed = (name: string): GraphQLCompositeType | undefined => {
    const type = schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  };
  const walk = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType | undefined): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection;
        walk(selection.selectionSet, typeCondition ? typeNamed(typeCondition.name.value) : parent);
      } else {
        const coordinate = `${parent?.name}.${selection.name.value}`;
        if (coordinates.has(coordinate)) counts.set(coordinate, (counts.get(coordinate) ?? 0) + 1);
        if (selection.selectionSet) walk(selection.selectionSet, typeOf(parent, selection.name.value));
      }
    }
  };
  walk(operation.selectionSet, rootOf(schema, operation));
  return counts;
}

const rootOf = (
  schema: GraphQLSchema,
  { operation }: OperationDefinitionNode,
): GraphQLObjectType | undefined => schema.getRootType(operation) ?? undefined;

function typeOf(parent: GraphQLCompositeType | undefined, field: string): GraphQLCompositeType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const definition = parent.getFields()[field];
  const type = definition && getNamedType(definition.type);
  return isCompositeType(type) ? type : undefined;
}
