import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

/** What a viewer may not have is null with an error at its path, and is fetched from no subgraph. */

const as = (viewer: string) => ({ 'x-demo-viewer': viewer });
const campaign = 'BCA-2021-COVID-TDDB';
const officer = 'role=OFFICER; unit=/BCA/T01.1/';
const partner = 'role=PARTNER; scopes=awards:verify export:read';

const refused = (...paths: (string | number)[][]) =>
  paths.map((path) => ({
    message: 'Unauthorized field or type',
    locations: [expect.any(Object)],
    path,
    extensions: {
      ...{ code: 'UNAUTHORIZED_FIELD_OR_TYPE', requestId: expect.any(String), retryable: false },
      params: expect.any(Object),
    },
  }));

/** Who asks for what in vain: the table of DOMAIN §5.9, one row for each cell that holds nothing. */
const forbidden: readonly (readonly [viewer: string, root: string, query: string])[] = [
  ['role=PUBLIC', 'supportActivities', '{ supportActivities { totalCount } }'],
  ['role=PUBLIC', 'supportActivity', '{ supportActivity(code: "HT-2021-000001") { code } }'],
  ['role=PUBLIC', 'houseProjects', '{ houseProjects { totalCount } }'],
  ['role=PUBLIC', 'supportActivityChanges', '{ supportActivityChanges { caughtUp } }'],
  ['role=PUBLIC', 'supportExport', '{ supportExport { nodes { month } } }'],
  ['role=PUBLIC', 'progressReport', '{ progressReport(id: "rep_x") { status } }'],
  ['role=PUBLIC', 'awardDossiers', '{ awardDossiers { totalCount } }'],
  ['role=PUBLIC', 'verifyAward', '{ verifyAward(verifyCode: "7K2M") { status } }'],
  ['role=PUBLIC', 'unitChanges', '{ unitChanges { caughtUp } }'],
  ['role=PUBLIC', 'unitMergeProposals', '{ unitMergeProposals { totalCount } }'],
  ['role=PARTNER', 'supportExport', '{ supportExport { nodes { month } } }'],
  ['role=PARTNER', 'verifyAward', '{ verifyAward(verifyCode: "7K2M") { status } }'],
  [officer, 'unitMergeProposals', '{ unitMergeProposals { totalCount } }'],
  ['role=COMMANDER; unit=/BCA/', 'unitMergeProposal', '{ unitMergeProposal(id: "x") { id } }'],
  ['role=ADMIN; unit=/BCA/', 'supportActivities', '{ supportActivities { totalCount } }'],
  ['role=ADMIN; unit=/BCA/', 'progressReport', '{ progressReport(id: "rep_x") { status } }'],
  ['role=ADMIN; unit=/BCA/', 'awardDossiers', '{ awardDossiers { totalCount } }'],
  ['role=ADMIN; unit=/BCA/', 'supportExport', '{ supportExport { nodes { month } } }'],
];

