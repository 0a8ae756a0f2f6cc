import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedActivities, openActivities } from './activitiesDoor.ts';

let graph: OpenedActivities;
beforeAll(async () => {
  graph = await openActivities();
});
afterAll(() => graph.close());

interface Plan {
  readonly stage?: string;
  readonly indexName?: string;
  readonly inputStage?: Plan;
}
type Command = Readonly<Record<string, unknown>>;

const stagesOf = ({ stage, indexName, inputStage }: Plan): string[] => [
  ...(stage ? [indexName ?? stage] : []),
  ...(inputStage ? stagesOf(inputStage) : []),
];

/** The reads of activities that a page costs. */
async function readsOf(variables: object): Promise<{ page: Page; reads: Command[] }> {
  const reads: Command[] = [];
  const listen = ({ command }: { command: Command }) => {
    if ((command.find ?? command.aggregate) === 'activities_activities') reads.push(command);
  };
  const client = graph.connection.getClient();
  client.on('commandStarted', listen);
  const { data, errors } = await graph.ask(
    `query ($first: Int!, $after: String, $filter: SupportActivityFilter) {
      supportExport(first: $first, after: $after, filter: $filter) {
        nodes { unitCode } pageInfo { hasNextPage endCursor } } }`,
    { ...variables, first: 10 },
  );
  client.off('commandStarted', listen);
  expect(errors).toBeUndefined();
  return { page: data.supportExport, reads };
}

interface Page {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function explain({ $db, lsid, $clusterTime, ...command }: Command) {
  const answer = await graph.connection.db?.command({ explain: command, verbosity: 'executionStats' });
  const [cursor] = answer?.stages ?? [];
  const { queryPlanner, executionStats } = cursor?.$cursor ?? answer ?? {};
  return {
    stages: stagesOf(queryPlanner.winningPlan),
    keys: executionStats.totalKeysExamined as number,
  };
}

it.each([
  ['nothing', null, 'unitMonth_1__id_1'],
  ['a campaign', { campaign: ['BCA-2021-COVID-TDDB'] }, 'campaignCode_1_unitMonth_1__id_1'],
  ['a province', { provinceCode: ['01'] }, 'provinceAtEvent_1_unitMonth_1__id_1'],
  ['two provinces', { provinceCode: ['01', '44'] }, 'unitMonth_1__id_1'],
  ['a subtree', { under: ['T01.1'] }, 'unitMonth_1__id_1'],
  ['a period', { during: { code: '2021-Q4' } }, 'unitMonth_1__id_1'],
  ['a group', { group: ['NGUOI_NGHEO'] }, 'unitMonth_1__id_1'],
])('filtered by %s it reads on along the rows, and sorts nothing', async (_what, filter, index) => {
  const first = await readsOf({ filter });
  const second = await readsOf({ filter, after: first.page.pageInfo.endCursor });
  expect(second.reads).toHaveLength(3);
  for (const read of [...first.reads, ...second.reads]) {
    const { stages } = await explain(read);
    expect(stages).toContain(index);
    expect(stages).not.toContain('SORT');
  }
});

it('reads no more for its last page than for its first', async () => {
  const examined: number[] = [];
  let after: string | null = null;
  do {
    const { page, reads } = await readsOf({ after });
    const plans = await Promise.all(reads.map(explain));
    examined.push(plans.reduce((sum, { keys }) => sum + keys, 0));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  expect(examined.length).toBeGreaterThan(20);
  // Where the page ends, its rows with those of the unit and month it begins in, and whether more follow.
  expect(Math.max(...examined)).toBeLessThan(70);
});

it('lets the database find what a filter leaves little of', async () => {
  const { unitCode } = [...graph.seed.rows.activities][0] ?? { unitCode: '' };
  const { reads } = await readsOf({ filter: { unit: [unitCode] } });
  for (const read of reads) expect((await explain(read)).stages).toContain('unitId_1_startsOn_-1__id_-1');
});
