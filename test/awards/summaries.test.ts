import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwardDossierRecord, AwardRecord } from '../../subgraphs/awards/index.ts';
import { type AwardsDoor, campaign, openAwardsDoor, today, viewerOf } from './awardsDoor.ts';

let door: AwardsDoor;
let awards: readonly AwardRecord[];
let dossiers: readonly AwardDossierRecord[];
beforeAll(async () => {
  door = await openAwardsDoor();
  awards = [...door.rows.awards];
  dossiers = [...door.rows.dossiers];
});
afterAll(() => door.close());

const fields =
  'awards collective individual stateLevel revoked bonus synthetic period { from before } byForm { form { code } count }';

/** The summary of awards, counted here one by one. */
function counted(rows: readonly AwardRecord[]) {
  const standing = rows.filter(({ status }) => status !== 'REVOKED');
  const forms = [...door.rows.forms].map(({ _id }) => _id);
  return {
    awards: standing.length,
    collective: standing.filter(({ recipientKind }) => recipientKind === 'COLLECTIVE').length,
    individual: standing.filter(({ recipientKind }) => recipientKind === 'INDIVIDUAL').length,
    stateLevel: standing.filter(({ stateLevel }) => stateLevel).length,
    revoked: rows.length - standing.length,
    bonus: standing.reduce((sum, { bonus }) => sum + (bonus?.amount ?? 0), 0),
    synthetic: rows.some(({ synthetic }) => synthetic),
    byForm: forms
      .map((code) => ({ form: { code }, count: standing.filter(({ form }) => form === code).length }))
      .filter(({ count }) => count > 0),
  };
}

const unit = (code: string) => {
  const copy = door.tree.copies.find((candidate) => candidate.code === code);
  if (!copy) throw new Error(`The tree has no ${code}.`);
  const path = copy.versions.filter(({ from }) => from <= today).at(-1)?.path ?? '';
  return { id: copy.id, path };
};
const entityOf = ({ data, errors }: { data?: unknown; errors?: unknown }): Record<string, never> => {
  expect(errors).toBeUndefined();
  return (data as { _entities: Record<string, never>[] })._entities[0] ?? {};
};

describe('the summary of a unit', () => {
  test.each(['BCA', 'T01.1', 'T44.2', 'T45.1', 'T49.1'])(
    '%s counts the unit and all that is under it today',
    async (code) => {
      const { id, path } = unit(code);
      const rows = awards.filter(({ unitPath }) => unitPath.startsWith(path));
      const answer = entityOf(await door.entities('Unit', [{ id }], `awardSummary { ${fields} }`));
      expect(answer.awardSummary).toEqual({ ...counted(rows), period: null });
    },
  );

  test('without its subtree it counts the unit alone', async () => {
    const own = awards.find(({ levelAtEvent }) => levelAtEvent === 'PROVINCE');
    const rows = awards.filter(({ unitId }) => unitId === own?.unitId);
    const answer = entityOf(
      await door.entities(
        'Unit',
        [{ id: own?.unitId ?? '' }],
        `awardSummary(includeSubtree: false) { ${fields} }`,
      ),
    );
    expect(answer.awardSummary).toEqual({ ...counted(rows), period: null });
  });

  test('of a campaign and a period it counts both', async () => {
    const rows = awards.filter(
      ({ campaignId, eventOn }) =>
        campaignId === campaign.id && eventOn >= '2021-10-01' && eventOn < '2022-01-01',
    );
    expect(rows.length).toBeGreaterThan(0);
    const answer = entityOf(
      await door.entities(
        'Unit',
        [{ id: unit('BCA').id }],
        `awardSummary(campaign: "${campaign.code}", period: { code: "2021-Q4" }) { ${fields} }`,
      ),
    );
    expect(answer.awardSummary).toEqual({
      ...counted(rows),
      period: { from: '2021-10-01', before: '2022-01-01' },
    });
  });

  test('of a unit that nobody knows here it is null, and of an unknown campaign an error', async () => {
    const nobody = await door.entities('Unit', [{ id: 'unt_nobody' }], 'awardSummary { awards }');
    expect(entityOf(nobody)).toEqual({ awardSummary: null });
    const { errors } = await door.entities(
      'Unit',
      [{ id: unit('BCA').id }],
      'awardSummary(campaign: "NOBODY-1") { awards }',
    );
    expect(errors?.[0]?.extensions?.code).toBe('INPUT_INVALID');
  });
});

