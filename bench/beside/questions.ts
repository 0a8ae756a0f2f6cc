import { readFileSync } from 'node:fs';
import type { Question } from '../graph.ts';
import type { Target } from '../measure.ts';
import { isWrong, post } from '../national/timing.ts';
import { varietyOf } from '../national/variety.ts';

/** An operation that gateways are compared by. */
export interface Compared extends Question {
  /** Small ones are mostly the gateway's own work; of large ones execution and JSON take most. */
  readonly size: 'small' | 'large';
}

const partnerUnit = `query PartnerUnit($code: UnitCode!) {
  unit(code: $code) { code name { vi en } level status existsFrom existsBefore }
}`;

const unitTable = `query UnitTable($after: String, $campaign: CampaignCode!) {
  units(first: 100, after: $after, filter: { level: [COMMUNE], existsOn: "2021-08-15" }) {
    nodes {
      code
      name { vi en }
      level
      status
      parent { code name { vi } }
      supportSummary(campaign: $campaign) { activities deliveries amount peopleReached }
      awardSummary(campaign: $campaign) { awards collective individual }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const named = (name: string): string =>
  readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

const WHOLE = { relative: 'WHOLE_CAMPAIGN' };
const months = ['2021-07', '2021-08', '2021-09', '2021-10', '2021-11', '2021-12', '2022-01', '2022-02'];
const periods = [WHOLE, ...months.map((code) => ({ code }))];
const CAMPAIGN = 'BCA-2021-COVID-TDDB';
const MOST = 300;
const MOST_LARGE = 60;

interface TablePage {
  readonly units: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
}

type Ask = (query: string, variables?: object) => Promise<never>;

/** Asks the graph what there is, and gives the operations with as many different variables as it allows. */
export async function comparedQuestions({ url, headers }: Target): Promise<Compared[]> {
  const ask: Ask = async (query, variables = {}) => {
    const { text } = await post(url, JSON.stringify({ query, variables }), headers);
    if (isWrong(text))
      throw new Error(`The benchmark could not find out what there is: ${text.slice(0, 500)}`);
    return JSON.parse(text).data as never;
  };
  const { units, campaigns } = await varietyOf(ask);
  const byUnit = units
    .flat()
    .slice(0, MOST)
    .map((code) => ({ code }));
  const byPeriod = pairs(campaigns, periods).slice(0, MOST_LARGE);
  const byPage = pairs(await tablePages(ask), campaigns).slice(0, MOST_LARGE);
  const overviews = byPeriod.map(([code, period]) => ({ code, period }));
  const tables = byPage.map(([after, campaign]) => ({ after, campaign }));
  const rollups = byPeriod.map(([campaign, during]) => ({ campaign, during }));
  return [
    compared('partner unit', 'small', partnerUnit, byUnit),
    compared('unit card', 'small', named('unit-card'), byUnit),
    compared('campaign overview', 'large', named('campaign-overview'), overviews),
    compared('unit table', 'large', unitTable, tables),
    compared('rollup', 'large', named('support-by-province'), rollups),
  ];
}

/** The cursors of the pages of the table. The last page may be short, and a smaller question: it is left out. */
async function tablePages(ask: Ask): Promise<(string | null)[]> {
  const cursors: (string | null)[] = [null];
  while (cursors.length <= MOST_LARGE) {
    const variables = { campaign: CAMPAIGN, after: cursors.at(-1) };
    const { pageInfo } = ((await ask(unitTable, variables)) as TablePage).units;
    if (!pageInfo.hasNextPage) break;
    cursors.push(pageInfo.endCursor);
  }
  return cursors.length > 1 ? cursors.slice(0, -1) : cursors;
}

const compared = (
  name: string,
  size: Compared['size'],
  query: string,
  variables: readonly object[],
): Compared => ({
  name,
  size,
  bodies: variables.map((each) => JSON.stringify({ query, variables: each })),
});

/** Every combination, the first of each pair changing fastest. */
const pairs = <A, B>(first: readonly A[], second: readonly B[]): (readonly [A, B])[] =>
  second.flatMap((b) => first.map((a) => [a, b] as const));
