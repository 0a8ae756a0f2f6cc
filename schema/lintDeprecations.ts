import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** How a reason is written; the gateway reads the days for the headers `Deprecation` and `Sunset`. */
const REASON = /^Since \d{4}-\d{2}-\d{2}; use .+\. Sunset: \d{4}-\d{2}-\d{2}\.$/u;

/** API.md, rule 9: what is deprecated says since when, what takes its place, and from which day on it may be gone. */
export function undatedDeprecations(api: GraphQLSchema): string[] {
  const faults: string[] = [];
  const check = (coordinate: string, { deprecationReason: reason }: Deprecable) => {
    if (typeof reason === 'string' && !REASON.test(reason))
      faults.push(
        `${coordinate} is deprecated and should say "Since 2026-12-01; use successor. Sunset: 2027-06-30."`,
      );
  };
  for (const type of Object.values(api.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return faults;
}

interface Deprecable {
  readonly deprecationReason?: string | null | undefined;
}
