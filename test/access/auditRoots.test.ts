import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { type Audited, openPlaced, type Placed } from './placed.ts';
import { type Asking, headerOf, viewers } from './viewers.ts';

/** What an audit shows beside which rows it opens, which the matrix holds: values, reasons, and what was done lately. */

const roots = {
  units: 'unitAudit',
  drafts: 'campaignAudit',
  reports: 'campaignAudit',
  articles: 'campaignAudit',
  targets: 'campaignAudit',
  participations: 'campaignAudit',
  clusters: 'campaignAudit',
  activities: 'activityAudit',
  houses: 'activityAudit',
  households: 'activityAudit',
  dossiers: 'awardAudit',
  awards: 'awardAudit',
} as const satisfies Record<Audited, string>;

let placed: Placed;
let graph: TestGraph;
beforeAll(async () => {
  placed = await openPlaced();
  graph = await startGraph('memory', placed.connection.name);
});
afterAll(async () => {
  await graph.stop();
  await placed.close();
});

/** Asks a root of the audit; gives its page, or the code of the first error. */
async function ask(asking: Asking, root: string, filter: string, inner: string): Promise<unknown> {
  const { data, errors } = await graph.ask(
    `{ page: ${root}${filter && `(filter: { ${filter} })`} { ${inner} } }`,
    {},
    headerOf(viewers[asking]),
  );
  return errors ? errors[0]?.extensions?.code : (data as { page: unknown }).page;
}

/** Values and reasons are those of the record: DOMAIN §5.9, by the row of its kind. */
const readers: Readonly<Record<Audited, readonly Asking[]>> = {
  units: ['officer', 'commanderAbove', 'ministry', 'admin'],
  clusters: ['officer', 'commanderAbove', 'ministry', 'admin'],
  drafts: ['officer', 'commanderAbove', 'ministry'],
  reports: ['officer', 'commanderAbove', 'ministry'],
  articles: ['officer', 'commanderAbove', 'ministry'],
  targets: ['officer', 'commanderAbove', 'ministry'],
  participations: ['officer', 'commanderAbove', 'ministry'],
  activities: ['officer', 'commanderAbove', 'ministry'],
  houses: ['officer', 'commanderAbove', 'ministry'],
  households: ['officer'],
  dossiers: ['officer', 'commanderAbove', 'ministry'],
  awards: ['officer', 'commanderAbove', 'ministry'],
};

describe.each(Object.entries(readers) as [Audited, readonly Asking[]][])('the audit of %s', (kind, who) => {
  test.each(['officer', 'commanderAbove', 'ministry', 'admin'] as const)(
    'shows values and reasons to %s, or only what was done',
    async (asking) => {
      const filter = `id: "${placed[kind].own._id}"`;
      const inner = 'nodes { action subject type reason changes { field before after } }';
      const values = { before: '"Cũ"', after: '"Mới"' };
      const hidden = { before: null, after: null };
      expect(await ask(asking, roots[kind], filter, inner)).toEqual({
        nodes: [
          {
            ...{ action: 'change', subject: 'somebody', type: expect.any(String) },
            reason: who.includes(asking) ? 'Ghi sai' : null,
            changes: [{ field: 'title', ...(who.includes(asking) ? values : hidden) }],
          },
        ],
      });
    },
  );
});

describe('an audit as a whole', () => {
  const lately = 'totalCount edges { cursor } nodes { type records reason }';

  test('is read by administrators, who see of which records and no reason', async () => {
    const { drafts } = placed;
    const page = await ask(
      'admin',
      'campaignAudit',
      'subject: "somebody", from: "2026-01-10T00:00:00Z"',
      lately,
    );
    expect(page).toMatchObject({ totalCount: 24 });
    const { nodes } = page as { nodes: readonly object[] };
    expect(nodes).toContainEqual({ type: 'Campaign', records: [drafts.far._id], reason: null });
  });

  test.each([
    ['subject: "nobody"'],
    ['before: "2026-01-10T02:00:00Z"'],
    ['from: "2026-01-10T02:00:01Z"'],
    ['code: "BCA-2099-NONE"'],
    ['id: "cmp_none"'],
  ])('holds nothing for { %s }', async (filter) => {
    for (const asking of ['ministry', 'admin'] as const)
      expect(await ask(asking, 'campaignAudit', filter, 'totalCount nodes { id }')).toEqual({
        totalCount: 0,
        nodes: [],
      });
  });

  test('is paged, the latest first', async () => {
    const { connection, activities } = placed;
    const [sooner, later] = ['2026-01-11T02:00:00Z', '2026-01-12T02:00:00Z'];
    const audit = connection.collection<{ _id: string; at: Date }>('activities_audit');
    const like = await audit.findOne({ _id: 'aud_activities_own' });
    await audit.insertMany([
      { ...like, _id: 'aud_later', at: new Date(later) },
      { ...like, _id: 'aud_sooner', at: new Date(sooner) },
    ]);
    const own = `id: "${activities.own._id}"`;
    const read = async (page: string) => {
      const { data } = await graph.ask(
        `{ activityAudit(filter: { ${own} }, ${page}) { nodes { id records } pageInfo { hasNextPage endCursor } } }`,
        {},
        headerOf(viewers.officer),
      );
      return (data as { activityAudit: { nodes: object[]; pageInfo: { endCursor: string } } }).activityAudit;
    };
    const first = await read('first: 2');
    expect(first).toEqual({
      // Others than those who reach every record are told of none but the one that they named.
      nodes: [
        { id: 'aud_later', records: null },
        { id: 'aud_sooner', records: null },
      ],
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
    expect(await read(`first: 2, after: "${first.pageInfo.endCursor}"`)).toMatchObject({
      nodes: [{ id: 'aud_activities_own' }],
      pageInfo: { hasNextPage: false },
    });
  });

  test.each(['officer', 'commanderAbove'] as const)('is not for %s', async (asking) => {
    for (const filter of ['', 'subject: "somebody"', 'from: "2026-01-10T00:00:00Z"'])
      expect(await ask(asking, 'activityAudit', filter, 'totalCount')).toBe('FORBIDDEN');
  });

  test.each(['public', 'partner'] as const)('does not exist for %s', async (asking) => {
    expect(await ask(asking, 'activityAudit', '', 'totalCount')).toMatch(
      /^(UNAUTHORIZED_FIELD_OR_TYPE|GRAPHQL_VALIDATION_FAILED)$/u,
    );
  });

  test('takes one address of a record', async () => {
    expect(await ask('admin', 'unitAudit', 'id: "x", code: "T01.1"', 'totalCount')).toBe('INPUT_INVALID');
  });
});

test('a record outside of the reach is answered like none, at the same price', async () => {
  const asked = async (id: string) => {
    const answer = await graph.ask(
      `{ activityAudit(filter: { id: "${id}" }) { totalCount nodes { id } } }`,
      {},
      headerOf(viewers.officer),
    );
    return answer;
  };
  const outside = await asked(placed.activities.far._id);
  expect(outside.data).toEqual({ activityAudit: { totalCount: 0, nodes: [] } });
  expect(outside).toEqual(await asked('act_none'));
});
