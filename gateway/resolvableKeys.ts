import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';

/**
 * Gives a supergraph with the keys that a subgraph resolves before those that it only names (`resolvable: false`). Apollo's
 * planner takes the first of a type when it comes back with what a field requires, and would ask by one that is not
 * resolved. The order of directives on a type says nothing else.
 */
export function resolvableKeysFirst(sdl: string): string {
  if (!sdl.includes('resolvable: false')) return sdl;
  const sorted = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(type: T) => {
    const { directives = [] } = type;
    const named = directives.filter(isOnlyNamed);
    if (named.length === 0 || named.length === directives.length) return undefined;
    return { ...type, directives: [...directives.filter((each) => !isOnlyNamed(each)), ...named] };
  };
  return print(
    visit(parse(sdl, { noLocation: true }), {
      ObjectTypeDefinition: { enter: sorted },
      InterfaceTypeDefinition: { enter: sorted },
    }),
  );
}

/** Whether it is a `@join__type` with `resolvable: false`. */
const isOnlyNamed = ({ name, arguments: given = [] }: ConstDirectiveNode): boolean =>
  name.value === 'join__type' &&
  given.some(
    (argument) =>
      argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
  );
