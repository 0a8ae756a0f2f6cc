import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads a list to its end, four rows at a time. `list` is a query with `$after`, `pageOf` finds the connection. */
async function readAll(list: string, pageOf: (data: Record<string, unknown>) => unknown): Promise<string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = pageOf(dataOf(await graph.ask(list, { after }))) as Page;
    seen.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) return seen;
    after = page.pageInfo.endCursor;
  }
}

const code = 'BCA-2021-COVID-TDDB';
const page = '{ nodes { id } pageInfo { hasNextPage endCursor } }';
const ofCampaign = (field: string) => (data: Record<string, unknown>) =>
  (data.campaign as Record<string, unknown>)[field];
const idOfCampaign = (own: string) => graph.rows.campaigns.find((row) => row.code === own)?._id;
const byPath = (a: { pathAtEvent: string }, b: { pathAtEvent: string }) =>
  a.pathAtEvent < b.pathAtEvent ? -1 : 1;

describe('a list read page by page', () => {
  it('gives all campaigns once, along the unit tree', async () => {
    const seen = await readAll(
      `query ($after: String) { campaigns(first: 4, after: $after) ${page} }`,
      ({ campaigns }) => campaigns,
    );
    expect(seen).toEqual(graph.rows.campaigns.toSorted(byPath).map(({ _id }) => _id));
  });

  it('gives all participations of a campaign once, along the unit tree', async () => {
    const seen = await readAll(
      `query ($after: String) { campaign(code: "${code}") { participations(first: 4, after: $after) ${page} } }`,
      ofCampaign('participations'),
    );
    const own = graph.rows.participations.filter(({ campaignId }) => campaignId === idOfCampaign(code));
    expect(seen).toEqual(own.toSorted(byPath).map(({ _id }) => _id));
  });

  it('gives all articles once, the latest first, the one without a day last', async () => {
    const seen = await readAll(
      `query ($after: String) { campaign(code: "${code}") { articles(first: 4, after: $after) ${page} } }`,
      ofCampaign('articles'),
    );
    const own = graph.rows.articles.filter(({ campaignId }) => campaignId === idOfCampaign(code));
    expect(seen.toSorted()).toEqual(own.map(({ _id }) => _id).toSorted());
    const days = seen.map((id) => own.find(({ _id }) => _id === id)?.publishedOn ?? '');
    expect(days).toEqual(days.toSorted().toReversed());
    expect(days.at(-1)).toBe('');
  });

  it('gives all reports once, the latest month first, then along the unit tree', async () => {
    const seen = await readAll(
      `query ($after: String) { campaign(code: "${code}") { progressReports(first: 90, after: $after) ${page} } }`,
      ofCampaign('progressReports'),
    );
    const own = graph.rows.reports.filter(({ campaignId }) => campaignId === idOfCampaign(code));
    const sorted = own.toSorted((a, b) =>
      a.period === b.period ? byPath(a, b) : a.period < b.period ? 1 : -1,
    );
    expect(seen).toEqual(sorted.map(({ _id }) => _id));
  });

  it('gives the whole target board once, and of one province its own row', async () => {
    const board = (args: string) =>
      `query ($after: String) { indicator(address: "${code}:CT1") { targets(${args} after: $after) ${page} } }`;
    const targetsOf = ({ indicator }: Record<string, unknown>) => (indicator as { targets: Page }).targets;
    expect(await readAll(board('first: 2'), targetsOf)).toEqual(
      graph.rows.targets.toSorted(byPath).map(({ _id }) => _id),
    );
    const own = graph.rows.targets.filter(({ unitId }) => unitId === graph.idOf('T44.1'));
    expect(await readAll(board('under: "T44.1", period: { code: "2021" }'), targetsOf)).toEqual(
      own.map(({ _id }) => _id),
    );
    expect(await readAll(board('period: { code: "2020" }'), targetsOf)).toEqual([]);
  });
});

describe('a filter of campaigns', () => {
  const idsOf = async (filter: string) =>
    dataOf<{ campaigns: { nodes: { code: string }[] } }>(
      await graph.ask(`{ campaigns(first: 100, filter: ${filter}) { nodes { code } } }`),
    ).campaigns.nodes.map((node) => node.code);

  it.each([
    [`{ code: ["${code}", "T44-2021-COVID-TDDB"] }`, [code, 'T44-2021-COVID-TDDB']],
    ['{ owner: ["T44.1"] }', ['T44-2021-COVID-TDDB']],
    ['{ under: ["T44.1", "T45.1"] }', ['T44-2021-COVID-TDDB', 'T45-2021-COVID-TDDB']],
    [`{ parent: ["${code}"], under: ["T01.1"] }`, ['T01-2021-COVID-TDDB']],
    ['{ text: "quang tri" }', ['T45-2021-COVID-TDDB']],
    ['{ text: "hoa xanh vung d" }', [code]],
    [`{ during: { from: "2021-08-15", before: "2021-08-16" } }`, [code]],
    ['{ during: { code: "2021-07" } }', []],
    [
      '{ any: [{ owner: ["T44.1"] }, { owner: ["T45.1"] }], not: { text: "quảng trị" } }',
      ['T44-2021-COVID-TDDB'],
    ],
    ['{ kind: [REGULAR] }', []],
    ['{ updatedSince: "2999-01-01T00:00:00Z" }', []],
  ])('%s finds %j', async (filter, expected) => {
    expect(await idsOf(filter)).toEqual(expected);
  });

  it('by status and by a phase finds what the rows say', async () => {
    const active = graph.rows.campaigns.filter(({ status }) => status === 'ACTIVE');
    expect((await idsOf('{ status: [ACTIVE] }')).toSorted()).toEqual(
      active.map((row) => row.code).toSorted(),
    );
    const phase = graph.rows.campaigns.flatMap(({ phases }) => phases)[2];
    const running = graph.rows.campaigns.filter(
      ({ issuedOn, endsOn }) =>
        issuedOn < (phase?.before ?? '') && (endsOn === null || endsOn >= (phase?.from ?? '')),
    );
    expect((await idsOf(`{ during: { code: "${phase?.code}" } }`)).toSorted()).toEqual(
      running.map((row) => row.code).toSorted(),
    );
  });
});

