import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments.ts';

/** How large a definition is, counted as if every fragment were written out. */
export interface Shape {
  /** Fields inside each other, without introspection: graphql's own introspection query is 15 deep. */
  readonly depth: number;
  /** Fields at the top of the selection. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly fields: number;
  readonly directives: number;
  /** The most directives that stand at one place. */
  readonly directivesAtOnce: number;
}

type Measured = OperationDefinitionNode | FragmentDefinitionNode;
type Directed = { readonly directives?: readonly DirectiveNode[] | undefined };

const nothing: Shape = {
  depth: 0,
  rootFields: 0,
  aliases: 0,
  fields: 0,
  directives: 0,
  directivesAtOnce: 0,
};

const memo = new WeakMap<DocumentNode, ReadonlyMap<Measured, Shape>>();

/**
 * Measures every operation and fragment of a document, valid or not: a fragment that is inside itself, or not there, counts
 * as nothing where it is met again. Takes time in proportion to the text, however often fragments are spread.
 */
export function shapesOf(document: DocumentNode): ReadonlyMap<Measured, Shape> {
  const known = memo.get(document);
  if (known) return known;
  const ofSet = measurer(document);
  const shapes = new Map(
    document.definitions.filter(isMeasured).map((node) => [node, shapeOf(node, ofSet)] as const),
  );
  memo.set(document, shapes);
  return shapes;
}

const isMeasured = (node: DefinitionNode): node is Measured =>
  node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION;

const shapeOf = (node: Measured, ofSet: (set: SelectionSetNode) => Shape): Shape =>
  [node, ...(node.variableDefinitions ?? [])].map(ofDirectives).reduce(sum, ofSet(node.selectionSet));

function measurer(document: DocumentNode): (set: SelectionSetNode) => Shape {
  const definitions = fragmentsOf(document);
  const fragments = new Map<string, Shape>();
  const ofFragment = (name: string): Shape => {
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, nothing);
    const fragment = definitions.get(name);
    const shape = fragment ? ofSet(fragment.selectionSet) : nothing;
    fragments.set(name, shape);
    return shape;
  };
  const ofSelection = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.FIELD) return ofField(selection, ofSet);
    const inside =
      selection.kind === Kind.INLINE_FRAGMENT
        ? ofSet(selection.selectionSet)
        : ofFragment(selection.name.value);
    return sum(inside, ofDirectives(selection));
  };
  const ofSet = (set: SelectionSetNode): Shape => set.selections.map(ofSelection).reduce(sum, nothing);
  return ofSet;
}

function ofField(field: FieldNode, ofSet: (set: SelectionSetNode) => Shape): Shape {
  const inside = field.selectionSet ? ofSet(field.selectionSet) : nothing;
  const all = sum(inside, ofDirectives(field));
  return {
    ...all,
    depth: field.name.value.startsWith('__') ? 0 : inside.depth + 1,
    rootFields: 1,
    aliases: all.aliases + (field.alias ? 1 : 0),
    fields: all.fields + 1,
  };
}

const ofDirectives = ({ directives = [] }: Directed): Shape => ({
  ...nothing,
  directives: directives.length,
  directivesAtOnce: directives.length,
});

const sum = (one: Shape, other: Shape): Shape => ({
  depth: Math.max(one.depth, other.depth),
  rootFields: one.rootFields + other.rootFields,
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  directives: one.directives + other.directives,
  directivesAtOnce: Math.max(one.directivesAtOnce, other.directivesAtOnce),
});
