import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { type ErrorCode, GraphError } from '../../server/errors.ts';

/** What one operation may ask, counted as if every fragment were written out; introspection is not counted. */
export interface ShapeLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

interface Shape {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

const nothing: Shape = { depth: 0, aliases: 0, fields: 0 };

/** Gives the validation rule that refuses what is too deep (DEPTH_EXCEEDED) or too much (COST_EXCEEDED). */
export const shapeRule =
  (limits: ShapeLimits): ValidationRule =>
  (context: ValidationContext): ASTVisitor => {
    const measure = measurer(context);
    return {
      OperationDefinition(node) {
        const shape = measure(node.selectionSet);
        const refuse = (code: ErrorCode, message: string, was: number, limit: number) =>
          context.reportError(
            new GraphQLError(message, {
              nodes: node,
              originalError: new GraphError(code, message, { params: { was, limit } }),
            }),
          );
        const { depth, aliases, fields } = limits;
        if (shape.depth > depth) {
          refuse(
            'DEPTH_EXCEEDED',
            `The operation is ${shape.depth} fields deep; at most ${depth} are allowed.`,
            shape.depth,
            depth,
          );
        }
        if (shape.aliases > aliases) {
          refuse(
            'COST_EXCEEDED',
            `The operation has ${shape.aliases} aliases; at most ${aliases} are allowed.`,
            shape.aliases,
            aliases,
          );
        }
        if (shape.fields > fields) {
          refuse(
            'COST_EXCEEDED',
            `The operation asks for ${shape.fields} fields; at most ${fields} are allowed.`,
            shape.fields,
            fields,
          );
        }
        return false;
      },
    };
  };

function measurer(context: ValidationContext): (set: SelectionSetNode) => Shape {
  const fragments = new Map<string, Shape>();
  // A fragment inside itself is another rule's error; here it only must not run for ever.
  const ofFragment = (fragment: FragmentDefinitionNode): Shape => {
    const name = fragment.name.value;
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, nothing);
    const shape = ofSet(fragment.selectionSet);
    fragments.set(name, shape);
    return shape;
  };
  const ofSelection = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = context.getFragment(selection.name.value);
      return fragment ? ofFragment(fragment) : nothing;
    }
    if (selection.name.value.startsWith('__')) return nothing;
    const inside = selection.selectionSet ? ofSet(selection.selectionSet) : nothing;
    return {
      depth: inside.depth + 1,
      aliases: inside.aliases + (selection.alias ? 1 : 0),
      fields: inside.fields + 1,
    };
  };
  const ofSet = (set: SelectionSetNode): Shape =>
    set.selections.map(ofSelection).reduce(
      (sum, shape) => ({
        depth: Math.max(sum.depth, shape.depth),
        aliases: sum.aliases + shape.aliases,
        fields: sum.fields + shape.fields,
      }),
      nothing,
    );
  return ofSet;
}
