import type { GraphQLError } from 'graphql';

type Path = readonly (string | number)[];

/**
 * Gives the errors of an answer: what the subgraphs said, and what broke the schema where none of them has said why.
 * Where one has, that something is missing is no news.
 */
export function faultsOf(
  said: readonly GraphQLError[],
  broken: readonly GraphQLError[],
): readonly GraphQLError[] {
  if (said.length === 0) return broken;
  return [...said, ...broken.filter(({ path }) => !said.some((error) => isOnTheWay(error.path, path)))];
}

/** Whether one of the paths is the beginning of the other; `@` stands for each item of a list, no path for the whole. */
function isOnTheWay(one: Path | undefined, other: Path | undefined): boolean {
  if (!one || !other) return true;
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  return shorter.every((part, index) => part === longer[index] || part === '@' || longer[index] === '@');
}
