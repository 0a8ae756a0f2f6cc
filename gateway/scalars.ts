import {
  type ASTNode,
  type ASTVisitor,
  GraphQLError,
  type GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
} from 'graphql';
import { type ErrorCode, type ErrorParams, errorCodes, GraphError } from '../server/errors.ts';

/** The code behind scalars, by name. A scalar of the supergraph that is not here stays opaque to the gateway. */
export type Scalars = Readonly<Record<string, GraphQLScalarType>>;

type Surroundings = readonly (ASTNode | readonly ASTNode[])[];

/**
 * Teaches the API schema to check variables of the given scalars: a supergraph carries their names only, so that a
 * bad date would travel to the subgraph. Literals are the business of {@link scalarLiteralRule}.
 */
export function checkVariables(schema: GraphQLSchema, scalars: Scalars): void {
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) type.parseValue = scalar.parseValue.bind(scalar);
  }
}

/** Gives the validation rule that checks literals of the given scalars and names the argument they were given for. */
export const scalarLiteralRule =
  (scalars: Scalars): ValidationRule =>
  (context: ValidationContext): ASTVisitor => {
    const check = (node: ValueNode, around: Surroundings) => {
      // On a list, the visitor has already stepped to the type of its items.
      const given = node.kind === Kind.LIST ? context.getParentInputType() : context.getInputType();
      const type = isNonNullType(given) ? given.ofType : given;
      if (!type || (isListType(type) && node.kind === Kind.LIST)) return;
      const scalar = scalars[getNamedType(type).name];
      if (!scalar) return;
      const fault = faultOf(scalar, node);
      if (fault) context.reportError(badLiteral(fault, argumentOf(context, around), node));
    };
    const enter = (
      node: ValueNode,
      _key: unknown,
      parent: Surroundings[number] | undefined,
      _path: unknown,
      ancestors: Surroundings,
    ) => check(node, parent ? [...ancestors, parent] : ancestors);
    return {
      StringValue: enter,
      IntValue: enter,
      FloatValue: enter,
      BooleanValue: enter,
      EnumValue: enter,
      ListValue: enter,
      ObjectValue: enter,
    };
  };

function faultOf(scalar: GraphQLScalarType, node: ValueNode): Error | null {
  try {
    scalar.parseLiteral(node, {});
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** `filter.updatedSince`: the argument, and the fields of input objects on the way to the value. */
function argumentOf(context: ValidationContext, around: Surroundings): string | null {
  const fields = around.flatMap((node) =>
    'kind' in node && node.kind === Kind.OBJECT_FIELD ? [node.name.value] : [],
  );
  const argument = context.getArgument()?.name;
  return argument ? [argument, ...fields].join('.') : null;
}

function badLiteral(fault: Error, argument: string | null, node: ValueNode): GraphQLError {
  const message = argument ? `Argument "${argument}" has an invalid value. ${fault.message}` : fault.message;
  const { code, params } = fault instanceof GraphQLError ? fault.extensions : {};
  const own = typeof code === 'string' && code in errorCodes ? (code as ErrorCode) : 'BAD_USER_INPUT';
  const all: ErrorParams = { ...(params as ErrorParams | undefined), ...(argument ? { argument } : {}) };
  return new GraphQLError(message, {
    nodes: node,
    originalError: new GraphError(own, message, Object.keys(all).length > 0 ? { params: all } : {}),
  });
}
