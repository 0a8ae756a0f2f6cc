import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwardDossierRecord } from '../../subgraphs/awards/index.ts';
import { type AwardsDoor, campaign, openAwardsDoor, viewerOf } from './awardsDoor.ts';

let door: AwardsDoor;
let seeded: readonly AwardDossierRecord[];
beforeAll(async () => {
  door = await openAwardsDoor();
  seeded = [...door.rows.dossiers];
});
afterAll(() => door.close());

const some = (matches: (dossier: AwardDossierRecord) => boolean): AwardDossierRecord => {
  const found = seeded.find(matches);
  if (!found) throw new Error('The seed has no such dossier.');
  return found;
};

const list = `query ($filter: DossierFilter, $first: Int! = 100, $after: String) {
  awardDossiers(filter: $filter, first: $first, after: $after) { totalCount nodes { number } pageInfo { hasNextPage endCursor } } }`;
interface Page {
  readonly awardDossiers: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly number: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function numbersOf(
  filter: unknown,
  viewer = viewerOf('MINISTRY', '/BCA/'),
  first = 100,
): Promise<string[]> {
  const numbers: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await door.ask(list, { filter, first, after }, viewer);
    expect(errors).toBeUndefined();
    const { awardDossiers } = data as unknown as Page;
    numbers.push(...awardDossiers.nodes.map(({ number }) => number));
    if (!awardDossiers.pageInfo.hasNextPage) {
      expect(awardDossiers.totalCount).toBe(numbers.length);
      return numbers;
    }
    after = awardDossiers.pageInfo.endCursor;
  }
}

const expectedNumbers = (matches: (dossier: AwardDossierRecord) => boolean): string[] =>
  seeded
    .filter(matches)
    .toSorted((a, b) =>
      a.stateSince === b.stateSince ? (a._id < b._id ? 1 : -1) : a.stateSince < b.stateSince ? 1 : -1,
    )
    .map(({ number }) => number);

