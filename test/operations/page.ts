import { readFileSync } from 'node:fs';
import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { type Case, caseOf, names, read } from './cases.ts';
import { estimateOf } from './costs.ts';
import { excerptOf } from './excerpt.ts';

/** One operation as the page shows it. */
interface Entry {
  readonly name: string;
  /** D4, P1 … */
  readonly number: string;
  readonly question: string;
  readonly operation: OperationDefinitionNode;
  readonly asked: Case;
}

const intro = `# The operations of dashboards and partners

Nineteen questions that the dashboards of the ministry and the apps of partners ask, each as one named operation to copy, to change or to send as it stands. The [explorer](../README.md) offers all of them in this order, by who asks them, with variables that work on the demo data (\`SEED=demo\`).

The excerpts are of real answers, on the small data that the tests run on: of each list the first row, of long texts the beginning. The price is that of one answer: how many times the gateway asks which part of the graph, and how many commands that part sends to MongoDB. It depends on the shape of the operation only, never on how many rows there are. The [cost](limits.md) is what the gateway estimates before it asks anybody, and holds against the limit of whoever asks. Errors and their codes: [errors](errors.md). What to draw where a part of the graph is down: [partial data](partial-data.md).

This page is written by a test from the operations, their answers and their prices; \`npx vitest run --project main test/operations -u\` writes it anew.
`;

const audiences: readonly (readonly [letter: string, heading: string])[] = [
  [
    'D',
    '## Dashboards\n\nAsked by a dashboard of the ministry, which sees everything but persons. What others see is less: [access](access.md) says who reads what: reports and dossiers, for example, are not for the public and for partners, and an officer or a commander sees them in the own part of the tree.\n',
  ],
  [
    'P',
    '## Partners\n\nAsked by an app of a partner: published campaigns, counts with small numbers suppressed, awards with persons named only where they agreed. On a development server the header `x-demo-viewer: role=PARTNER; scopes=awards:verify export:read` asks as one.\n',
  ],
];

/** Gives the page docs/queries.md, made from the operations' files, answers and prices. */
export function pageOf(): string {
  const entries = names.map(entryOf).sort((a, b) => byNumber.compare(a.number, b.number));
  const sections = audiences.flatMap(([letter, heading]) => [
    heading,
    ...entries.filter(({ number }) => number.startsWith(letter)).map(sectionOf),
  ]);
  return [intro, ...sections].join('\n');
}

const byNumber = new Intl.Collator('en', { numeric: true });

function entryOf(name: string): Entry {
  const text = read(name);
  const [, number, question] = /^# ([DP]\d+)\. (.+)$/mu.exec(text) ?? [];
  const operation = parse(text).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (!number || !question || operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`${name}.graphql begins with no comment "# D1. What it asks."`);
  return { name, number, question, operation, asked: caseOf(name) };
}

function sectionOf({ name, number, question, operation, asked }: Entry): string {
  const answer = JSON.parse(readFileSync(`test/operations/answers/${name}.json`, 'utf8'));
  return `### ${number}. ${operation.name?.value}

${question}

[schema/operations/${name}.graphql](../schema/operations/${name}.graphql) · ${priceOf(asked)} · cost ${estimateOf(name).cost}

${variablesOf(operation)}

Asked with \`${JSON.stringify(asked.variables)}\`:

\`\`\`json
${JSON.stringify(excerptOf(answer), null, 2)}
\`\`\`
`;
}

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): string {
  const rows = variableDefinitions.map(({ variable, type, defaultValue }) => {
    const otherwise = defaultValue ? `\`${print(defaultValue)}\`` : '';
    return `| \`${variable.name.value}\` | \`${print(type)}\` | ${otherwise} |`;
  });
  return ['| variable | type | when left out |', '|---|---|---|', ...rows].join('\n');
}

/** "3 fetches (units 1, activities 2), 5 MongoDB commands (units 1, activities 4)". */
function priceOf({ fetches, commands }: Case): string {
  const shown = (counts: Readonly<Record<string, number>>, one: string): string => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const each = Object.entries(counts).map(([subgraph, count]) => `${subgraph} ${count}`);
    return `${all} ${all === 1 ? one : `${one}${one.endsWith('h') ? 'es' : 's'}`} (${each.join(', ')})`;
  };
  return `${shown(fetches, 'fetch')}, ${shown(commands, 'MongoDB command')}`;
}
