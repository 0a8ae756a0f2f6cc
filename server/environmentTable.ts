import { type Variable, variableFamilies, variables } from './variables.ts';

const row = (name: string, { shown, about, secret }: Variable): string =>
  `| \`${name}\` | ${shown} | ${about}${secret ? ` Also as a file: \`${name}_FILE\`.` : ''} |`;

/** Gives the README's table of the environment, from the same schema that reads it. */
export function environmentTable(): string {
  const families = Object.entries(variableFamilies).map(([prefix, variable]) =>
    row(`${prefix}<SUBGRAPH>`, variable),
  );
  const fixed = Object.entries(variables).map(([name, variable]) => row(name, variable));
  return ['| Variable | Default | Meaning |', '|---|---|---|', ...fixed, ...families].join('\n');
}