describe('the seed tells every kind of story', () => {
  test('every form, every state, every regime', () => {
    expect(new Set(seeded.map(({ form }) => form)).size).toBe(33);
    expect(new Set(seeded.map(({ state }) => state)).size).toBe(13);
    expect(new Set(seeded.map(({ regime }) => regime))).toEqual(new Set(['L2003', 'L2022', 'L2022A']));
  });

  test('the steps of each follow one another in time and state', () => {
    for (const { history, state, stateSince, receivedOn, createdAt, updatedAt } of seeded) {
      expect(history.map(({ no }) => no)).toEqual(history.map((_, index) => index + 1));
      const states = ['DRAFT', ...history.map(({ to }) => to)];
      expect(history.map(({ from }) => from)).toEqual(states.slice(0, -1));
      expect(states.at(-1)).toBe(state);
      const times = [createdAt, ...history.map(({ at }) => at)].map((at) => at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(receivedOn === null).toBe(state === 'DRAFT');
      if (history.length > 0) expect(updatedAt.toISOString().slice(0, 10)).toBe(stateSince);
    }
  });

  test('who sends back or refuses gives a reason of 20 characters at least', () => {
    const steps = seeded.flatMap(({ history }) => history);
    const reasoned = steps.filter(({ action }) =>
      ['RETURN', 'REJECT', 'WITHDRAW', 'REVOKE'].includes(action),
    );
    expect(reasoned.length).toBeGreaterThan(0);
    for (const { reason } of reasoned) expect(reason?.length).toBeGreaterThanOrEqual(20);
  });
});

describe('who may see dossiers', () => {
  test.each(['PUBLIC', 'PARTNER'] as const)('%s sees none, by any road', async (role) => {
    const viewer = viewerOf(role, '/BCA/');
    const award = [...door.rows.awards].find(({ dossierId }) => dossierId !== null);
    const { data, errors } = await door.ask(
      `query ($number: String!, $award: ID!) { awardDossier(number: $number) { number } award(id: $award) { status dossier { number } } }`,
      { number: some(() => true).number, award: award?._id },
      viewer,
    );
    expect(data).toEqual({ awardDossier: null, award: { status: award?.status, dossier: null } });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual(
      expect.arrayContaining([
        [['awardDossier'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
        [['award', 'dossier'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
      ]),
    );
    const page = await door.ask(list, {}, viewer);
    expect(page.errors?.[0]?.extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const funnel = await door.entities(
      'Campaign',
      [{ id: campaign.id }],
      'awardFunnel { count } awardSummary { awards }',
      viewer,
    );
    expect(funnel.errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
    expect(funnel.data).toMatchObject({ _entities: [{ awardFunnel: null, awardSummary: {} }] });
    const reference = await door.entities('AwardDossier', [{ id: some(() => true)._id }], 'number', viewer);
    expect(reference.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('a commander sees those of the own subtree, where their units stand today', async () => {
    const own = expectedNumbers(({ scopePath }) => scopePath.startsWith('/BCA/T44.2/'));
    expect(own.length).toBeGreaterThan(0);
    expect(await numbersOf(null, viewerOf('COMMANDER', '/BCA/T44.2/'))).toEqual(own);
  });

  test('one outside the own subtree is not there', async () => {
    const other = some(({ scopePath }) => scopePath.startsWith('/BCA/T01.1/'));
    const ask = 'query ($number: String!) { awardDossier(number: $number) { number } }';
    const inside = await door.ask(ask, { number: other.number }, viewerOf('OFFICER', '/BCA/T01.1/'));
    expect(inside.data).toEqual({ awardDossier: { number: other.number } });
    const outside = await door.ask(ask, { number: other.number }, viewerOf('OFFICER', '/BCA/T44.2/'));
    expect(outside).toMatchObject({ data: { awardDossier: null } });
    const nowhere = await door.ask(ask, { number: other.number }, viewerOf('OFFICER', null));
    expect(nowhere).toMatchObject({ data: { awardDossier: null } });
  });
});

type Case = [what: string, filter: unknown, matches: (dossier: AwardDossierRecord) => boolean];
const cases: Case[] = [
  ['everything', null, () => true],
  ['state', { state: ['RETURNED', 'REJECTED'] }, ({ state }) => state === 'RETURNED' || state === 'REJECTED'],
  ['regime', { regime: ['L2022A'] }, ({ regime }) => regime === 'L2022A'],
  ['form', { form: ['GK'] }, ({ form }) => form === 'GK'],
  ['campaign', { campaign: [campaign.code] }, ({ campaignId }) => campaignId === campaign.id],
  [
    'received in a month',
    { received: { code: '2022-01' } },
    ({ receivedOn }) => receivedOn?.startsWith('2022-01') ?? false,
  ],
  [
    'what is stuck',
    { state: ['SUBMITTED', 'APPRAISED'], stateSince: { from: '2021-01-01', before: '2023-01-01' } },
    ({ state, stateSince }) => (state === 'SUBMITTED' || state === 'APPRAISED') && stateSince < '2023-01-01',
  ],
  [
    'under a district of 2021',
    { under: ['T44.1'] },
    ({ pathAtEvent }) => pathAtEvent.startsWith('/BCA/T44.1/'),
  ],
  [
    'for units',
    { recipientKind: ['COLLECTIVE'], kind: ['MERIT'] },
    ({ recipientKind, kind }) => recipientKind === 'COLLECTIVE' && kind === 'MERIT',
  ],
  ['to be decided by the minister', { decidedBy: ['MINISTER'] }, ({ decidedBy }) => decidedBy === 'MINISTER'],
];

test.each(cases)('a filter by %s gives what it says, page by page', async (_, filter, matches) => {
  const expected = expectedNumbers(matches);
  expect(expected.length).toBeGreaterThan(0);
  expect(await numbersOf(filter, undefined, 40)).toEqual(expected);
});

test.each([
  ['both', 'id: "dos_1", number: "HS-2021-000001"'],
  ['neither', ''],
])('asking by %s of id and number is refused', async (_, args) => {
  const { errors } = await door.ask(`{ awardDossier${args ? `(${args})` : ''} { number } }`);
  expect(errors?.[0]?.extensions?.code).toBe('INPUT_INVALID');
});

const whole = `query ($number: String!, $first: Int! = 20, $after: String) { awardDossier(number: $number) {
  number state regime law { code } rule { regime from } stateSince receivedOn synthetic version
  form { code } decidedBy { code } decidingUnit { id } proposer { id } campaign { id } award { id status }
  recipient { ... on UnitRecipient { nameAtDecision unit { id } } ... on PersonRecipient { ref displayName unitNameAtDecision } }
  achievements { key period { from before } supportActivities { id } }
  papers { kind { code } document { number } confirmations }
  history(first: $first, after: $after) { totalCount nodes { no action from to role unit { id } reason } pageInfo { hasNextPage endCursor } }
  vote { members present inFavour presentPercent inFavourPercent } notice { from before }
  eligibility { code outcome explanation { vi en } legalSource { aspect mark source } }
  availableActions { action to allowed obstacles { code message { vi en } } } } }`;

interface Whole {
  readonly awardDossier: {
    readonly state: string;
    readonly eligibility: readonly {
      code: string;
      outcome: string;
      explanation: { vi: string; en: string };
    }[];
    readonly availableActions: readonly {
      action: string;
      allowed: boolean;
      obstacles: readonly { code: string }[];
    }[];
    readonly history: {
      totalCount: number;
      nodes: { no: number }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    readonly [field: string]: unknown;
  };
}
const read = async (number: string, variables = {}, viewer = viewerOf('MINISTRY', '/BCA/')) => {
  const { data, errors } = await door.ask(whole, { number, ...variables }, viewer);
  expect(errors).toBeUndefined();
  return (data as unknown as Whole).awardDossier;
};

test('a conferred dossier tells all that is stored of it', async () => {
  const stored = some(({ state, recipientKind }) => state === 'CONFERRED' && recipientKind === 'INDIVIDUAL');
  const told = await read(stored.number);
  expect(told).toMatchObject({
    number: stored.number,
    state: 'CONFERRED',
    regime: stored.regime,
    law: { code: stored.regime },
    receivedOn: stored.receivedOn,
    form: { code: stored.form },
    award: { id: stored.awardId, status: 'CONFERRED' },
    proposer: { id: stored.proposerId },
    recipient: {
      displayName: stored.recipient.kind === 'INDIVIDUAL' && stored.recipient.displayName,
      unitNameAtDecision: stored.recipient.nameAtDecision,
    },
    achievements: [{ key: stored.achievements[0]?.key }],
    version: stored.version,
    synthetic: true,
  });
  expect(told.history.totalCount).toBe(stored.history.length);
});

test('its steps come page by page', async () => {
  const { number, history } = some((dossier) => dossier.history.length >= 5);
  const numbers: number[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const page: Whole['awardDossier']['history'] = (await read(number, { first: 2, after })).history;
    numbers.push(...page.nodes.map(({ no }) => no));
    more = page.pageInfo.hasNextPage;
    after = page.pageInfo.endCursor;
  }
  expect(numbers).toEqual(history.map(({ no }) => no));
});

describe('eligibility', () => {
  const broken = ({ eligibility }: Whole['awardDossier']) =>
    eligibility.filter(({ outcome }) => outcome === 'FAILED').map(({ code }) => code);

  test('what was decided broke no rule; what was asked for twice did', async () => {
    const all = `query ($after: String) { awardDossiers(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
      nodes { number state eligibility { code outcome } } } }`;
    const told: Whole['awardDossier'][] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { data, errors } = await door.ask(all, { after });
      expect(errors).toBeUndefined();
      const page = (
        data as {
          awardDossiers: {
            nodes: Whole['awardDossier'][];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        }
      ).awardDossiers;
      told.push(...page.nodes);
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    expect(told).toHaveLength(seeded.length);
    const decided = told.filter(({ state }) => ['DECIDED', 'CONFERRED'].includes(state));
    expect(decided.flatMap((dossier) => broken(dossier).map((code) => [dossier.number, code]))).toEqual([]);
    const twice = told.filter((dossier) =>
      broken(dossier).some(
        (code) => code === 'DOUBLE_AWARD_SAME_ACHIEVEMENT' || code === 'DUPLICATE_PENDING',
      ),
    );
    expect(twice.length).toBeGreaterThan(0);
    expect(new Set(twice.map(({ state }) => state))).not.toContain('CONFERRED');
  });

  test('a refused vote says how many were missing', async () => {
    const stored = some(({ state, vote }) => state === 'REJECTED' && vote !== null);
    const told = await read(stored.number);
    const mark = told.eligibility.find(({ code }) => code === 'VOTE_BELOW_MARK');
    expect(mark?.outcome).toBe('FAILED');
    expect(mark?.explanation.vi).toContain(`${stored.vote?.inFavour}/${stored.vote?.members}`);
    expect(told.vote).toMatchObject({ members: stored.vote?.members, inFavour: stored.vote?.inFavour });
  });
});

describe('available actions', () => {
  test('follow the role, and say why not', async () => {
    const stored = some(({ state, scopePath }) => state === 'SUBMITTED' && scopePath !== '/BCA/');
    const actionsOf = async (role: 'OFFICER' | 'COMMANDER') =>
      (await read(stored.number, {}, viewerOf(role, stored.scopePath))).availableActions;
    const officer = await actionsOf('OFFICER');
    expect(officer.map(({ action, allowed }) => [action, allowed])).toEqual([
      ['REVIEW', false],
      ['RETURN', false],
      ['WITHDRAW', true],
    ]);
    expect(officer[0]?.obstacles.map(({ code }) => code)).toContain('FORBIDDEN');
    const commander = await actionsOf('COMMANDER');
    expect(commander.find(({ action }) => action === 'RETURN')?.allowed).toBe(true);
    expect(commander.find(({ action }) => action === 'REVIEW')?.obstacles.map(({ code }) => code)).toEqual([
      'PAPER_MISSING',
    ]);
  });

  test('a dossier at its end offers nothing', async () => {
    const told = await read(some(({ state }) => state === 'WITHDRAWN').number);
    expect(told.availableActions).toEqual([]);
  });
});
