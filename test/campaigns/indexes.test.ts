import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CampaignsDoor, openCampaigns } from './campaignsDoor.ts';

const code = 'BCA-2021-COVID-TDDB';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

type Command = Readonly<Record<string, unknown>>;

/** Gives the reads that an operation sends, as commands that can be explained. */
async function readsOf(document: string, variables: Record<string, unknown>): Promise<Command[]> {
  const reads: Command[] = [];
  const listen = ({ command }: { command: Command }) => {
    if (command.find) reads.push({ find: command.find, filter: command.filter, sort: command.sort });
    if (command.aggregate)
      reads.push({ aggregate: command.aggregate, pipeline: command.pipeline, cursor: {} });
  };
  const client = graph.connection.getClient();
  client.on('commandStarted', listen);
  const { errors } = await graph.ask(document, variables);
  client.off('commandStarted', listen);
  expect(errors).toBeUndefined();
  return reads.map((read) => (read.aggregate === 1 ? firstOfMany(read) : read));
}

interface Lookup {
  readonly from: string;
  readonly foreignField: string;
  readonly pipeline: readonly Command[];
}

/** What a read for many keys does for its first key, as a read of its own: only that can be explained. */
function firstOfMany({ pipeline }: Command): Command {
  const [{ $documents: keys }, { $lookup: lookup }] = pipeline as unknown as [
    { $documents: { key: string; top?: string }[] },
    { $lookup: Lookup },
  ];
  const inner = JSON.stringify(lookup.pipeline).replaceAll('"$$top"', JSON.stringify(keys[0]?.top ?? ''));
  return {
    aggregate: lookup.from,
    pipeline: [{ $match: { [lookup.foreignField]: keys[0]?.key } }, ...(JSON.parse(inner) as Command[])],
    cursor: {},
  };
}

/** Gives the names of all stages of a plan that was chosen, however deep they stand. */
function stagesOf(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const { stage, rejectedPlans: _, command: __, ...rest } = plan as Record<string, unknown>;
  return [...(typeof stage === 'string' ? [stage] : []), ...Object.values(rest).flatMap(stagesOf)];
}

const explain = (connection: Connection, read: Command) =>
  connection.getClient().db(connection.name).command({ explain: read, verbosity: 'queryPlanner' });

it.each([
  '{ campaigns(first: 5) { nodes { code parent { code } children { nodes { code } } } } }',
  '{ campaigns(filter: { under: ["T44.1"], parent: ["BCA-2021-COVID-TDDB"] }) { nodes { code } } }',
  `{ campaign(code: "${code}") { contentItems { code indicators { code targets(under: "T44.1") { totalCount nodes { status } } } } } }`,
  `{ campaign(code: "${code}") { participation(unit: "T44.1") { status } participationCounts { units } participations(filter: { under: ["T44.1"] }) { totalCount nodes { status } } } }`,
  `{ campaign(code: "${code}") { progressReports(filter: { status: [LOCKED] }) { totalCount nodes { values { indicator { code } } } } indicators { reported(period: { code: "2021" }) { value } } } }`,
  `{ campaign(code: "${code}") { completeness(period: { code: "2021-09" }) { totalCount total { expected } nodes { missingReports { totalCount nodes { period } } } } } }`,
  `{ campaign(code: "${code}") { completeness(period: { code: "2021-09" }, under: "T44.1", groupBy: COMMUNE) { nodes { missing } } } }`,
  `{ campaign(code: "${code}") { articles(filter: { text: "quang tri" }) { totalCount nodes { id } } } }`,
  '{ searchCampaigns(text: "quang tri") { exact campaign { code } } }',
  '{ campaignChanges { edges { code } } }',
  '{ emulationClusters(year: 2021, member: "T44.1") { nodes { ranking { nodes { rank } } } } }',
  `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { launchedCampaigns { nodes { code } } participations { nodes { status } }
     clusters { nodes { code } } reportStats(campaign: "${code}", period: { code: "2021" }) { missing } } } }`,
])('%s reads through indexes only', async (document) => {
  const units = [{ __typename: 'Unit', id: graph.idOf('T44.1') }];
  const reads = await readsOf(document, { units });
  expect(reads.length).toBeGreaterThan(0);
  for (const read of reads) {
    const stages = stagesOf(await explain(graph.connection, read));
    expect([read, stages]).toEqual([
      read,
      expect.arrayContaining([expect.stringMatching(/^(IXSCAN|IDHACK|EXPRESS_)/u)]),
    ]);
    expect(stages).not.toContain('COLLSCAN');
  }
});
