import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import type { AwardRecord } from '../../subgraphs/awards/index.ts';
import { type AwardsDoor, campaign, openAwardsDoor, viewerOf } from './awardsDoor.ts';

let door: AwardsDoor;
let seeded: readonly AwardRecord[];
beforeAll(async () => {
  door = await openAwardsDoor();
  seeded = [...door.rows.awards];
});
afterAll(() => door.close());

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const list = `query ($filter: AwardFilter, $first: Int! = 100, $after: String) {
  awards(filter: $filter, first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;

/** Reads all pages of a filter. */
async function idsOf(filter: unknown, first = 100): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await door.ask(list, { filter, first, after });
    expect(errors).toBeUndefined();
    const { awards } = data as { awards: Page<{ id: string }> };
    ids.push(...awards.nodes.map(({ id }) => id));
    if (!awards.pageInfo.hasNextPage) {
      expect(awards.totalCount).toBe(ids.length);
      return ids;
    }
    after = awards.pageInfo.endCursor;
  }
}

const expectedIds = (matches: (award: AwardRecord) => boolean): string[] =>
  seeded
    .filter(matches)
    .toSorted((a, b) => (a.eventOn === b.eventOn ? (a._id < b._id ? 1 : -1) : a.eventOn < b.eventOn ? 1 : -1))
    .map(({ _id }) => _id);

test('pages of seven give every award once, the latest first', async () => {
  expect(await idsOf(null, 7)).toEqual(expectedIds(() => true));
});

const codeOf = (id: string): string => door.tree.copies.find((unit) => unit.id === id)?.code ?? '';
const some = (matches: (award: AwardRecord) => boolean): AwardRecord => {
  const found = seeded.find(matches);
  if (!found) throw new Error('The seed has no such award.');
  return found;
};

type Case = [what: string, filter: () => unknown, matches: (award: AwardRecord) => boolean];
const cases: Case[] = [
  ['campaign', () => ({ campaign: [campaign.code] }), ({ campaignId }) => campaignId === campaign.id],
  ['form', () => ({ form: ['GK', 'BK_BCA'] }), ({ form }) => form === 'GK' || form === 'BK_BCA'],
  ['class', () => ({ class: ['ORDER'] }), ({ form }) => form.startsWith('HC_')],
  ['kind', () => ({ kind: ['SUDDEN'] }), ({ kind }) => kind === 'SUDDEN'],
  ['state level', () => ({ stateLevel: true }), ({ stateLevel }) => stateLevel],
  [
    'people',
    () => ({ recipientKind: ['INDIVIDUAL'] }),
    ({ recipientKind }) => recipientKind === 'INDIVIDUAL',
  ],
  ['status', () => ({ status: ['REVOKED', 'DECIDED'] }), ({ status }) => status !== 'CONFERRED'],
  ['authority', () => ({ decidedBy: ['PRESIDENT'] }), ({ decidedBy }) => decidedBy === 'PRESIDENT'],
  ['province', () => ({ provinceCode: ['45'] }), ({ provinceCode }) => provinceCode === '45'],
  ['level', () => ({ level: ['COMMUNE'] }), ({ levelAtEvent }) => levelAtEvent === 'COMMUNE'],
  [
    'unit',
    () => ({ unit: [codeOf(some(() => true).unitId)] }),
    ({ unitId }) => unitId === some(() => true).unitId,
  ],
  [
    'a province and all under it',
    () => ({ under: ['T01.1'] }),
    ({ pathAtEvent }) => pathAtEvent.startsWith('/BCA/T01.1/'),
  ],
  ['a month', () => ({ during: { code: '2021-12' } }), ({ eventOn }) => eventOn.startsWith('2021-12')],
  [
    'a phase',
    () => ({ during: { code: `${campaign.code}:P1` } }),
    ({ eventOn }) => eventOn >= '2021-08-15' && eventOn < '2021-11-16',
  ],
  [
    'the whole campaign',
    () => ({ campaign: [campaign.code], during: { relative: 'WHOLE_CAMPAIGN' } }),
    ({ campaignId, eventOn }) => campaignId === campaign.id && eventOn >= '2021-08-17',
  ],
  [
    'conferred in a quarter',
    () => ({ conferred: { code: '2022-Q1' } }),
    ({ conferredOn }) => conferredOn !== null && conferredOn >= '2022-01-01' && conferredOn < '2022-04-01',
  ],
  [
    'updated since',
    () => ({ updatedSince: '2024-01-01T00:00:00Z' }),
    ({ updatedAt }) => updatedAt >= new Date('2024-01-01T00:00:00Z'),
  ],
  [
    'either',
    () => ({ any: [{ stateLevel: true }, { form: ['GK'], status: ['REVOKED'] }] }),
    ({ stateLevel, form, status }) => stateLevel || (form === 'GK' && status === 'REVOKED'),
  ],
  [
    'neither',
    () => ({ not: { under: ['T01.1'] } }),
    ({ pathAtEvent }) => !pathAtEvent.startsWith('/BCA/T01.1/'),
  ],
  ['an id', () => ({ id: [some(() => true)._id] }), ({ _id }) => _id === some(() => true)._id],
];

describe('a filter gives what it says', () => {
  test.each(cases)('%s', async (_, filter, matches) => {
    const expected = expectedIds(matches);
    expect(expected.length).toBeGreaterThan(0);
    expect(await idsOf(filter())).toEqual(expected);
  });
});

test('AS_OF the day after the mergers, awards of a merged commune stand under its successor', async () => {
  const merged = seeded.filter(
    ({ scopePath, pathAtEvent }) =>
      scopePath.startsWith('/BCA/T44.2/') && pathAtEvent.startsWith('/BCA/T45.1/'),
  );
  expect(merged.length).toBeGreaterThan(0);
  const under = (hierarchy: unknown) => idsOf({ under: ['T44.2'], hierarchy });
  const asOf = await under({ mode: 'AS_OF', asOf: '2025-07-01' });
  for (const { _id } of merged) expect(asOf).toContain(_id);
  const asReported = await under({ mode: 'AS_REPORTED' });
  for (const { _id } of merged) expect(asReported).not.toContain(_id);
});

test('AS_OF a day before the mergers, an award of that time stands where its unit stood', async () => {
  const early = expectedIds(
    ({ pathAtEvent, eventOn }) => pathAtEvent.startsWith('/BCA/T45.1/') && eventOn < '2022-07-01',
  );
  const asOf = await idsOf({ under: ['T45.1'], hierarchy: { mode: 'AS_OF', asOf: '2022-07-01' } });
  expect(early.length).toBeGreaterThan(0);
  for (const id of early) expect(asOf).toContain(id);
});

test.each([
  ['an empty list', { form: [] }, 'INPUT_INVALID'],
  ['an unknown unit', { under: ['T77.9'] }, 'INPUT_INVALID'],
  ['an unknown unit inside any', { any: [{ unit: ['T77.9'] }] }, 'INPUT_INVALID'],
  ['an unknown campaign', { campaign: ['NOBODY-1'] }, 'INPUT_INVALID'],
  ['an unknown form', { form: ['NOBODY'] }, 'INPUT_INVALID'],
  ['an unknown class', { not: { class: ['NOBODY'] } }, 'INPUT_INVALID'],
  ['a hierarchy without under', { hierarchy: { mode: 'AS_OF' } }, 'INPUT_INVALID'],
  [
    'a day for AS_REPORTED',
    { under: ['T01.1'], hierarchy: { mode: 'AS_REPORTED', asOf: '2022-01-01' } },
    'INPUT_INVALID',
  ],
  [
    'a unit that did not exist that day',
    { under: ['T45.1'], hierarchy: { mode: 'AS_OF', asOf: '2026-01-01' } },
    'INPUT_INVALID',
  ],
  ['two ways to name a period', { during: { code: '2021', from: '2021-01-01' } }, 'PERIOD_INVALID'],
  ['WHOLE_CAMPAIGN without a campaign', { during: { relative: 'WHOLE_CAMPAIGN' } }, 'PERIOD_INVALID'],
  ['filters nested four deep', { not: { not: { not: { form: ['GK'] } } } }, 'INPUT_INVALID'],
  ['a date that does not exist', { during: { from: '2021-02-30', before: '2021-03-01' } }, 'BAD_USER_INPUT'],
])('%s is refused', async (_, filter, code) => {
  const { errors } = await door.ask(list, { filter });
  expect(errors?.[0]?.extensions?.code).toBe(code);
});

test.each([
  ['a page of none', { first: 0 }, 'PAGE_SIZE'],
  ['a page of 101', { first: 101 }, 'PAGE_SIZE'],
  ['a cursor of nobody', { after: 'x' }, 'CURSOR_INVALID'],
])('%s is refused', async (_, variables, code) => {
  const { errors } = await door.ask(list, variables);
  expect(errors?.[0]?.extensions?.code).toBe(code);
});

test('a cursor is bound to its filter', async () => {
  const first = await door.ask(list, { filter: { form: ['GK'] }, first: 1 });
  const { awards } = first.data as { awards: Page<{ id: string }> };
  const { errors } = await door.ask(list, { first: 1, after: awards.pageInfo.endCursor });
  expect(errors?.[0]?.extensions?.code).toBe('CURSOR_MISMATCH');
});

test('the one award that a source names is told as far as the source goes', async () => {
  const real = some(({ synthetic }) => !synthetic);
  const { data, errors } = await door.ask(
    `query ($id: ID!) { award(id: $id) { form { code } kind regime status conferredOn bonus { amount } synthetic
      recipient { ... on UnitRecipient { unit { id } nameAtDecision } } campaign { id } dossier { id }
      decision { number } decidedBy { code } source { issuer url } revocation { revokedOn } } }`,
    { id: real._id },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    award: {
      form: { code: 'HC_CHIENCONG_2' },
      kind: 'MOVEMENT',
      regime: 'L2003',
      status: 'CONFERRED',
      conferredOn: '2021-12-11',
      bonus: null,
      synthetic: false,
      recipient: { unit: { id: real.unitId }, nameAtDecision: 'Công an tỉnh Quảng Nam' },
      campaign: { id: campaign.id },
      dossier: null,
      decision: null,
      decidedBy: { code: 'PRESIDENT' },
      source: { issuer: 'Báo Quảng Nam', url: 'https://baoquangnam.vn' },
      revocation: null,
    },
  });
});

test('the bonus is computed from the base salary of the day of the decision', async () => {
  const titled = some(({ form, bonus }) => form === 'CSTT' && bonus?.salaryFrom === '2019-07-01');
  const { data } = await door.ask(
    `query ($id: ID!) { award(id: $id) { bonus { amount multiple rounding { mode to } computedFor
      baseSalary { amount from before provenance { mark } } } } }`,
    { id: titled._id },
  );
  expect(data).toEqual({
    award: {
      bonus: {
        amount: 450_000,
        multiple: 0.3,
        rounding: { mode: 'UP', to: 10_000 },
        computedFor: titled.eventOn,
        baseSalary: {
          amount: 1_490_000,
          from: '2019-07-01',
          before: '2023-07-01',
          provenance: [{ mark: 'SOURCED' }],
        },
      },
    },
  });
});

describe('persons', () => {
  const person =
    '{ awards(first: 100, filter: { recipientKind: [INDIVIDUAL] }) { nodes { id recipient { ... on PersonRecipient { ref displayName rank unit { id } } } } } }';
  type People = {
    awards: Page<{
      id: string;
      recipient: { ref: string | null; displayName: string | null; rank: string | null };
    }>;
  };

  test('the public sees the names of those who agreed, of awards that stand, and no others', async () => {
    const { data } = await door.ask(person, {}, publicViewer);
    const { nodes } = (data as People).awards;
    const named = nodes.filter(({ recipient }) => recipient.displayName !== null);
    expect(named.length).toBeGreaterThan(0);
    expect(named.length).toBeLessThan(nodes.length);
    for (const { id, recipient } of nodes) {
      const stored = some(({ _id }) => _id === id);
      const agreed = stored.recipient.kind === 'INDIVIDUAL' && stored.recipient.consented;
      const shown = agreed && stored.status !== 'REVOKED';
      expect(recipient.displayName !== null).toBe(shown);
      expect([recipient.ref, recipient.rank].every((value) => (value !== null) === shown)).toBe(true);
    }
  });

  test('a commander sees the names of the own subtree, whatever they agreed to', async () => {
    const { data } = await door.ask(person, {}, viewerOf('COMMANDER', '/BCA/T01.1/'));
    const { nodes } = (data as People).awards;
    const own = nodes.filter(({ id }) => some(({ _id }) => _id === id).scopePath.startsWith('/BCA/T01.1/'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ recipient }) => recipient.displayName !== null)).toBe(true);
    expect(nodes.some(({ recipient }) => recipient.displayName === null)).toBe(true);
  });

  test('every name is a specimen', () => {
    for (const { recipient } of seeded) {
      if (recipient.kind === 'INDIVIDUAL') expect(recipient.displayName).toMatch(/^Cán bộ mẫu \d{4,}$/u);
    }
  });
});

describe('a certificate', () => {
  const verify = `query ($code: String!) { verifyAward(verifyCode: $code) { status form { code } collectiveName personName decision { number date } revokedOn } }`;
  const partner: Viewer = { ...publicViewer, role: 'PARTNER', scopes: ['awards:verify'] };
  const check = async (code: string) => {
    const { data, errors } = await door.ask(verify, { code }, partner);
    expect(errors).toBeUndefined();
    return (data as { verifyAward: Record<string, unknown> }).verifyAward;
  };

  test('of a standing award is valid, however it is typed', async () => {
    const award = some(
      ({ status, recipientKind }) => status === 'CONFERRED' && recipientKind === 'COLLECTIVE',
    );
    const code = some(({ _id, verifyCode }) => verifyCode !== null && _id === award._id).verifyCode ?? '';
    const typed = (code.match(/.{4}/gu) ?? []).join(' - ').toLowerCase();
    expect(await check(typed)).toEqual({
      status: 'VALID',
      form: { code: award.form },
      collectiveName: award.recipient.nameAtDecision,
      personName: null,
      decision: { number: award.decision?.number, date: award.eventOn },
      revokedOn: null,
    });
  });

  test('of a person bears the name only with consent', async () => {
    for (const consented of [true, false]) {
      const award = some(
        ({ status, recipient }) =>
          status === 'CONFERRED' && recipient.kind === 'INDIVIDUAL' && recipient.consented === consented,
      );
      const answer = await check(award.verifyCode ?? '');
      const name = award.recipient.kind === 'INDIVIDUAL' ? award.recipient.displayName : null;
      expect(answer.personName).toBe(consented ? name : null);
    }
  });

  test('of a revoked award says so, and names nobody', async () => {
    const award = some(({ status, recipientKind }) => status === 'REVOKED' && recipientKind === 'INDIVIDUAL');
    expect(await check(award.verifyCode ?? '')).toMatchObject({
      status: 'REVOKED',
      personName: null,
      revokedOn: award.revocation?.revokedOn,
    });
  });

  test.each(['', 'x', '00000-00000-00000-00000', '7'.repeat(500)])('%j is unknown', async (code) => {
    expect(await check(code)).toEqual({
      status: 'UNKNOWN',
      form: null,
      collectiveName: null,
      personName: null,
      decision: null,
      revokedOn: null,
    });
  });
});

describe('changes', () => {
  const changes = `query ($after: String, $first: Int!) { awardChanges(after: $after, first: $first) { endCursor caughtUp
    nodes { kind id changedAt node { id status } } edges { cursor } } }`;

  test('read page by page they give every award once, in order, and end caught up', async () => {
    const ids: string[] = [];
    const kinds = new Map<string, string>();
    let after: string | null = null;
    for (let caughtUp = false; !caughtUp; ) {
      const { data } = await door.ask(changes, { after, first: 50 });
      const page = (
        data as {
          awardChanges: { endCursor: string; caughtUp: boolean; nodes: { id: string; kind: string }[] };
        }
      ).awardChanges;
      for (const { id, kind } of page.nodes) {
        ids.push(id);
        kinds.set(id, kind);
      }
      after = page.endCursor;
      caughtUp = page.caughtUp;
    }
    expect(ids).toEqual(seeded.toSorted((a, b) => a.seq - b.seq).map(({ _id }) => _id));
    for (const { _id, status } of seeded)
      expect(kinds.get(_id)).toBe(status === 'REVOKED' ? 'TOMBSTONE' : 'UPSERT');
    const { data } = await door.ask(changes, { after, first: 50 });
    expect(data).toEqual({ awardChanges: { endCursor: after, caughtUp: true, nodes: [], edges: [] } });
  });
});

test('a missing award is null, a missing reference an error of its own', async () => {
  const { data } = await door.ask('{ award(id: "awd_nobody") { id } }');
  expect(data).toEqual({ award: null });
  const known = some(() => true)._id;
  const answer = await door.entities('Award', [{ id: 'awd_nobody' }, { id: known }], 'id');
  expect(answer.data).toEqual({ _entities: [null, { id: known }] });
  expect(answer.errors?.[0]?.extensions?.code).toBe('ENTITY_NOT_FOUND');
});