test('the summary of a campaign counts its awards', async () => {
  const rows = awards.filter(({ campaignId }) => campaignId === campaign.id);
  const answer = entityOf(
    await door.entities('Campaign', [{ id: campaign.id }], `awardSummary { ${fields} }`),
  );
  expect(answer.awardSummary).toEqual({ ...counted(rows), period: null });
});

describe('the funnel of a campaign', () => {
  interface Row {
    readonly form: { readonly code: string };
    readonly state: string;
    readonly count: number;
    readonly medianDays: number | null;
  }
  const funnelOf = async (args = '', viewer = viewerOf('MINISTRY', '/BCA/')): Promise<readonly Row[]> =>
    entityOf(
      await door.entities(
        'Campaign',
        [{ id: campaign.id }],
        `awardFunnel${args} { form { code } state count medianDays }`,
        viewer,
      ),
    ).awardFunnel as unknown as readonly Row[];
  const total = (rows: readonly Row[]) => rows.reduce((sum, { count }) => sum + count, 0);
  const ofCampaign = () => dossiers.filter(({ campaignId }) => campaignId === campaign.id);

  test('its counts add up to the dossiers, one row for each form and state', async () => {
    const rows = await funnelOf();
    expect(total(rows)).toBe(ofCampaign().length);
    expect(new Set(rows.map(({ form, state }) => `${form.code} ${state}`)).size).toBe(rows.length);
    const { data } = await door.ask(
      `{ awardDossiers(filter: { campaign: ["${campaign.code}"] }) { totalCount } }`,
    );
    expect(data).toEqual({ awardDossiers: { totalCount: total(rows) } });
  });

  test('its median is that of the days from receipt to the state', async () => {
    const row = (await funnelOf()).find(({ form, state }) => form.code === 'GK' && state === 'CONFERRED');
    const days = ofCampaign()
      .filter(({ form, state }) => form === 'GK' && state === 'CONFERRED')
      .map(
        ({ receivedOn, stateSince }) => (Date.parse(stateSince) - Date.parse(receivedOn ?? '')) / 86_400_000,
      )
      .sort((a, b) => a - b);
    const half = days.length / 2;
    const middle =
      days.length % 2 === 0
        ? days.slice(half - 1, half + 1)
        : days.slice(Math.floor(half), Math.floor(half) + 1);
    expect(row?.medianDays).toBe(middle.reduce((sum, value) => sum + value, 0) / middle.length);
    expect(
      (await funnelOf())
        .filter(({ state }) => state === 'DRAFT')
        .every(({ medianDays }) => medianDays === null),
    ).toBe(true);
  });

  test('under a unit, and for a commander, it counts less', async () => {
    const reported = ofCampaign().filter(({ pathAtEvent }) => pathAtEvent.startsWith('/BCA/T45.1/'));
    expect(total(await funnelOf('(under: "T45.1")'))).toBe(reported.length);
    const own = ofCampaign().filter(({ scopePath }) => scopePath.startsWith('/BCA/T01.1/'));
    expect(total(await funnelOf('', viewerOf('COMMANDER', '/BCA/T01.1/')))).toBe(own.length);
  });
});

test('a support activity knows the awards that rest on it', async () => {
  const award = awards.find(({ activityIds }) => activityIds.length > 0);
  const id = award?.activityIds[0] ?? '';
  const answer = entityOf(
    await door.entities('SupportActivity', [{ id }], 'awards { totalCount nodes { id } }'),
  );
  const expected = awards.filter(({ activityIds }) => activityIds.includes(id)).map(({ _id }) => _id);
  expect(answer.awards).toMatchObject({ totalCount: expected.length });
  expect(
    (answer.awards as unknown as { nodes: { id: string }[] }).nodes.map((node) => node.id).toSorted(),
  ).toEqual(expected.toSorted());
});

