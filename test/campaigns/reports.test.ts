import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressReportRow } from '../../subgraphs/campaigns/index.ts';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';
import { counted, counts, type Row, reportsOf } from './countReports.ts';

const code = 'BCA-2021-COVID-TDDB';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

const mine = (months: readonly string[]) => reportsOf(graph.rows, code, months);

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
    for (const [args, refusal] of [
      ['period: { code: "T01-2021-COVID-TDDB:P1" }', 'PERIOD_INVALID'],
      ['period: { code: "2021" }, under: "T99.1"', 'INPUT_INVALID'],
    ]) {
      const { data, errors } = await graph.ask(
        `{ campaign(code: "${code}") { code completeness(${args}) { totalCount } } }`,
      );
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([refusal]);
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
