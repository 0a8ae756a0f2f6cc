import { readFileSync, writeFileSync } from 'node:fs';
import { demoViewer, publicViewer, type Viewer } from '../../server/viewer.ts';
import { render } from '../table.ts';
import { type BudgetGraph, openBudgetGraph } from './graph.ts';
import { type Budget, budgetOf, judge, type Measured, sizeText } from './judge.ts';
import { type NamedOperation, namedOperations, sizesOf } from './operations.ts';

/**
 * `npm run budget`: measures what every named operation costs at 1, 10 and 100 rows, prints it, and fails when one costs
 * more than its budget in schema/budgets.json, or more with more rows. `--write` makes what is measured the budget.
 */

/** A budget; and what an operation is asked with, where its documented variables name what only another seed has. */
interface Entry extends Budget {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The largest page that its lists give, where that is less than a hundred rows. */
  readonly most?: number;
}

const file = new URL('../../schema/budgets.json', import.meta.url);

const partner: Viewer = {
  ...publicViewer,
  subject: 'budget-partner',
  role: 'PARTNER',
  scopes: ['awards:verify', 'export:read'],
};

async function measured(
  graph: BudgetGraph,
  operation: NamedOperation,
  entry: Entry | undefined,
): Promise<Measured[]> {
  const viewer = operation.name.startsWith('partner-') ? partner : demoViewer;
  const asked = { ...operation, variables: { ...operation.variables, ...entry?.variables } };
  const found: Measured[] = [];
  for (const { size, variables } of sizesOf(asked, entry?.most ?? Number.POSITIVE_INFINITY)) {
    // What a process reads once and keeps, it has read after the first time.
    await graph.totals(operation.query, variables, viewer);
    found.push({ ...(await graph.totals(operation.query, variables, viewer)), size });
  }
  return found;
}

const rowOf = (name: string, { size, ...cost }: Measured): string[] => [
  name,
  sizeText(size),
  ...[cost.fetches, cost.waves, cost.mongodbCommands, cost.rows, cost.documentsPerRow].map(String),
];

async function run(write: boolean): Promise<readonly string[]> {
  const budgets: Record<string, Entry> = JSON.parse(readFileSync(file, 'utf8'));
  const graph = await openBudgetGraph();
  const costs = new Map<string, Measured[]>();
  try {
    for (const operation of namedOperations())
      costs.set(operation.name, await measured(graph, operation, budgets[operation.name]));
  } finally {
    await graph.close();
  }
  const table = {
    title: 'What every named operation costs',
    columns: ['operation', 'rows asked', 'fetches', 'waves', 'commands', 'rows', 'documents per row'],
    rows: [...costs].flatMap(([name, found]) => found.map((each) => rowOf(name, each))),
  };
  process.stdout.write(`${render(table)}\n`);
  if (write) {
    const fitting = [...costs].map(([name, found]) => [name, { ...budgets[name], ...budgetOf(found) }]);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(fitting), null, 2)}\n`);
  }
  const gone = Object.keys(budgets).filter((name) => !costs.has(name));
  return [
    ...gone.map((name) => `schema/budgets.json has a budget for ${name}, which is no operation.`),
    ...(write ? [] : [...costs].flatMap(([name, found]) => judge(name, found, budgets[name]))),
  ];
}

const wrong = await run(process.argv.includes('--write'));
for (const sentence of wrong) process.stderr.write(`${sentence}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