describe('the price of a page does not grow with its rows', () => {
  const person = '... on PersonRecipient { displayName unit { id } } ... on UnitRecipient { nameAtDecision }';
  const award = `nodes { id form { code class { code } } decidedBy { code } recipient { ${person} } bonus { baseSalary { amount } } dossier { number } }`;
  const ids = (count: number) => door.tree.copies.slice(0, count).map(({ id }) => ({ id }));
  const cost = async (typename: string, keys: readonly { id: string }[], selection: string) => {
    const { commands, errors } = await door.entities(typename, keys, selection);
    expect(errors).toBeUndefined();
    return commands;
  };

  test.each([
    ['awards of units', `awards(first: 5) { totalCount ${award} }`, 7],
    [
      'awards of units by a filter',
      `awards(first: 5, filter: { form: ["GK"], under: ["BCA"] }) { ${award} }`,
      8,
    ],
    ['summaries of units', 'awardSummary { awards byForm { form { code } count } }', 4],
    ['summaries of units alone', 'awardSummary(includeSubtree: false) { awards bonus }', 3],
    [
      'summaries by campaign and period',
      `awardSummary(campaign: "${campaign.code}", period: { code: "2021" }) { awards }`,
      5,
    ],
  ])('%s', async (_, selection, price) => {
    const one = await cost('Unit', [{ id: unit('BCA').id }], selection);
    const hundred = await cost('Unit', [{ id: unit('BCA').id }, ...ids(100)], selection);
    expect(hundred).toBeLessThanOrEqual(price);
    expect(one).toBeLessThanOrEqual(hundred);
  });

  test('a page of dossiers with all that is computed of them', async () => {
    const page = (first: number) =>
      door.ask(`{ awardDossiers(first: ${first}) { nodes { form { code } law { code } rule { from } recipient { ${person} }
        eligibility { code outcome } availableActions { action } award { id } papers { kind { code } } } } }`);
    const [few, many] = [await page(20), await page(100)];
    expect(few.errors).toBeUndefined();
    expect(many.commands).toBeLessThanOrEqual(12);
    expect(many.commands).toBe(few.commands);
  });

  test('a page of awards', async () => {
    const page = (first: number) => door.ask(`{ awards(first: ${first}) { ${award} } }`);
    const [few, many] = [await page(20), await page(100)];
    expect(many.commands).toBe(few.commands);
    expect(many.commands).toBeLessThanOrEqual(6);
  });
});

interface Explained {
  readonly queryPlanner?: { readonly winningPlan?: object };
  readonly executionStats?: { readonly totalDocsExamined?: number };
}

/** Explains the finds of an operation. */
async function explainedOf(ask: () => Promise<{ readonly errors?: unknown }>): Promise<Explained[]> {
  const commands: Record<string, unknown>[] = [];
  const listen = ({ commandName, command }: { commandName: string; command: Record<string, unknown> }) => {
    if (commandName === 'find') commands.push(command);
  };
  const client = door.connection.getClient();
  client.on('commandStarted', listen);
  const { errors } = await ask();
  client.off('commandStarted', listen);
  expect(errors).toBeUndefined();
  return Promise.all(
    commands.map(async ({ $db, lsid, $clusterTime, ...plain }) => {
      const answer = await door.connection.db?.command({ explain: plain, verbosity: 'executionStats' });
      return answer as Explained;
    }),
  );
}

