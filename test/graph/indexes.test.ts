import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Command, collectionOf, collectReads, planOf, readsOf, shapeOf } from '../harness/explain.ts';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { caseOf, headersOf, names, read } from '../operations/cases.ts';
import { generatedQuestions } from './questions.ts';

/**
 * Every query of the product uses an index: the graph is asked everything that can be asked of it, once by each field of
 * each filter and each sort, and each MongoDB command that was sent is explained, on whatever database the tests run.
 */

const ministry = { 'x-demo-viewer': 'role=MINISTRY; unit=/BCA/' };
/** Who sees a part only, so that every list of the roots is asked with the part as well. */
const others = [
  { 'x-demo-viewer': 'role=OFFICER; unit=/BCA/T01.1/H001.1/' },
  { 'x-demo-viewer': 'role=COMMANDER; unit=/BCA/T01.1/' },
  { 'x-demo-viewer': 'role=PARTNER; scopes=awards:verify export:read' },
];

/** Reads of a whole collection, or sorts of all that an index finds, and why they are right. */
const exceptions: Readonly<Record<string, string>> = {
  'COLLSCAN units_regions by before, from': 'eight regions; all that exist on the day are wanted',
  'SORT units_regions by before, from': 'eight regions',
  'COLLSCAN activities_units by nothing': 'the tree of a day is made of all units, and kept for the request',
  'COLLSCAN activities_activities by status':
    'five values: a list walks the index of its sort; only the count of a status alone reads all',
  'SORT units_events by unitIds': 'a unit meets a handful of events',
  'SORT units_links by toId': 'a unit has a handful of predecessors',
  'SORT units_links by fromId': 'a unit has a handful of successors',
  'SORT awards_rules by form': 'a form has one rule for each law, three at most',
  'SORT awards_citations by regime': 'a law is cited a few times',
  'SORT awards_awards by recipientKey': 'what one recipient ever got',
  'SORT awards_dossiers by recipientKey': 'what one recipient was ever proposed for',
};

const found = new Map<string, { readonly command: Command; readonly question: string }>();
const refused = new Map<string, unknown>();
let graph: TestGraph;

beforeAll(async () => {
  graph = await startGraph('memory');
  for (const { name, query, variants } of generatedQuestions()) {
    for (const variables of variants) await watch(name, query, variables, ministry);
    const isList = name.startsWith('Query.') && query.includes('$after:');
    // Who sees a part only has to name a record of an audit.
    const asked = name.endsWith('Audit') ? variants : variants.slice(0, 1);
    for (const viewer of isList ? others : [])
      for (const variables of asked) await watch(name, query, variables, viewer);
  }
  for (const name of names) await watch(name, read(name), caseOf(name).variables, headersOf(caseOf(name)));
}, 300_000);
afterAll(() => graph.stop());

/** Asks a question, and for the page after it, and keeps what was read. */
async function watch(
  name: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  viewer: Record<string, string>,
): Promise<void> {
  const { commands, stop } = collectReads(graph.connection);
  const { data, errors } = await graph.ask(query, variables, viewer);
  const [, after] = /"hasNextPage":true[^}]*"endCursor":"([^"]+)"/u.exec(JSON.stringify(data ?? null)) ?? [];
  if (after && query.includes('$after:')) await graph.ask(query, { ...variables, after }, viewer);
  stop();
  if (errors && viewer === ministry) refused.set(name, errors[0]?.extensions?.code);
  for (const command of commands.flatMap(readsOf)) {
    const shape = shapeOf(command);
    const question = `${name} ${JSON.stringify(variables)}`;
    if (!found.has(shape)) found.set(shape, { command, question });
  }
}

test('nearly everything that was asked was answered', () => {
  const withoutKey = [
    'supportActivity',
    'houseProject',
    'awardDossier',
    'campaign',
    'contentItem',
    'indicator',
    'unit',
  ];
  expect(Object.fromEntries(refused)).toEqual({
    ...Object.fromEntries(withoutKey.map((name) => [`Query.${name}`, 'INPUT_INVALID'])),
    'Query.personalDataKeys': 'UNAUTHORIZED_FIELD_OR_TYPE',
    'SupportActivity.beneficiaries': 'UNAUTHORIZED_FIELD_OR_TYPE',
  });
  expect(found.size).toBeGreaterThan(500);
});

test('every query of the product uses an index', async () => {
  const faults = new Map<string, string>();
  for (const { command, question } of found.values()) {
    for (const fault of await faultsOf(command)) faults.set(fault, question);
  }
  const unexpected = [...faults].filter(([fault]) => !(fault in exceptions));
  expect(Object.fromEntries(unexpected)).toEqual({});
  // An exception that nothing needs any more would hide the next fault.
  expect(Object.keys(exceptions).filter((one) => !faults.has(one))).toEqual([]);
});

/** Gives what is wrong with the plan of a read: it scans the whole collection, or sorts all that it finds. */
async function faultsOf(command: Command): Promise<string[]> {
  // How many records a collection has stands in its metadata.
  if (command.count && Object.keys((command.query as object | undefined) ?? {}).length === 0) return [];
  const stages = await planOf(graph.connection, command);
  expect(stages.length, `explain says nothing about ${JSON.stringify(command)}`).toBeGreaterThan(0);
  const wrong = stages.flatMap(({ stage, limitAmount }) =>
    stage === 'COLLSCAN' || (stage === 'SORT' && limitAmount === undefined) ? [stage] : [],
  );
  return wrong.map(
    (stage) => `${stage} ${collectionOf(command)} by ${fieldsOf(command).join(', ') || 'nothing'}`,
  );
}

/** Gives the fields that a read is filtered by. */
function fieldsOf({ filter, query, pipeline }: Command): string[] {
  const matches = ((pipeline as { $match?: object }[] | undefined) ?? []).flatMap(
    ({ $match }) => $match ?? [],
  );
  return [...new Set([filter, query, ...matches].flatMap(fieldsIn))].sort();
}

function fieldsIn(filter: unknown): string[] {
  return Object.entries(filter ?? {}).flatMap(([name, inner]) => {
    if (!name.startsWith('$')) return [name];
    return Array.isArray(inner) ? inner.flatMap(fieldsIn) : [];
  });
}
