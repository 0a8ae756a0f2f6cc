import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** What of an enum value, a field or an argument a lint reads. */
interface Element {
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

/** Gives every enum value, field and argument of a schema with its coordinate; introspection is left out. */
export function* elementsOf(schema: GraphQLSchema): Generator<readonly [coordinate: string, Element]> {
  for (const type of Object.values(schema.getTypeMap())) {
    const { name } = type;
    if (name.startsWith('__')) continue;
    if (isEnumType(type)) for (const value of type.getValues()) yield [`${name}.${value.name}`, value];
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) yield [`${name}.${field.name}`, field];
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield [`${name}.${field.name}`, field];
      for (const argument of field.args) yield [`${name}.${field.name}(${argument.name}:)`, argument];
    }
  }
}
