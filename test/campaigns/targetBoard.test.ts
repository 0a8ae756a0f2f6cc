import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataOf } from './campaignsDoor.ts';
import { officer, openWriting, type Writing } from './writing.ts';

const indicator = 'BCA-2021-COVID-TDDB:CT1';
const THRESHOLD = -5;

/** Every way to compare, with a value below, at and above the threshold; and one of which none is published. */
const values = ['LT', 'LTE', 'EQ', 'GTE', 'GT'].flatMap((comparator) =>
  [-6, THRESHOLD, -4].map((actual) => ({ comparator, actual })),
);
const targets = [...values, { comparator: 'LTE', actual: null }];

let graph: Writing;
beforeAll(async () => {
  graph = await openWriting();
  for (const [index, { comparator, actual }] of targets.entries()) {
    const year = String(2030 + index);
    const source = { number: `${index}/BC` };
    const published = actual === null ? {} : { actual, actualSource: source };
    const input = { indicator, unit: 'T01.1', period: year, comparator, threshold: THRESHOLD, source };
    const { told } = await graph.write('setIndicatorTarget', { ...input, ...published }, officer, 'id');
    expect(told).toEqual([]);
  }
});
afterAll(() => graph.close());

interface Row {
  readonly comparator: string;
  readonly actual: number | null;
  readonly status: string;
}

const asked = async (args: string) => {
  const answer = await graph.ask(`{ indicator(address: "${indicator}") {
    targets(under: "T01.1", period: { from: "2030-01-01", before: "2060-01-01" }, first: 50 ${args}) {
      totalCount nodes { comparator actual status }
    }
    targetCounts(under: "T01.1", period: { from: "2030-01-01", before: "2060-01-01" }) { status targets }
  } }`);
  return dataOf<{
    indicator: { targets: { totalCount: number; nodes: Row[] }; targetCounts: object[] };
  }>(answer).indicator;
};

it.each([['MET'], ['NOT_MET'], ['NO_VALUE'], ['MET, NO_VALUE']])(
  'gives only the targets that came out %s, as their status says',
  async (wanted) => {
    const all = (await asked('')).targets.nodes;
    const some = (await asked(`, status: [${wanted}]`)).targets;
    const own = all.filter(({ status }) => wanted.split(', ').includes(status));
    expect(own.length).toBeGreaterThan(0);
    expect(some).toEqual({ totalCount: own.length, nodes: own });
  },
);

it('counts how many came out how: nine of fifteen comparisons do not hold', async () => {
  const { targetCounts } = await asked('');
  expect(targetCounts).toEqual([
    { status: 'MET', targets: 7 },
    { status: 'NOT_MET', targets: 8 },
    { status: 'NO_VALUE', targets: 1 },
  ]);
});

it('gives the days of a campaign, of its indicators those that are named, and the years of clusters', async () => {
  const answer = await graph.ask(`{
    campaign(code: "BCA-2021-COVID-TDDB") { issuedOn endsOn period { from before } indicators(code: ["CT1"]) { code } }
    emulationClusterYears
    latest: emulationClusters { nodes { year } }
    first: emulationClusters(year: 2021) { nodes { year } }
  }`);
  const { campaign, emulationClusterYears, latest, first } = dataOf<{
    campaign: { issuedOn: string; endsOn: string | null; period: { from: string; before: string } };
    emulationClusterYears: number[];
    latest: { nodes: { year: number }[] };
    first: { nodes: { year: number }[] };
  }>(answer);
  expect(campaign).toMatchObject({
    period: { from: campaign.issuedOn },
    indicators: [{ code: 'CT1' }],
  });
  expect(emulationClusterYears).toEqual(emulationClusterYears.toSorted((a, b) => b - a));
  expect(new Set(latest.nodes.map(({ year }) => year))).toEqual(new Set([emulationClusterYears[0]]));
  expect(first.nodes.length).toBeGreaterThan(0);
});
