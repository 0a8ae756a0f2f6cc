import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';

const code = 'BCA-2021-COVID-TDDB';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

describe('the stream of changes', () => {
  interface Changes {
    readonly edges: {
      kind: string;
      id: string;
      code: string;
      changedAt: string;
      node: { code: string } | null;
      cursor: string;
    }[];
    readonly endCursor: string | null;
    readonly caughtUp: boolean;
  }
  const changes = async (after: string | null, first = 4) =>
    dataOf<{ campaignChanges: Changes }>(
      await graph.ask(
        'query ($after: String, $first: Int!) { campaignChanges(after: $after, first: $first) { edges { cursor kind id code changedAt node { code } } endCursor caughtUp } }',
        { after, first },
      ),
    ).campaignChanges;

  it('tells every published campaign once in the order of changes, drafts never, and archived ones as tombstones', async () => {
    const seen: Changes['edges'] = [];
    let after: string | null = null;
    let caughtUp = false;
    while (!caughtUp) {
      const page = await changes(after);
      seen.push(...page.edges);
      ({ caughtUp, endCursor: after } = page);
    }
    const everPublished = graph.rows.campaigns
      .filter(({ status }) => ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED', 'ARCHIVED'].includes(status))
      .toSorted((a, b) => a.seq - b.seq);
    expect(seen.map((edge) => [edge.code, edge.kind, edge.node?.code ?? null])).toEqual(
      everPublished.map((row) =>
        row.status === 'ARCHIVED' ? [row.code, 'TOMBSTONE', null] : [row.code, 'UPSERT', row.code],
      ),
    );
    expect(seen.map(({ changedAt }) => changedAt)).toEqual(seen.map(({ changedAt }) => changedAt).toSorted());
    expect(seen.some(({ kind }) => kind === 'TOMBSTONE')).toBe(true);
    expect(await changes(after)).toEqual({ edges: [], endCursor: after, caughtUp: true });
  });
});

describe('a cluster', () => {
  it('ranks its members of a year: equal scores share a rank, the next one skips, and last year is told', async () => {
    const { emulationClusters } = dataOf<{
      emulationClusters: {
        nodes: {
          code: string;
          ranking: {
            totalCount: number;
            nodes: {
              rank: number;
              score: number;
              tied: boolean;
              previousRank: number | null;
              unit: { id: string };
            }[];
          };
        }[];
      };
    }>(
      await graph.ask(
        '{ emulationClusters(year: 2022) { nodes { code ranking { totalCount nodes { rank score tied previousRank unit { id } } } } } }',
      ),
    );
    expect(emulationClusters.nodes.map((node) => node.code)).toEqual([
      'CUM-01',
      'CUM-02',
      'CUM-03',
      'CUM-04',
    ]);
    const scored = (cluster: string, period: string) =>
      graph.rows.scores.filter((row) => row.clusterCode === cluster && row.period === period);
    for (const { code: cluster, ranking } of emulationClusters.nodes) {
      const [now, before] = [scored(cluster, '2022'), scored(cluster, '2021')];
      expect(ranking.totalCount).toBe(now.length);
      for (const row of ranking.nodes) {
        const last = before.find(({ unitId }) => unitId === row.unit.id);
        expect(row.rank).toBe(now.filter(({ score }) => score > row.score).length + 1);
        expect(row.tied).toBe(now.filter(({ score }) => score === row.score).length > 1);
        expect(row.previousRank).toBe(before.filter(({ score }) => score > (last?.score ?? 0)).length + 1);
      }
    }
    expect(emulationClusters.nodes.some(({ ranking }) => ranking.nodes.some(({ tied }) => tied))).toBe(true);
  });

  it('pages through members and ranking, is found by a member, and costs the same for one and for many', async () => {
    const [cluster] = graph.rows.clusters.filter(
      ({ memberIds, year }) => memberIds.length === 3 && year === 2021,
    );
    const members =
      'members(first: 2, after: $a) { nodes { unit { id } } pageInfo { hasNextPage endCursor } }';
    const ranks =
      'ranking(first: 2, after: $b) { nodes { rank unit { id } } pageInfo { hasNextPage endCursor } }';
    const document = `query ($id: ID!, $a: String, $b: String) { emulationCluster(id: $id) { leader { id } criteria { code maxScore } ${members} ${ranks} } }`;
    interface Page {
      readonly nodes: { unit: { id: string }; rank?: number }[];
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    }
    interface Found {
      readonly emulationCluster: {
        members: Page;
        ranking: Page;
        criteria: { maxScore: number }[];
        leader: { id: string };
      };
    }
    const { emulationCluster: one } = dataOf<Found>(await graph.ask(document, { id: cluster?._id }));
    const cursors = { a: one.members.pageInfo.endCursor, b: one.ranking.pageInfo.endCursor };
    const { emulationCluster: two } = dataOf<Found>(
      await graph.ask(document, { id: cluster?._id, ...cursors }),
    );
    expect([...one.members.nodes, ...two.members.nodes].map(({ unit }) => unit.id)).toEqual(
      cluster?.memberIds,
    );
    expect(new Set([...one.ranking.nodes, ...two.ranking.nodes].map(({ unit }) => unit.id))).toEqual(
      new Set(cluster?.memberIds),
    );
    expect([two.members.pageInfo.hasNextPage, two.ranking.pageInfo.hasNextPage]).toEqual([false, false]);
    expect(one.criteria.reduce((sum, { maxScore }) => sum + maxScore, 0)).toBe(100);
    expect(cluster?.memberIds).toContain(one.leader.id);

    const found = await graph.ask(
      '{ emulationClusters(year: 2021, member: "T44.1") { nodes { memberIds: members { nodes { unit { id } } } ranking { nodes { previousRank } } } } }',
    );
    expect(JSON.stringify(found.data)).toContain(graph.idOf('T44.1'));
    expect(found.commands).toBe(3);
    expect(
      (await graph.ask('{ emulationClusters(year: 2021) { nodes { ranking { nodes { previousRank } } } } }'))
        .commands,
    ).toBe(2);
  });
});

describe('a unit, as the gateway asks', () => {
  it('has the campaigns it launched and takes part in, and its clusters', async () => {
    const ids = ['T44.1', 'T45.1', 'T01.1', 'BCA'].map(graph.idOf);
    const { data, errors } = await graph.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { id
        launchedCampaigns { totalCount nodes { code owner { id } } }
        participations { nodes { campaign { code } unit { id } status localTheme { vi } launchedCampaign { code } registeredTitles { code } } }
        clusters(year: 2021) { nodes { code year } } } } }`,
      { units: ids.map((id) => ({ __typename: 'Unit', id })) },
    );
    expect(errors).toBeUndefined();
    const entities = data?._entities as {
      id: string;
      launchedCampaigns: { nodes: { code: string }[] };
      participations: { nodes: { campaign: { code: string }; launchedCampaign: { code: string } | null }[] };
      clusters: { nodes: { code: string }[] };
    }[];
    expect(entities.map(({ launchedCampaigns }) => launchedCampaigns.nodes.map((node) => node.code))).toEqual(
      [['T44-2021-COVID-TDDB'], ['T45-2021-COVID-TDDB'], ['T01-2021-COVID-TDDB'], [code]],
    );
    for (const { id, participations, clusters } of entities) {
      const own = graph.rows.participations.filter(({ unitId }) => unitId === id);
      expect(participations.nodes).toHaveLength(own.length);
      const grouped = graph.rows.clusters.filter(
        ({ memberIds, year }) => year === 2021 && memberIds.includes(id),
      );
      expect(clusters.nodes.map((node) => node.code)).toEqual(grouped.map((row) => row.code));
    }
    expect(
      entities[0]?.participations.nodes.find((node) => node.campaign.code === code)?.launchedCampaign,
    ).toEqual({
      code: 'T44-2021-COVID-TDDB',
    });
  });
});
