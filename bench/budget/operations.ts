import { readdirSync, readFileSync } from 'node:fs';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';

/** A named operation as its files have it. */
export interface NamedOperation {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const directory = new URL('../../schema/operations/', import.meta.url);

/** Gives every operation of schema/operations, in the order of their names. */
export function namedOperations(): NamedOperation[] {
  const text = (file: string): string => readFileSync(new URL(file, directory), 'utf8');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => file.replace('.graphql', ''))
    .sort()
    .map((name) => ({
      name,
      query: text(`${name}.graphql`),
      variables: JSON.parse(text(`${name}.json`)) as Record<string, unknown>,
    }));
}

/** How many rows the lists of an operation are asked for; null for its natural size. */
export type Size = number | null;

/** What an operation is asked with at a size. */
export interface Sized {
  readonly size: Size;
  readonly variables: Readonly<Record<string, unknown>>;
}

const SIZES = [1, 10, 100];

/**
 * Gives the ways in which an operation is measured: with all its page sizes (variables such as `first`) at 1, 10 and 100,
 * or the most that its lists give, or as it is when it has none.
 */
export function sizesOf(
  { query, variables }: Pick<NamedOperation, 'query' | 'variables'>,
  most: number,
): readonly Sized[] {
  const pageSizes = variablesOf(query).filter((name) => /^first([A-Z]|$)/u.test(name));
  if (pageSizes.length === 0) return [{ size: null, variables }];
  return SIZES.map((wanted) => {
    const size = Math.min(wanted, most);
    return {
      size,
      variables: { ...variables, ...Object.fromEntries(pageSizes.map((name) => [name, size])) },
    };
  });
}

const variablesOf = (query: string): string[] =>
  parse(query)
    .definitions.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .flatMap(({ variableDefinitions = [] }) =>
      variableDefinitions.map(({ variable }) => variable.name.value),
    );
