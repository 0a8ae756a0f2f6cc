import fc from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
} from 'graphql';

/**
 * Gives random selections of a type: fields with aliases, fragments on every type that can be there, @skip and @include.
 * Every argument `id` is "1"; the operation has a variable `$yes`.
 */
export function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  g: fc.GeneratorValue,
): string {
  const fields =
    'getFields' in type ? Object.values(type.getFields()).filter((each) => !each.name.startsWith('_')) : [];
  const inside = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  // Indexes, because the generator compares what it chooses from, and types hold each other.
  const pick = <T>(from: readonly T[]): T | undefined =>
    from[g(fc.integer, { min: 0, max: from.length - 1 })];
  const parts = Array.from({ length: g(fc.integer, { min: 1, max: 4 }) }, () => {
    const condition = g(
      fc.constantFrom,
      '',
      '',
      ' @include(if: true)',
      ' @skip(if: $yes)',
      ' @include(if: $yes)',
    );
    if (fields.length === 0 || g(fc.integer, { min: 0, max: 4 }) === 0) {
      const on = pick(inside);
      return depth > 0 && on
        ? `... on ${on.name}${condition} { ${selectionOf(schema, on, depth - 1, g)} }`
        : '__typename';
    }
    const field = pick(fields);
    const given = field?.args.some(({ name }) => name === 'id') ? '(id: "1")' : '';
    const result = field && getNamedType(field.type);
    // An alias of its own for each type, field and condition, so that no two selections can be in each other's way.
    const alias = `${type.name}_${field?.name}_${condition.replace(/\W/gu, '')}`;
    if (!isCompositeType(result)) return `${alias}: ${field?.name}${given}${condition}`;
    return depth > 0
      ? `${alias}: ${field?.name}${given}${condition} { ${selectionOf(schema, result, depth - 1, g)} }`
      : '__typename';
  });
  return parts.join(' ');
}
