import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type AccessRules, meets, type Rule } from '../../server/access/rules.ts';
import type { Viewer } from '../../server/viewer.ts';

/** Selections with the rules that they must meet. */
export type LeftOut = ReadonlyMap<FieldNode, readonly Rule[]>;

/** An operation as a viewer may ask it. */
export interface Guarded {
  /** What may be executed: the document that was given, or a copy without what the viewer may not select. */
  readonly document: DocumentNode;
  /** The selections that were left out, each with all its rules; empty when nothing was. */
  readonly left: LeftOut;
  /** Names the copy among all copies of the document; empty for the document itself. */
  readonly key: string;
}

/** Gives what a viewer may execute of a valid document. */
export type Guard = (document: DocumentNode, viewer: Viewer) => Guarded;

/** A selection with every rule that it must meet. */
interface Place {
  readonly field: FieldNode;
  readonly rules: readonly Rule[];
}

/**
 * Makes the guard of a schema. As Apollo Router does, it takes what is forbidden out of the operation before it is
 * planned or executed, so that nothing forbidden is ever fetched. Which rules lie where is found once per document: a
 * viewer who meets all of them costs one look at each rule.
 */
export function createGuard(schema: GraphQLSchema, rules: AccessRules): Guard {
  const places = new WeakMap<DocumentNode, readonly Place[]>();
  const copies = new WeakMap<DocumentNode, Map<string, Guarded>>();
  const placesIn = (document: DocumentNode): readonly Place[] => {
    const known = places.get(document) ?? placesOf(document, schema, rules);
    places.set(document, known);
    return known;
  };
  return (document, viewer) => {
    const met = new Map<Rule, boolean>();
    const isMet = (rule: Rule): boolean => {
      const known = met.get(rule) ?? meets(viewer, rule);
      met.set(rule, known);
      return known;
    };
    const all = placesIn(document);
    const left = all.flatMap((place, index) => (place.rules.every(isMet) ? [] : [index]));
    if (left.length === 0) return { document, left: nothing, key: '' };
    const key = left.join();
    const ofDocument = copies.get(document) ?? new Map<string, Guarded>();
    copies.set(document, ofDocument);
    const guarded = ofDocument.get(key) ?? without(document, schema, all, left, key);
    ofDocument.set(key, guarded);
    return guarded;
  };
}

const nothing: LeftOut = new Map();

function placesOf(document: DocumentNode, schema: GraphQLSchema, rules: AccessRules): Place[] {
  if (Object.keys(rules).length === 0) return [];
  const found: Place[] = [];
  const types = new TypeInfo(schema);
  const enter = (field: FieldNode) => {
    const parent = types.getParentType();
    const definition = types.getFieldDef();
    if (!parent || !definition || definition.name.startsWith('__')) return;
    const ofField = rulesOf(schema, rules, parent, definition);
    if (ofField.length > 0) found.push({ field, rules: ofField });
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return found;
}

/**
 * The rules of a field, of the type it is selected on, and of the type it gives. A field that is selected on an
 * interface may be read from any of its types and meets the rules of all of them.
 */
function rulesOf(
  schema: GraphQLSchema,
  rules: AccessRules,
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
): Rule[] {
  const holders = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  const coordinates = [
    ...holders.flatMap(({ name }) => [name, `${name}.${field.name}`]),
    getNamedType(field.type).name,
  ];
  return [...new Set(coordinates.flatMap((coordinate) => rules[coordinate] ?? []))];
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Copies a document without some selections. A selection set that loses all it had still says what type is there. */
function without(
  document: DocumentNode,
  schema: GraphQLSchema,
  places: readonly Place[],
  indexes: readonly number[],
  key: string,
): Guarded {
  const chosen = indexes.flatMap((index) => places[index] ?? []);
  const left = new Map(chosen.map(({ field, rules }) => [field, rules]));
  const types = new TypeInfo(schema);
  const copy = visit(
    document,
    visitWithTypeInfo(types, {
      Field: { enter: (node) => (left.has(node) ? null : undefined) },
      SelectionSet: {
        leave(node) {
          const isNeeded = node.selections.length === 0 || isAbstractType(types.getParentType());
          if (!isNeeded || node.selections.some(isTypename)) return undefined;
          return { ...node, selections: [...node.selections, typename] };
        },
      },
    }),
  );
  return { document: withoutUnused(copy), left, key };
}

const isTypename = (node: SelectionNode): boolean =>
  node.kind === Kind.FIELD && node.name.value === '__typename' && !node.alias;

/** Takes out the variables that only what was left out has used: a plan would ask for their values. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: { enter: () => false },
    Variable: {
      enter: ({ name }) => {
        used.add(name.value);
      },
    },
  });
  return visit(document, {
    VariableDefinition: { enter: ({ variable }) => (used.has(variable.name.value) ? undefined : null) },
  });
}
