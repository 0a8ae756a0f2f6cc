import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testVolumes } from '../harness/volumes.ts';
import { type OpenedUnits, openUnits } from './openUnits.ts';

interface Plan {
  readonly stage?: string;
  readonly indexName?: string;
  readonly inputStage?: Plan;
  readonly inputStages?: readonly Plan[];
}

type Command = Record<string, unknown>;

let units: OpenedUnits;
beforeAll(async () => {
  units = await openUnits(testVolumes);
});
afterAll(() => units.close());

const stagesOf = (plan: Plan): string[] => [
  ...(plan.stage ? [plan.indexName ?? plan.stage] : []),
  ...[...(plan.inputStages ?? []), ...(plan.inputStage ? [plan.inputStage] : [])].flatMap(stagesOf),
];

const explained = async (connection: Connection, command: Command, verbosity: string) => {
  const { $db, lsid, $clusterTime, ...plain } = command;
  return connection.db?.command({ explain: plain, verbosity });
};

const explain = async (connection: Connection, command: Command): Promise<string[]> =>
  stagesOf((await explained(connection, command, 'queryPlanner'))?.queryPlanner?.winningPlan ?? {});

/** Asks, and gives the commands of these names that the answer took. */
async function listening(query: string, names: readonly string[]) {
  const commands: Command[] = [];
  const client = units.connection.getClient();
  const listen = ({ commandName, command }: { commandName: string; command: Command }) => {
    if (names.includes(commandName)) commands.push(command);
  };
  client.on('commandStarted', listen);
  const answer = await units.ask(query);
  client.off('commandStarted', listen);
  return { ...answer, commands };
}

test.each([
  ['{ unit(code: "T01.1") { name { vi } } }', ['code_1']],
  ['{ unitsByCode(codes: ["T01.1", "BCA"]) { name { vi } } }', ['code_1']],
  ['{ units { nodes { path } } }', ['path_1__id_1']],
  ['{ units(sort: [{ field: NAME }]) { nodes { path } } }', ['nameKey_1__id_1']],
  [
    '{ units(filter: { level: [COMMUNE], status: [ACTIVE] }) { nodes { path } } }',
    ['level_1_status_1_path_1__id_1'],
  ],
  ['{ units(filter: { text: "tan th" }) { nodes { path } } }', ['searchKeys_1']],
  [
    '{ unitTree(root: "T01.1", on: "2021-08-15") { nodes { path } } }',
    ['code_1_from_1', 'depth_1_path_1__id_1'],
  ],
  [
    '{ unitLevels(of: ["T01.1"], on: "2021-08-15") { units { path } } }',
    ['code_1_from_1', 'parentId_1_path_1__id_1'],
  ],
  [
    '{ adminAreas(listDate: "2021-08-01", parent: "001") { nodes { code } } }',
    ['listDate_1_parentCode_1_code_1__id_1'],
  ],
  ['{ unitChanges { caughtUp } }', ['seq_1']],
])('%s reads through %j', async (query, indexes) => {
  const { commands, errors } = await listening(query, ['find']);
  expect(errors).toBeUndefined();
  const plans = await Promise.all(commands.map((command) => explain(units.connection, command)));
  const used = plans.flat();
  expect(used.filter((stage) => /_1$/u.test(stage))).toEqual(indexes);
  expect(used).not.toContain('COLLSCAN');
  // A range of names is found in the order of the names; only what matches is put in the order of the tree.
  expect(used.includes('SORT')).toBe(indexes.includes('searchKeys_1'));
});

test('a level of the tree with its numbers of children looks at no unit of the next level', async () => {
  const { data, commands } = await listening(
    '{ unitTree(root: "BCA", on: "2021-08-15") { nodes { path childCount } } }',
    ['find', 'aggregate'],
  );
  const { nodes } = (data as { unitTree: { nodes: { path: string; childCount: number }[] } }).unitTree;
  const parents = nodes.filter(({ childCount }) => childCount > 0);
  expect([nodes.length, parents.length]).toEqual([6, 4]);
  const examined = await Promise.all(
    commands.map(
      async (command) =>
        (await explained(units.connection, command, 'executionStats'))?.executionStats.totalDocsExamined,
    ),
  );
  // The unit on top; the level, with two provinces of another day; the numbers that are kept of each with children.
  expect(examined).toEqual([1, 8, 4]);
});