describe('what cannot be asked', () => {
  const elsewhere = 'WyJ4eHh4eHh4eCIsMSwyXQ';
  it.each([
    ['{ campaign { code } }', 'INPUT_INVALID'],
    [`{ campaign(id: "x", code: "${code}") { code } }`, 'INPUT_INVALID'],
    ['{ contentItem { code } }', 'INPUT_INVALID'],
    [`{ campaignsByCode(codes: [${'"A1",'.repeat(101)}]) { code } }`, 'INPUT_INVALID'],
    ['{ campaigns(filter: { status: [] }) { nodes { code } } }', 'INPUT_INVALID'],
    ['{ campaigns(filter: { under: ["T99.9"] }) { nodes { code } } }', 'INPUT_INVALID'],
    ['{ campaigns(filter: { parent: ["NO-SUCH"] }) { nodes { code } } }', 'INPUT_INVALID'],
    ['{ campaigns(filter: { during: { code: "NO-SUCH:P1" } }) { nodes { code } } }', 'PERIOD_INVALID'],
    ['{ campaigns(filter: { during: { relative: WHOLE_CAMPAIGN } }) { nodes { code } } }', 'PERIOD_INVALID'],
    ['{ campaigns(filter: { text: "!" }) { nodes { code } } }', 'INPUT_INVALID'],
    ['{ campaigns(first: 0) { nodes { code } } }', 'PAGE_SIZE'],
    ['{ campaigns(first: 101) { nodes { code } } }', 'PAGE_SIZE'],
    ['{ campaigns(after: "nonsense") { nodes { code } } }', 'CURSOR_INVALID'],
    [`{ campaigns(after: "${elsewhere}") { nodes { code } } }`, 'CURSOR_MISMATCH'],
    [`{ campaignChanges(after: "${elsewhere}") { endCursor } }`, 'CURSOR_MISMATCH'],
    ['{ searchCampaigns(text: "x") { exact } }', 'INPUT_INVALID'],
    ['{ searchCampaigns(text: "quang tri", first: 51) { exact } }', 'PAGE_SIZE'],
    ['{ emulationClusters(year: 2021, member: "T99.9") { nodes { id } } }', 'INPUT_INVALID'],
    [
      '{ emulationClusters(year: 2021) { nodes { ranking(period: "X-1:P1") { nodes { rank } } } } }',
      'PERIOD_INVALID',
    ],
    [
      '{ emulationClusters(year: 2021) { nodes { members(first: 0) { nodes { unit { id } } } } } }',
      'PAGE_SIZE',
    ],
  ])('%s is %s', async (document, expected) => {
    const { errors } = await graph.ask(document);
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set([expected]));
  });

  it('unknown codes and ids are null, in their place', async () => {
    expect(
      dataOf(
        await graph.ask(
          `{ campaignsByCode(codes: ["NO-SUCH", "${code}"]) { code } campaign(code: "NO-SUCH") { code } article(id: "x") { id }
             contentItemsByAddress(addresses: ["${code}:ND5", "${code}:ND9"]) { address } indicatorsByAddress(addresses: ["${code}:CT1", "x"]) { code }
             progressReport(id: "x") { id } emulationCluster(id: "x") { id } }`,
        ),
      ),
    ).toEqual({
      campaignsByCode: [null, { code }],
      campaign: null,
      article: null,
      contentItemsByAddress: [{ address: `${code}:ND5` }, null],
      indicatorsByAddress: [{ code: 'CT1' }, null],
      progressReport: null,
      emulationCluster: null,
    });
  });

  it('a reference to nothing is null with ENTITY_NOT_FOUND, and the others live', async () => {
    const { data, errors } = await graph.ask(
      'query ($all: [_Any!]!) { _entities(representations: $all) { ... on Campaign { code } ... on ContentItem { address } } }',
      {
        all: [
          { __typename: 'Campaign', code },
          { __typename: 'Campaign', id: 'cmp_none' },
          { __typename: 'ContentItem', address: `${code}:ND1` },
          { __typename: 'ContentItem', id: 'cit_none' },
        ],
      },
    );
    expect(data?._entities).toEqual([{ code }, null, { address: `${code}:ND1` }, null]);
    // Errors have no order (GraphQL, 7.1.2): the two are read side by side, and whichever answers first fails first.
    const byPlace = errors?.toSorted((a, b) => Number(a.path?.[1]) - Number(b.path?.[1]));
    expect(byPlace?.map(({ extensions, path }) => [extensions?.code, path])).toEqual([
      ['ENTITY_NOT_FOUND', ['_entities', 1]],
      ['ENTITY_NOT_FOUND', ['_entities', 3]],
    ]);
  });
});