describe.each(carriers)('access by %s', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  it.each(forbidden)('gives %s no %s, and fetches nothing', async (viewer, root, query) => {
    const { price, ...answer } = await graph.ask(query, {}, as(viewer));
    expect(answer).toEqual({ data: { [root]: null }, errors: refused([root]) });
    expect(price).toEqual({ fetches: {}, commands: {} });
  });

  it('answers the rest of an operation, and asks no subgraph for what is left out', async () => {
    const { price, ...answer } = await graph.ask(
      /* GraphQL */ `
        query ($code: CampaignCode!, $under: UnitCode, $yes: Boolean!) {
          campaign(code: $code) {
            code
            ...Inside
            returned: returnReason
            awardFunnel(under: $under) { count }
            supportActivities @include(if: $yes) { totalCount }
            articles(first: 0) @skip(if: $yes) { totalCount }
          }
        }
        fragment Inside on Campaign {
          completeness(period: { code: "2021-09" }) { totalCount }
          audit { totalCount }
          availableActions { action }
        }
      `,
      { code: campaign, under: 'T01.1', yes: true },
      as('role=PUBLIC'),
    );
    expect(answer).toEqual({
      data: {
        campaign: {
          code: campaign,
          ...{ completeness: null, audit: null, availableActions: null },
          ...{ returned: null, awardFunnel: null, supportActivities: null },
        },
      },
      errors: refused(
        ...['completeness', 'audit', 'availableActions', 'returned', 'awardFunnel', 'supportActivities'].map(
          (field) => ['campaign', field],
        ),
      ),
    });
    expect(price).toEqual({ fetches: { campaigns: 1 }, commands: { campaigns: 1 } });
  });

  it('keeps persons from the ministry, and activities with them from nobody else', async () => {
    const { price, ...answer } = await graph.ask(
      '{ supportActivities(first: 1) { nodes { beneficiaries(purpose: "to see whether it is refused") { totalCount } } } }',
    );
    expect(answer).toEqual({
      data: { supportActivities: { nodes: [{ beneficiaries: null }] } },
      errors: refused(['supportActivities', 'nodes', 0, 'beneficiaries']),
    });
    expect(price.fetches).toEqual({ activities: 1 });
  });

  it('refuses a mutation, and does the others of the operation', async () => {
    const input = { idempotencyKey: 'x', id: 'x', expectedVersion: 1 };
    const { price, ...answer } = await graph.ask(
      /* GraphQL */ `
        mutation ($hand: SubmitReportInput!, $accept: AcceptReportInput!) {
          handedIn: submitReport(input: $hand) { userErrors { code path } }
          acceptReport(input: $accept) { userErrors { code } }
        }
      `,
      { hand: input, accept: input },
      as(officer),
    );
    expect(answer).toEqual({
      data: {
        handedIn: { userErrors: [{ code: 'INPUT_INVALID', path: ['input', 'idempotencyKey'] }] },
        acceptReport: null,
      },
      errors: refused(['acceptReport']),
    });
    expect(answer.errors?.[0]?.extensions?.params).toEqual({ scopes: ['reports:approve'] });
    expect(price.fetches).toEqual({ campaigns: 1 });
  });

  it('lets a partner know nothing of what its contract does not hold', async () => {
    const { price, ...answer } = await graph.ask('{ supportActivities { totalCount } }', {}, as(partner));
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([
      {
        message: 'Cannot query field "supportActivities" on type "Query".',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
    expect(price.fetches).toEqual({});
  });

  it.each([
    ['the ministry’s dashboard', {}, { subject: 'demo-ministry', role: 'MINISTRY', unit: { code: 'BCA' } }],
    [
      'an officer',
      as('role=OFFICER; unit=/BCA/T01.1/; name=an'),
      { subject: 'demo:an', role: 'OFFICER', unit: { code: 'T01.1' } },
    ],
    ['the public', as('role=PUBLIC; name=x'), { subject: 'demo:x', role: 'PUBLIC', unit: null }],
  ])('tells %s who it is', async (_, headers, expected) => {
    const { price, ...answer } = await graph.ask(
      '{ viewer { subject role unit { code } policies locale } }',
      {},
      { ...headers, 'accept-language': 'en' },
    );
    expect(answer).toEqual({ data: { viewer: { ...expected, policies: [], locale: 'EN' } } });
    expect(price.fetches).toEqual({ units: 1 });
  });

  it('tells a client every scope that it holds, by its role or by its credentials', async () => {
    const scopesOf = async (viewer: string) => {
      const { data } = await graph.ask('{ viewer { scopes } }', {}, as(viewer));
      return (data as { viewer: { scopes: string[] } }).viewer.scopes;
    };
    expect(await scopesOf('role=PUBLIC; scopes=people:read')).toEqual([]);
    expect(await scopesOf(`${partner} people:read other:thing`)).toEqual([
      'awards:verify',
      'export:read',
      'other:thing',
    ]);
    expect(await scopesOf('role=ADMIN; unit=/BCA/')).toEqual([
      'people:protect',
      'awards:verify',
      'units:propose',
      'units:write',
      'audit:read',
      'explain:read',
    ]);
  });
});
