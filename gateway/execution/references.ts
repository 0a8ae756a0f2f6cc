import type { GraphQLSchema } from 'graphql';
import { merge } from './merge.ts';
import { type Data, emptyData, isData, ownOf } from './record.ts';
import { type FetchNode, isOfType } from './rewrites.ts';

type Required = NonNullable<FetchNode['requires']>;

/**
 * Gives the reference to an entity that a fetch sends (Federation, `representations`): its type, its key, and what the
 * subgraph requires. Null where something of that has not been brought.
 */
export function referenceTo(schema: GraphQLSchema, entity: unknown, required: Required): Data | null {
  if (!isData(entity)) return null;
  const reference = emptyData();
  for (const selection of required) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = ownOf(entity, key);
      if (value === undefined) return null;
      reference[key] = selected(schema, value, selection.selections);
    } else if (selection.typeCondition && isOfType(schema, entity, selection.typeCondition, false)) {
      const part = referenceTo(schema, entity, selection.selections);
      if (part) merge(reference, part);
    }
  }
  return reference;
}

function selected(schema: GraphQLSchema, value: unknown, selections: Required | undefined): unknown {
  if (!selections) return value;
  if (Array.isArray(value)) return value.map((item) => selected(schema, item, selections));
  return referenceTo(schema, value, selections);
}
