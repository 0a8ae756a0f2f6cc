import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressReportRow } from '../../subgraphs/campaigns/index.ts';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';

const code = 'BCA-2021-COVID-TDDB';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

interface Row {
  readonly unit: { readonly id: string };
  readonly expected: number;
  readonly received: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly pending: number;
}

const counts = 'unit { id } expected received onTime late missing pending';

/** What the graph must say of reports: counted by hand, from the rows of the seed. */
function counted(reports: readonly ProgressReportRow[], unitId: string): Row {
  const received = reports.filter(({ status }) => !['DRAFT', 'RETURNED'].includes(status));
  const late = received.filter((report) => report.late);
  return {
    unit: { id: unitId },
    expected: reports.length,
    received: received.length,
    onTime: received.length - late.length,
    late: late.length,
    missing: reports.length - received.length,
    pending: 0,
  };
}

const mine = (months: readonly string[]) => {
  const campaign = graph.rows.campaigns.find((row) => row.code === code);
  return graph.rows.reports.filter(
    ({ campaignId, period }) => campaignId === campaign?._id && months.includes(period),
  );
};

/** Rows by hand for every unit at a place of the line, in the order of the tree. */
function rowsAt(
  reports: readonly ProgressReportRow[],
  placeOf: (report: ProgressReportRow) => string | undefined,
): Row[] {
  const ids = [
    ...new Set(
      reports
        .toSorted((a, b) => (a.pathAtEvent < b.pathAtEvent ? -1 : 1))
        .flatMap((report) => placeOf(report) ?? []),
    ),
  ];
  return ids.map((id) =>
    counted(
      reports.filter((report) => placeOf(report) === id),
      id,
    ),
  );
}

