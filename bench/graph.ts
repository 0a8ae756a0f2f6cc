import { readdirSync, readFileSync } from 'node:fs';

/** An operation of the product with enough different variables that no cache of answers could flatter. */
export interface Question {
  readonly name: string;
  readonly bodies: readonly string[];
}

const operation = (name: string): string =>
  readFileSync(new URL(`../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

async function ask<Data>(url: string, query: string): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

/** Asks the graph for codes, and gives unit card, campaign overview and unit tree about all of them in turn. */
export async function questionsOf(url: string): Promise<Question[]> {
  const { units } = await ask<{ units: { nodes: { code: string }[] } }>(
    url,
    '{ units(first: 100, filter: { level: [PROVINCE] }) { nodes { code } } }',
  );
  const { campaigns } = await ask<{ campaigns: { nodes: { code: string }[] } }>(
    url,
    '{ campaigns(first: 100) { nodes { code } } }',
  );
  const codes = units.nodes.map(({ code }) => code);
  const of = (name: string, variables: readonly object[]): Question => ({
    name,
    bodies: variables.map((each) => JSON.stringify({ query: operation(name), variables: each })),
  });
  return [
    of(
      'unit-card',
      codes.map((code) => ({ code })),
    ),
    of(
      'campaign-overview',
      campaigns.nodes.map(({ code }) => ({ code })),
    ),
    of(
      'unit-tree',
      codes.map((code) => ({ open: [code] })),
    ),
  ];
}

/** Gives the body of every named operation, with the variables that it is documented with. */
export function mixedBodies(): string[] {
  const directory = new URL('../schema/operations/', import.meta.url);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const variables = readFileSync(new URL(file.replace('.graphql', '.json'), directory), 'utf8');
      return JSON.stringify({
        query: operation(file.replace('.graphql', '')),
        variables: JSON.parse(variables),
      });
    });
}
