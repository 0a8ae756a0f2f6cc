import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

const columns = 'unitCode kind group provinceCode month targeted reached amount suppressed'.split(' ');
const rows = `query ($filter: SupportActivityFilter, $after: String) {
  supportExport(filter: $filter, first: 100, after: $after) {
    edges { cursor node { ${columns.join(' ')} } } pageInfo { hasNextPage endCursor } } }`;

const demo = (viewer: string) => ({ 'x-demo-viewer': viewer });
const partner = demo('role=PARTNER; scopes=awards:verify export:read');

interface Edge {
  readonly cursor: string;
  readonly node: Readonly<Record<string, unknown>>;
}

interface Refusal {
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

describe.each(carriers)('the export as CSV (%s)', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  /** All rows by paging through the graph. */
  const paged = async (filter: object | null, headers: Record<string, string>): Promise<Edge[]> => {
    const found: Edge[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await graph.ask(rows, { filter, after }, headers);
      expect(errors).toBeUndefined();
      const page = data?.supportExport as {
        edges: Edge[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      found.push(...page.edges);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    return found;
  };
  const csv = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${graph.url}/export/support.csv${query}`, { headers });
  const textOf = (edges: readonly Edge[]): string =>
    [
      columns.join(),
      ...edges.map(({ node }) => columns.map((column) => String(node[column] ?? '')).join()),
      '',
    ].join('\r\n');

  it.each([
    ['the ministry', demo('role=MINISTRY; unit=/BCA/')],
    ['a partner', partner],
  ])('gives %s the rows that paging through the graph gives', async (_who, headers) => {
    const edges = await paged(null, headers);
    expect(edges.length).toBeGreaterThan(200);
    expect(edges.some(({ node }) => node.suppressed)).toBe(headers === partner);
    const response = await csv('', headers);
    expect(await response.text()).toBe(textOf(edges));
  });

  it.each([
    [
      '?campaign=BCA-2021-COVID-TDDB&period=2021-09',
      { campaign: ['BCA-2021-COVID-TDDB'], during: { code: '2021-09' } },
    ],
    [
      '?from=2021-08-22&before=2021-11-01&province=01&province=44',
      { during: { from: '2021-08-22', before: '2021-11-01' }, provinceCode: ['01', '44'] },
    ],
    [
      '?under=T01.1&kind=TRI_AN&group=NGUOI_CAO_TUOI',
      { under: ['T01.1'], kind: ['TRI_AN'], group: ['NGUOI_CAO_TUOI'] },
    ],
  ])('takes what a person can type: %s', async (query, filter) => {
    const edges = await paged(filter, partner);
    expect(edges.length).toBeGreaterThan(0);
    expect(await (await csv(query, partner)).text()).toBe(textOf(edges));
  });

  it('goes on after a row whose cursor was kept', async () => {
    const edges = await paged(null, partner);
    const after = edges[149]?.cursor ?? '';
    expect(await (await csv(`?after=${after}`, partner)).text()).toBe(textOf(edges.slice(150)));
    const [, first = ''] = (await (await csv('?cursors=1', partner)).text()).split('\r\n');
    expect(first.split(',').at(-1)).toBe(edges[0]?.cursor);
  });

  it.each([
    ['?units=T01.1', /no parameter "units"; there are campaign, unit, under/u],
    ['?unit=', /unit is empty/u],
    ['?period=2021&period=2022', /period can be given once/u],
    ['?bom=yes', /bom takes 1 or 0/u],
    ['?unit=X1.1', /X1\.1/u],
    ['?after=nonsense', /no|not/u],
  ])('refuses %s and says why', async (query, message) => {
    const response = await csv(query);
    const { errors } = (await response.json()) as Refusal;
    expect([response.status, errors]).toEqual([
      400,
      [
        {
          message: expect.stringMatching(message),
          extensions: expect.objectContaining({ retryable: false }),
        },
      ],
    ]);
    expect(['INPUT_INVALID', 'CURSOR_INVALID']).toContain(errors[0]?.extensions.code);
  });

  it('refuses a day that is none before it asks any subgraph', async () => {
    const response = await csv('?from=2021-02-30&before=2021-04-01');
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as Refusal;
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('believes nobody whom the graph does not believe', async () => {
    const response = await csv('', demo('role=KING'));
    expect(response.status).toBe(401);
  });
});
