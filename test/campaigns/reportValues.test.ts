import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';
import { counted, counts, reportsOf } from './countReports.ts';

const code = 'BCA-2021-COVID-TDDB';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

const mine = (months: readonly string[]) => reportsOf(graph.rows, code, months);

describe('the numbers of reports', () => {
  it('are added up by indicator over the reports handed in, and a percentage never', async () => {
    const answer = await graph.ask(
      `{ campaign(code: "${code}") { indicators { _id: id code aggregation reported(period: { code: "2021" }, under: "T44.1") { value reports } } } }`,
    );
    const handedIn = mine(['2021-08', '2021-09', '2021-10', '2021-11', '2021-12']).filter(
      ({ line, status }) => line.includes(graph.idOf('T44.1')) && !['DRAFT', 'RETURNED'].includes(status),
    );
    const { indicators } = dataOf<{
      campaign: {
        indicators: { _id: string; code: string; reported: unknown }[];
      };
    }>(answer).campaign;
    for (const { _id, code: own, reported } of indicators) {
      const values = handedIn.flatMap(({ values: all }) =>
        all.filter(({ indicatorId }) => indicatorId === _id),
      );
      const sum = { value: values.reduce((total, { value }) => total + value, 0), reports: values.length };
      expect([own, reported]).toEqual([own, own === 'CT1' ? null : sum]);
    }
    expect(
      indicators.filter(({ reported }) => ((reported as { value: number } | null)?.value ?? 0) > 0),
    ).toHaveLength(4);
  });

  it('stand in the report with what they measure', async () => {
    const answer = await graph.ask(
      `{ campaign(code: "${code}") { progressReports(first: 1, filter: { unit: ["T01.1"], period: { code: "2021-08" } }) { totalCount nodes {
        id unit { id } period status late handedIn dueOn narrative values { value indicator { code contentItem { code } } } campaign { code } } } } }`,
    );
    const [seeded] = mine(['2021-08']).filter(({ unitId }) => unitId === graph.idOf('T01.1'));
    const { progressReports } = dataOf<{
      campaign: {
        progressReports: {
          totalCount: number;
          nodes: {
            values: { value: number; indicator: { code: string; contentItem: { code: string } } }[];
          }[];
        };
      };
    }>(answer).campaign;
    expect(progressReports).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          id: seeded?._id,
          period: '2021-08',
          status: seeded?.status,
          dueOn: '2021-09-05',
          campaign: { code },
        },
      ],
    });
    const [report] = progressReports.nodes;
    expect(report?.values.map(({ indicator }) => indicator.contentItem.code)).toEqual([
      'ND1',
      'ND4',
      'ND5',
      'ND6',
    ]);
    expect(report?.values.map(({ value }) => value)).toEqual(seeded?.values.map(({ value }) => value));
  });
});

describe('a unit', () => {
  it('is asked for its part in a campaign as the gateway asks: many at once', async () => {
    const ids = ['BCA', 'T01.1', 'T44.1', 'T45.1'].map(graph.idOf);
    const { data, errors, commands } = await graph.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { id reportStats(campaign: "${code}", period: { code: "2021-10" }) { ${counts} } } } }`,
      { units: ids.map((id) => ({ __typename: 'Unit', id })) },
    );
    expect(errors).toBeUndefined();
    const reports = mine(['2021-10']);
    expect(data?._entities).toEqual(
      ids.map((id) => ({
        id,
        reportStats: counted(
          reports.filter(({ line }) => line.includes(id)),
          id,
        ),
      })),
    );
    expect(commands).toBe(3);
  });

  it('has zeros where no report is expected of it', async () => {
    const { data } = await graph.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { reportStats(campaign: "${code}", period: { code: "2019" }) { ${counts} } } } }`,
      { units: [{ __typename: 'Unit', id: graph.idOf('T01.1') }] },
    );
    expect(data?._entities).toEqual([{ reportStats: counted([], graph.idOf('T01.1')) }]);
  });
});
