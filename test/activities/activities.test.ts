import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityFacts } from '../../subgraphs/activities/index.ts';
import { CAMPAIGN, codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';

let graph: OpenedActivities;
let facts: ActivityFacts[];

beforeAll(async () => {
  graph = await openActivities();
  facts = [...graph.seed.rows.activities];
});
afterAll(() => graph.close());

const list = `query ($filter: SupportActivityFilter, $sort: [SupportActivitySort!], $first: Int! = 100, $after: String) {
  supportActivities(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount
    nodes { code }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

const codesFound = async (filter: Readonly<Record<string, unknown>>): Promise<string[]> => {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await graph.ask(list, { filter, after });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.supportActivities;
    found.push(...nodes.map(({ code }: { code: string }) => code));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return found.sort();
};

const codesWhere = (holds: (activity: ActivityFacts) => boolean): string[] =>
  facts
    .filter(holds)
    .map(({ code }) => code)
    .sort();

const isUnder = (code: string) => (activity: ActivityFacts) => activity.pathAtEvent.includes(`/${code}/`);

describe('one activity', () => {
  it('is given whole by its code', async () => {
    const fact = facts.find(({ inKind, house }) => inKind.length > 0 && !house);
    if (!fact) throw new Error('The seed has no gifts.');
    const { data, commands } = await graph.ask(
      `query ($code: String!) { supportActivity(code: $code) {
        id code campaign { id code } contentItem { id } unit { id } coOrganisers { id }
        kind { code name { vi en } buildsHouse noteRequired } title { vi text(locale: EN) } note status startsOn endsOn
        level provinceCode area { code listDate } people { targeted reached households suppressed }
        groups { group { code sensitive } targeted reached households suppressed }
        funding { source { code name { vi } } planned amount } plannedAmount amount
        inKind { item { vi } quantity measure { en } value } deliveries evidence { number date title sha256 }
        house { code } synthetic createdAt updatedAt version } }`,
      { code: fact.code },
    );
    expect(commands).toBe(2);
    expect(data.supportActivity).toMatchObject({
      id: fact._id,
      code: fact.code,
      campaign: { id: fact.campaignId, code: CAMPAIGN },
      contentItem: { id: fact.contentItemId },
      unit: { id: fact.unitId },
      kind: { code: fact.kind, buildsHouse: false, noteRequired: false },
      title: { vi: fact.title.vi, text: fact.title.en },
      status: fact.status,
      level: fact.levelAtEvent,
      provinceCode: fact.provinceAtEvent,
      area: fact.area,
      people: { ...fact.people, suppressed: false },
      funding: fact.funding.map(({ code, planned, amount }) => ({ source: { code }, planned, amount })),
      amount: fact.amount,
      deliveries: fact.deliveries,
      evidence: fact.evidence.map(({ sha256 }) => ({ sha256 })),
      house: null,
      synthetic: true,
      createdAt: fact.createdAt.toISOString(),
    });
  });

  it('is null when there is none, and needs exactly one of id and code', async () => {
    const one = await graph.ask('{ a: supportActivity(code: "HT-1999-000001") { id } }');
    expect([one.data, one.errors]).toEqual([{ a: null }, undefined]);
    expect(codesOf(await graph.ask('{ supportActivity { id } }'))).toEqual(['INPUT_INVALID']);
    expect(codesOf(await graph.ask('{ supportActivity(id: "a", code: "b") { id } }'))).toEqual([
      'INPUT_INVALID',
    ]);
  });

  it('is found with others by codes, in their order, gaps null', async () => {
    const [a, b] = facts;
    const codes = [b?.code, 'HT-1999-000001', a?.code];
    const { data, commands } = await graph.ask(
      'query ($codes: [String!]!) { supportActivitiesByCode(codes: $codes) { code } }',
      { codes },
    );
    expect(data.supportActivitiesByCode).toEqual([{ code: b?.code }, null, { code: a?.code }]);
    expect(commands).toBe(1);
    const tooMany = Array.from({ length: 101 }, (_, index) => `HT-${index}`);
    const refused = await graph.ask(
      'query ($codes: [String!]!) { supportActivitiesByCode(codes: $codes) { code } }',
      { codes: tooMany },
    );
    expect(codesOf(refused)).toEqual(['INPUT_INVALID']);
  });
});

describe('the filter', () => {
  const cases: [string, Readonly<Record<string, unknown>>, (activity: ActivityFacts) => boolean][] = [
    ['nothing', {}, () => true],
    ['campaign', { campaign: [CAMPAIGN] }, () => true],
    ['under', { under: ['T01.1'] }, isUnder('T01.1')],
    ['two tops', { under: ['H001.1', 'T44.1'] }, (a) => isUnder('H001.1')(a) || isUnder('T44.1')(a)],
    ['unit', { unit: ['T01.1'] }, (a) => a.unitCode === 'T01.1'],
    ['province', { provinceCode: ['44', '45'] }, (a) => ['44', '45'].includes(a.provinceAtEvent ?? '')],
    ['level', { level: ['DEPARTMENT'] }, (a) => a.levelAtEvent === 'DEPARTMENT'],
    ['kind', { kind: ['TRI_AN', 'TIEN_MAT'] }, (a) => ['TRI_AN', 'TIEN_MAT'].includes(a.kind)],
    ['group', { group: ['NGUOI_CAO_TUOI'] }, (a) => a.groups.some(({ code }) => code === 'NGUOI_CAO_TUOI')],
    ['funding', { funding: ['NSNN'] }, (a) => a.funding.some(({ code }) => code === 'NSNN')],
    ['status', { status: ['CANCELLED'] }, (a) => a.status === 'CANCELLED'],
    ['during', { during: { code: '2021-10' } }, (a) => a.startsOn.startsWith('2021-10')],
    [
      'relative',
      { during: { relative: 'LAST_MONTH', relativeTo: '2021-12-11' } },
      (a) => a.startsOn.startsWith('2021-11'),
    ],
    ['amount', { amount: { from: 1, before: 5_000_000 } }, (a) => a.amount >= 1 && a.amount < 5_000_000],
    ['house', { hasHouse: true }, (a) => a.house !== null],
    ['no house', { hasHouse: false }, (a) => a.house === null],
    ['words without diacritics', { text: 'HOC bong' }, (a) => a.title.vi.includes('học bổng')],
    ['the beginning of a word', { text: 'schol' }, (a) => a.title.en?.includes('Scholarships') ?? false],
    [
      'since',
      { updatedSince: '2022-01-01T00:00:00Z' },
      (a) => a.updatedAt >= new Date('2022-01-01T00:00:00Z'),
    ],
    [
      'any',
      { any: [{ kind: ['TRI_AN'] }, { hasHouse: true }] },
      (a) => a.kind === 'TRI_AN' || a.house !== null,
    ],
    ['not', { not: { under: ['BCA'], kind: ['TRI_AN'] } }, (a) => a.kind !== 'TRI_AN'],
    ['AND', { kind: ['TRI_AN'], under: ['T01.1'] }, (a) => a.kind === 'TRI_AN' && isUnder('T01.1')(a)],
  ];
  it.each(cases)('reads %s', async (_, filter, holds) => {
    expect(await codesFound(filter)).toEqual(codesWhere(holds));
  });

  it('follows units into the tree of a day', async () => {
    const hierarchy = { mode: 'AS_OF', asOf: '2026-01-01' };
    const both = codesWhere((a) => isUnder('T44.1')(a) || isUnder('T45.1')(a));
    const living = graph.tree.copies.filter(
      ({ code, versions }) => /^T4[45]\./u.test(code) && versions.at(-1)?.before === null,
    );
    expect(await codesFound({ under: living.map(({ code }) => code), hierarchy })).toEqual(both);
  });

  it.each([
    ['an unknown unit', { under: ['X99999.1'] }],
    ['an unknown campaign', { campaign: ['NO-SUCH'] }],
    ['an empty list', { kind: [] }],
    ['no top', { under: [] }],
    ['an empty any', { any: [] }],
    ['too deep a nest', { not: { not: { not: { hasHouse: true } } } }],
    ['a range turned round', { amount: { from: 2, before: 1 } }],
    ['a range without ends', { amount: {} }],
    ['text without a letter', { text: ' - ' }],
    ['a day as reported', { under: ['BCA'], hierarchy: { mode: 'AS_REPORTED', asOf: '2021-01-01' } }],
    ['a top before its time', { under: ['H001.1'], hierarchy: { mode: 'AS_OF', asOf: '2026-01-01' } }],
  ])('refuses %s', async (_, filter) => {
    expect(codesOf(await graph.ask(list, { filter }))).toEqual(['INPUT_INVALID']);
  });
});

describe('the list', () => {
  it('is sorted and paged by any field, each activity once', async () => {
    const sort = [{ field: 'AMOUNT', direction: 'DESC' }];
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await graph.ask(list, { sort, first: 40, after });
      codes.push(...data.supportActivities.nodes.map(({ code }: { code: string }) => code));
      after = data.supportActivities.pageInfo.hasNextPage ? data.supportActivities.pageInfo.endCursor : null;
    } while (after);
    const amountOf = new Map(facts.map(({ code, amount }) => [code, amount]));
    const amounts = codes.map((code) => amountOf.get(code) ?? 0);
    expect([...codes].sort()).toEqual(codesWhere(() => true));
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  });

  it('costs the same for one row as for a hundred', async () => {
    const query = `query ($first: Int!) { supportActivities(first: $first, filter: { hasHouse: true }) { nodes {
      code unit { id } kind { name { vi } } groups { group { name { vi } } } house { code activity { code } } } } }`;
    const [one, many] = [await graph.ask(query, { first: 1 }), await graph.ask(query, { first: 100 })];
    expect(many.data.supportActivities.nodes).toHaveLength(facts.filter(({ house }) => house).length);
    expect([one.commands, many.commands]).toEqual([4, 4]);
  });

  it('refuses pages that are too large and cursors of others', async () => {
    expect(codesOf(await graph.ask(list, { first: 101 }))).toEqual(['PAGE_SIZE']);
    expect(codesOf(await graph.ask(list, { first: 0 }))).toEqual(['PAGE_SIZE']);
    const { data } = await graph.ask(list, { first: 1 });
    const after = data.supportActivities.pageInfo.endCursor;
    expect(codesOf(await graph.ask(list, { after, filter: { hasHouse: true } }))).toEqual([
      'CURSOR_MISMATCH',
    ]);
  });

  it('is read through an index, whatever it is filtered by', async () => {
    const collection = graph.connection.collection('activities_activities');
    const range = { $gte: '/BCA/T01.1/', $lt: '/BCA/T01.10' };
    for (const [filter, sort] of [
      [{ pathAtEvent: range }, { startsOn: -1, _id: -1 }],
      [{ campaignCode: CAMPAIGN }, { startsOn: -1, _id: -1 }],
      [{ words: { $regex: '^hoc' } }, { startsOn: -1, _id: -1 }],
      [{}, { startsOn: -1, _id: -1 }],
      [{}, { amount: -1, _id: -1 }],
    ] as const) {
      const plan = JSON.stringify(
        await collection
          .find(filter as never)
          .sort(sort)
          .explain(),
      );
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('COLLSCAN');
    }
  });
});

describe('the stream of changes', () => {
  it('gives each activity once, in the order of the changes, the cancelled ones as tombstones', async () => {
    const query = `query ($after: String) { supportActivityChanges(after: $after, first: 60) {
      edges { cursor node { kind id code changedAt node { status } } } endCursor caughtUp } }`;
    const seen: { kind: string; code: string; node: { status: string } }[] = [];
    let after: string | null = null;
    let caughtUp = false;
    while (!caughtUp) {
      const { data, commands } = await graph.ask(query, { after });
      expect(commands).toBe(1);
      seen.push(...data.supportActivityChanges.edges.map(({ node }: { node: unknown }) => node));
      ({ endCursor: after, caughtUp } = data.supportActivityChanges);
    }
    expect(seen.map(({ code }) => code)).toEqual(facts.map(({ code }) => code));
    expect(seen.every(({ kind, node }) => (kind === 'TOMBSTONE') === (node.status === 'CANCELLED'))).toBe(
      true,
    );
    const { data } = await graph.ask(query, { after });
    expect(data.supportActivityChanges).toEqual({ edges: [], endCursor: after, caughtUp: true });
  });
});

describe('the catalogues', () => {
  it('are objects with names in both languages, read by one command', async () => {
    const { data, commands } = await graph.ask(`{
      supportKinds { code name { vi en } } beneficiaryGroups { code sensitive } fundingSources { code origin } }`);
    expect([data.supportKinds.length, data.beneficiaryGroups.length, data.fundingSources.length]).toEqual([
      10, 9, 4,
    ]);
    expect(data.supportKinds[0]).toEqual({
      code: 'NHA_TINH_NGHIA',
      name: { vi: 'Xây nhà tình nghĩa', en: 'Build a gratitude house' },
    });
    expect(commands).toBe(1);
  });
});
