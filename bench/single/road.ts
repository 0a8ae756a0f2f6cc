import type { GraphQLField, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isObjectType } from 'graphql';
import type { Key, Part } from './part.ts';

/** How a field of an object is come by: of the part that gave the object, or of another part that finds it by a key. */
export interface Road {
  readonly part: Part;
  readonly field: GraphQLField<unknown, object>;
  /** What the other part finds the object by; null where the object's own part has the field. */
  readonly key: Key | null;
}

const fieldOf = (part: Part, type: string, name: string): GraphQLField<unknown, object> | undefined => {
  const found = part.schema.getType(type);
  return isObjectType(found) ? found.getFields()[name] : undefined;
};

const hasType = ({ schema }: Part, type: string): boolean => schema.getType(type) !== undefined;

/** The parts that know a type. */
export const partsWith = (parts: readonly Part[], type: string): Part[] =>
  parts.filter((part) => hasType(part, type));

/** Gives the road from an object that `origin` gave; undefined when no part can be gone to for the field. */
export function roadOf(parts: readonly Part[], origin: Part, type: string, name: string): Road | undefined {
  const own = fieldOf(origin, type, name);
  if (own) return { part: origin, field: own, key: null };
  for (const part of parts) {
    const field = fieldOf(part, type, name);
    const key = (part.keys.get(type) ?? []).find((each) =>
      each.every((keyField) => fieldOf(origin, type, keyField)),
    );
    if (field && key) return { part, field, key };
  }
  return undefined;
}

/** Whether it must be remembered which part gave an object of what the field gives: several know its type. */
export function isShared(
  parts: readonly Part[],
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
): boolean {
  const type = getNamedType(field.type);
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return types.some(({ name }) => partsWith(parts, name).length > 1);
}
