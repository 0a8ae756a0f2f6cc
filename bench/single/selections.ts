import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Selection } from '../../subgraphs/records/selection.ts';
import type { Part } from './part.ts';
import { partsWith, roadOf } from './road.ts';

/**
 * Gives what a document asks of each part: the fields that the part has itself, and the keys by which others find its
 * objects. Made once per document and kept with it.
 */
export function selections(
  schema: GraphQLSchema,
  parts: readonly Part[],
): (document: DocumentNode) => (part: Part) => Selection {
  const memo = new WeakMap<DocumentNode, Map<Part, Selection>>();
  return (document) => {
    const known = memo.get(document) ?? selectionsOf(document, schema, parts);
    memo.set(document, known);
    return (part) => known.get(part) ?? new Selection(new Map());
  };
}

function selectionsOf(document: DocumentNode, schema: GraphQLSchema, parts: readonly Part[]) {
  const fields = new Map(parts.map((part) => [part, new Map<string, Set<string>>()]));
  const add = (part: Part, type: string, name: string) => {
    const ofPart = fields.get(part);
    ofPart?.set(type, (ofPart.get(type) ?? new Set<string>()).add(name));
  };
  const addField = (type: string, name: string) => {
    for (const part of partsWith(parts, type)) {
      const road = roadOf(parts, part, type, name);
      for (const each of road?.key ?? [name]) add(part, type, each);
      if (road?.key) add(road.part, type, name);
    }
  };
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const parent = info.getParentType();
        if (!parent || name.value.startsWith('__')) return;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of types) addField(type.name, name.value);
      },
    }),
  );
  return new Map([...fields].map(([part, ofPart]) => [part, new Selection(ofPart)]));
}