interface Page {
  readonly nodes: readonly Row[];
  readonly total: Row;
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const completeness = async (args: string, selection: string, of: string = code): Promise<Page> => {
  const answer = await graph.ask(`{ campaign(code: "${of}") { completeness(${args}) { ${selection} } } }`);
  return dataOf<{ campaign: { completeness: Page } }>(answer).campaign.completeness;
};

describe('the completeness of reports', () => {
  it('counts a month for each child of the ministry, and the ministry as a whole', async () => {
    const reports = mine(['2021-09']);
    const answer = await completeness(
      'period: { code: "2021-09" }, first: 100',
      `total { ${counts} } totalCount nodes { ${counts} }`,
    );
    const expected = rowsAt(reports, ({ line }) => line[1]);
    expect(answer).toEqual({
      nodes: expected,
      total: counted(reports, graph.idOf('BCA')),
      totalCount: expected.length,
    });
    expect(expected.length).toBeGreaterThan(10);
    expect(answer.total.missing).toBeGreaterThan(0);
    expect(answer.total.late).toBeGreaterThan(0);
  });

  it.each([
    ['{ code: "2021-Q4" }', ['2021-10', '2021-11', '2021-12']],
    ['{ from: "2021-09-30", before: "2021-11-30" }', ['2021-09', '2021-10']],
    ['{ relative: LAST_MONTH, relativeTo: "2021-12-05" }', ['2021-11']],
    ['{ relative: WHOLE_CAMPAIGN }', ['2021-08', '2021-09', '2021-10', '2021-11', '2021-12']],
  ])('counts in %s the reports whose last day it holds', async (period, months) => {
    const { total } = await completeness(`period: ${period}`, `total { ${counts} }`);
    expect(total).toEqual(counted(mine(months), graph.idOf('BCA')));
  });

  it('goes down to the children of a province, or to its communes at once', async () => {
    const top = graph.idOf('T01.1');
    const reports = mine(['2021-08']).filter(({ line }) => line.includes(top));
    const children = await completeness('period: { code: "2021-08" }, under: "T01.1"', `nodes { ${counts} }`);
    expect(children.nodes).toEqual(rowsAt(reports, ({ line }) => line[2]));
    const communes = await completeness(
      'period: { code: "2021-08" }, under: "T01.1", groupBy: COMMUNE',
      `nodes { ${counts} }`,
    );
    expect(communes.nodes).toEqual(
      rowsAt(reports, ({ line, levelAtEvent }) => (levelAtEvent === 'COMMUNE' ? line.at(-1) : undefined)),
    );
    expect(communes.nodes.length).toBeGreaterThan(3);
  });

  it('has no row of a level that stands above the unit asked for', async () => {
    expect(
      await completeness('period: { code: "2021" }, under: "T01.1", groupBy: MINISTRY', 'totalCount'),
    ).toEqual({
      totalCount: 0,
    });
  });

  it('pages through its rows', async () => {
    const all = await completeness('period: { code: "2021" }, first: 100', 'nodes { unit { id } }');
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { nodes, pageInfo } = await completeness(
        `period: { code: "2021" }, first: 4${after}`,
        'nodes { unit { id } } pageInfo { hasNextPage endCursor }',
      );
      seen.push(...nodes.map(({ unit }) => unit.id));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(all.nodes.map(({ unit }) => unit.id));
  });

  it('lists the missing reports under each row: which unit, which month, due when', async () => {
    const { nodes } = (await completeness(
      'period: { code: "2021" }, first: 100',
      'nodes { unit { id } missing missingReports(first: 100) { totalCount nodes { unit { id } period dueOn handedIn status } } }',
    )) as unknown as {
      nodes: {
        unit: { id: string };
        missing: number;
        missingReports: { totalCount: number; nodes: { unit: { id: string }; period: string }[] };
      }[];
    };
    const reports = mine(['2021-08', '2021-09', '2021-10', '2021-11', '2021-12']);
    for (const row of nodes) {
      const missing = reports
        .filter(({ line, status }) => line[1] === row.unit.id && ['DRAFT', 'RETURNED'].includes(status))
        .map(({ unitId, period }) => `${unitId} ${period}`);
      expect(row.missing).toBe(missing.length);
      expect(row.missingReports.totalCount).toBe(missing.length);
      expect(row.missingReports.nodes.map(({ unit, period }) => `${unit.id} ${period}`).toSorted()).toEqual(
        missing.toSorted(),
      );
    }
    expect(nodes.filter(({ missing }) => missing > 0).length).toBeGreaterThan(1);
  });

  it('calls a report pending until its last day is over', async () => {
    const ask = () =>
      completeness('period: { code: "2021-11" }', 'total { expected received missing pending }');
    const { total: after } = await ask();
    expect(after.missing).toBeGreaterThan(0);
    expect(after.pending).toBe(0);
    const { now } = graph.clock;
    graph.clock.now = new Date('2021-12-05T10:00:00+07:00');
    const { total: before } = await ask();
    graph.clock.now = now;
    expect(before).toEqual({ ...after, missing: 0, pending: after.missing });
  });

  it('refuses a phase of another campaign and an unknown unit', async () => {
    for (const args of [
      'period: { code: "T01-2021-COVID-TDDB:P1" }',
      'period: { code: "2021" }, under: "T99.1"',
    ]) {
      const { data, errors } = await graph.ask(
        `{ campaign(code: "${code}") { code completeness(${args}) { totalCount } } }`,
      );
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INPUT_INVALID']);
      expect(data).toEqual({ campaign: { code, completeness: null } });
    }
  });

  it('takes a phase of the campaign itself as a period', async () => {
    const child = graph.rows.campaigns.find(
      ({ _id, parentId }) => parentId && graph.rows.reports.some(({ campaignId }) => campaignId === _id),
    );
    const phase = child?.phases[0];
    const answer = await completeness(
      `period: { code: "${phase?.code}" }`,
      'period { code from before label { vi } } total { expected }',
      child?.code,
    );
    const reports = graph.rows.reports.filter(
      ({ campaignId, period }) =>
        campaignId === child?._id && ['2021-08', '2021-09', '2021-10'].includes(period),
    );
    expect(answer).toEqual({
      period: { code: phase?.code, from: phase?.from, before: '2021-11-16', label: { vi: 'Đợt 1' } },
      total: { expected: reports.filter(({ period }) => `${period}-30` >= (phase?.from ?? '')).length },
    });
    expect(reports.length).toBeGreaterThan(0);
  });
});

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
    expect(commands).toBe(2);
  });

  it('has zeros where no report is expected of it', async () => {
    const { data } = await graph.ask(
      `query ($units: [_Any!]!) { _entities(representations: $units) { ... on Unit { reportStats(campaign: "${code}", period: { code: "2019" }) { ${counts} } } } }`,
      { units: [{ __typename: 'Unit', id: graph.idOf('T01.1') }] },
    );
    expect(data?._entities).toEqual([{ reportStats: counted([], graph.idOf('T01.1')) }]);
  });
});