describe('numbers read cells, however many rows they are made of', () => {
  const days = 'from: "2021-08-20", before: "2022-11-03"';
  const bca = () => [{ id: unit('BCA').id }];
  test.each([
    ['Unit', 'awardSummary { awards }', 3],
    ['Unit', 'awardSummary(includeSubtree: false) { awards }', 1],
    ['Unit', `awardSummary(campaign: "${campaign.code}") { awards }`, 4],
    ['Unit', `awardSummary(period: { ${days} }) { awards }`, 9],
    ['Campaign', 'awardSummary { awards }', 2],
    ['Campaign', 'awardFunnel { state count medianDays }', 1],
    ['Campaign', 'awardFunnel(under: "T45.1") { state count medianDays }', 3],
  ])('%s %s reads at most %i documents', async (typename, selection, most) => {
    const keys = typename === 'Unit' ? bca() : [{ id: campaign.id }];
    const explained = await explainedOf(() => door.entities(typename, keys, selection));
    // Neither the catalogue of forms, which has as many entries as the law has forms, nor where the cube stands is a sum.
    const read = explained.filter((each) => !/awards_(forms|cubes)/u.test(JSON.stringify(each)));
    const documents = read.reduce((sum, each) => sum + (each.executionStats?.totalDocsExamined ?? 0), 0);
    expect(documents).toBeGreaterThan(0);
    expect(documents).toBeLessThanOrEqual(most);
  });

  test('a page from the middle of a list begins there', async () => {
    const { data } = await door.ask('{ awards(first: 100) { pageInfo { endCursor } } }');
    const after = (data as { awards: { pageInfo: { endCursor: string } } }).awards.pageInfo.endCursor;
    const explained = await explainedOf(() =>
      door.ask('query ($after: String) { awards(first: 20, after: $after) { nodes { status } } }', { after }),
    );
    // Beside the page, only the awards of the same day as the cursor's.
    expect(explained[0]?.executionStats?.totalDocsExamined).toBeLessThan(40);
  });
});

describe('every read goes through an index', () => {
  interface Plan {
    readonly stage?: string;
    readonly indexName?: string;
    readonly inputStage?: Plan;
    readonly inputStages?: readonly Plan[];
  }
  const stagesOf = (plan: Plan): string[] => [
    ...(plan.stage ? [plan.indexName ?? plan.stage] : []),
    ...[...(plan.inputStages ?? []), ...(plan.inputStage ? [plan.inputStage] : [])].flatMap(stagesOf),
  ];

  test.each([
    ['{ awards { nodes { status } } }', 'eventOn_-1__id_-1'],
    ['{ awards(filter: { form: ["GK"] }) { nodes { status } } }', 'form_1_eventOn_-1__id_-1'],
    ['{ awards(filter: { unit: ["T01.1"] }) { nodes { status } } }', 'unitId_1_eventOn_-1__id_-1'],
    [
      `{ awards(filter: { campaign: ["${campaign.code}"] }) { nodes { status } } }`,
      'campaignId_1_eventOn_-1__id_-1',
    ],
    ['{ awards(filter: { decisionNumber: ["x"] }) { nodes { status } } }', 'decision.number_1'],
    ['{ awards(filter: { updatedSince: "2026-11-01T00:00:00Z" }) { nodes { status } } }', 'updatedAt_1'],
    ['{ awardChanges { caughtUp } }', 'seq_1__id_1'],
    ['{ verifyAward(verifyCode: "00000000000000000000") { status } }', 'verifyCode_1'],
    ['{ awardForms { code } }', 'order_1'],
    ['{ awardDossiers { nodes { state } } }', 'stateSince_-1__id_-1_scopePath_1'],
    [
      '{ awardDossiers(filter: { state: [PUBLIC_NOTICE] }) { nodes { state } } }',
      'state_1_stateSince_-1__id_-1',
    ],
    ['{ awardDossier(number: "HS-2021-000001") { state } }', 'number_1'],
  ])('%s', async (query, index) => {
    const explained = await explainedOf(() => door.ask(query));
    const plans = explained.map(({ queryPlanner }) => stagesOf(queryPlanner?.winningPlan ?? {}));
    expect(plans.flat()).toContain(index);
    expect(plans.flat()).not.toContain('COLLSCAN');
  });
});
