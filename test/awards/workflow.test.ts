import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { campaign, viewerOf } from './awardsDoor.ts';
import {
  at,
  broughtTo,
  certificate,
  codesOf,
  commander,
  DAY,
  decision,
  goodVote,
  ministry,
  officer,
  openWritingDoor,
  type Payload,
  person,
  province,
  type WritingDoor,
} from './writingDoor.ts';

let door: WritingDoor;
beforeAll(async () => {
  door = await openWritingDoor();
});
afterAll(() => door.close());

const hints = `query ($id: ID!) { awardDossier(id: $id) { state regime receivedOn
  eligibility { code outcome } availableActions { action to allowed obstacles { code } } } }`;
interface Hints {
  readonly state: string;
  readonly eligibility: readonly { code: string; outcome: string }[];
  readonly availableActions: readonly {
    action: string;
    to: string;
    allowed: boolean;
    obstacles: readonly { code: string }[];
  }[];
}
async function seen({ dossier }: Payload, viewer: Viewer): Promise<Hints> {
  const { data } = await door.ask(hints, { id: dossier?.id }, viewer);
  return (data as { awardDossier: Hints }).awardDossier;
}
const standsInTheWay = async (payload: Payload, viewer: Viewer, action: string) =>
  (await seen(payload, viewer)).availableActions
    .find((hint) => hint.action === action)
    ?.obstacles.map(({ code }) => code);
const outcomeOf = async (payload: Payload, rule: string) =>
  (await seen(payload, officer)).eligibility.find(({ code }) => code === rule)?.outcome;

test('a certificate goes from the draft to the conferring, and the hints say at each step what the command then does', async () => {
  let now = await door.does('createDossier', { content: certificate({ papers: [] }) }, officer);
  expect(now).toEqual({
    dossier: { id: now.dossier?.id, number: 'HS-2021-000001', state: 'DRAFT', version: 1 },
    userErrors: [],
  });
  const step = async (mutation: string, input: object, viewer: Viewer) => {
    now = await door.does(mutation, { ...at(now), ...input }, viewer);
    expect(now.userErrors).toEqual([]);
  };

  expect(await standsInTheWay(now, officer, 'SUBMIT')).toEqual(['PAPER_MISSING']);
  expect(codesOf(await door.does('submitDossier', at(now), officer))).toEqual(['PAPER_MISSING']);
  await step('submitDossier', { papers: certificate().papers }, officer);
  expect(await outcomeOf(now, 'PAPER_MISSING')).toBe('PASSED');

  expect(await standsInTheWay(now, commander, 'REVIEW')).toEqual(['PAPER_MISSING']);
  await step('reviewDossier', { papers: [{ kind: 'BIEN_BAN_BINH_XET' }] }, commander);

  expect(await standsInTheWay(now, commander, 'APPRAISE')).toEqual(['UNDER_DISCIPLINE']);
  expect(codesOf(await door.does('appraiseDossier', at(now), commander))).toEqual(['UNDER_DISCIPLINE']);
  await step('recordConduct', { checkedOn: DAY, clear: true }, commander);
  expect(await standsInTheWay(now, commander, 'APPRAISE')).toEqual([]);
  await step('appraiseDossier', {}, commander);

  await step('recordVote', goodVote, commander);
  expect(await outcomeOf(now, 'VOTE_BELOW_MARK')).toBe('PASSED');
  expect(await standsInTheWay(now, commander, 'DECIDE')).toEqual([]);
  await step('decideDossier', decision(), commander);
  expect(now).toMatchObject({ dossier: { state: 'DECIDED' }, award: { status: 'DECIDED', version: 1 } });
  expect(now.verifyCode).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/u);
  expect((await seen(now, commander)).availableActions.map(({ action }) => action)).toEqual([
    'CONFER',
    'REVOKE',
  ]);

  await step('confer', { conferredOn: DAY }, commander);
  const whole = await door.ask(
    `query ($id: ID!, $code: String!) {
      awardDossier(id: $id) { number state stateSince regime receivedOn campaign { id }
        proposer { id } decidingUnit { id } decidedBy { code }
        vote { inFavour } history { nodes { no action from to role unit { id } reason } }
        award { status conferredOn posthumous regime synthetic decision { number date } bonus { amount } campaign { id }
          recipient { ... on UnitRecipient { nameAtDecision } } } }
      verifyAward(verifyCode: $code) { status collectiveName personName revokedOn form { code } decision { number } } }`,
    { id: now.dossier?.id, code: now.verifyCode },
  );
  const unit = (code: string) => door.rows('awards_units', { code }).then(([row]) => row?._id);
  const district = { id: await unit('H001.1') };
  const taken = (action: string, from: string, to: string, role: string, index: number) => ({
    ...{ no: index + 1, action, from, to, role },
    unit: district,
    reason: null,
  });
  expect(whole).toEqual({
    data: {
      awardDossier: {
        number: 'HS-2021-000001',
        state: 'CONFERRED',
        stateSince: DAY,
        regime: 'L2003',
        receivedOn: DAY,
        campaign: { id: campaign.id },
        proposer: district,
        decidingUnit: district,
        decidedBy: { code: 'UNIT_HEAD' },
        vote: { inFavour: 9 },
        history: {
          nodes: [
            taken('SUBMIT', 'DRAFT', 'SUBMITTED', 'OFFICER', 0),
            taken('REVIEW', 'SUBMITTED', 'UNIT_REVIEWED', 'COMMANDER', 1),
            taken('APPRAISE', 'UNIT_REVIEWED', 'APPRAISED', 'COMMANDER', 2),
            taken('VOTE', 'APPRAISED', 'COUNCIL_VOTED', 'COMMANDER', 3),
            taken('DECIDE', 'COUNCIL_VOTED', 'DECIDED', 'COMMANDER', 4),
            taken('CONFER', 'DECIDED', 'CONFERRED', 'COMMANDER', 5),
          ],
        },
        award: {
          status: 'CONFERRED',
          conferredOn: DAY,
          posthumous: false,
          regime: 'L2003',
          synthetic: false,
          decision: { number: '15/QĐ-CA', date: DAY },
          bonus: null,
          campaign: { id: campaign.id },
          recipient: { nameAtDecision: 'Công an phường Phúc Xá' },
        },
      },
      verifyAward: {
        status: 'VALID',
        collectiveName: 'Công an phường Phúc Xá',
        personName: null,
        revokedOn: null,
        form: { code: 'GK' },
        decision: { number: '15/QĐ-CA' },
      },
    },
  });
});

test('a title of a person brings money by the base salary of the day of the decision, and the calculation is shown', async () => {
  const content = certificate({ form: 'CSTT', kind: 'MERIT', campaign: null, recipient: person('PER-1') });
  const { award } = await broughtTo(door, 'DECIDED', content);
  const { data } = await door.ask(
    `query ($id: ID!) { award(id: $id) { bonus { amount multiple computedFor baseSalary { amount from } rounding { mode to } } } }`,
    { id: award?.id },
  );
  expect(data).toEqual({
    award: {
      bonus: {
        amount: 450_000,
        multiple: 0.3,
        computedFor: DAY,
        baseSalary: { amount: 1_490_000, from: '2019-07-01' },
        rounding: { mode: 'UP', to: 10_000 },
      },
    },
  });
});

test('what the ministry decides is sent up, shown publicly where the form asks for it, and appraised again', async () => {
  const content = certificate({ form: 'BK_TTG', recipient: { unit: 'X00004.1' } });
  let now = await broughtTo(door, 'COUNCIL_VOTED', content);
  const go = async (mutation: string, input: object, viewer: Viewer) => {
    now = await door.does(mutation, { ...at(now), ...input }, viewer);
    return codesOf(now);
  };
  const paper = { papers: [{ kind: 'Y_KIEN_CAP_TREN' }] };
  expect(await standsInTheWay(now, province, 'FORWARD')).toEqual(['PAPER_MISSING', 'NOTICE_PERIOD_OPEN']);
  expect(codesOf(await door.does('forwardDossier', at(now), province))).toEqual([
    'PAPER_MISSING',
    'NOTICE_PERIOD_OPEN',
  ]);
  const cut = { before: '2021-12-25' };
  expect(codesOf(await door.does('openNotice', { ...at(now), ...cut }, province))).toEqual([
    'NOTICE_PERIOD_OPEN',
  ]);
  expect(await go('openNotice', {}, province)).toEqual([]);
  expect(codesOf(await door.does('forwardDossier', { ...at(now), ...paper }, province))).toEqual([
    'NOTICE_PERIOD_OPEN',
  ]);
  door.goTo('2021-12-30');
  expect(await go('forwardDossier', paper, province)).toEqual([]);
  expect(await go('appraiseDossier', {}, ministry)).toEqual([]);
  expect(await go('recordVote', { ...goodVote, heldOn: '2021-12-30' }, ministry)).toEqual([]);
  // A notice is opened once.
  expect(codesOf(await door.does('openNotice', at(now), ministry))).toEqual(['INPUT_INVALID']);
  expect(await go('decideDossier', decision({ date: '2021-12-30' }), ministry)).toEqual([]);
  expect(now.dossier?.state).toBe('DECIDED');
  door.goTo(DAY);
});

test('what was sent back is mended and handed in again; it keeps the day of receipt, and is voted on anew', async () => {
  const voted = await broughtTo(door, 'COUNCIL_VOTED', certificate({ recipient: { unit: 'X00006.1' } }));
  door.goTo('2022-01-10');
  const reason = 'Đề nghị bổ sung số liệu của tháng 11.';
  const returned = await door.does('returnDossier', { ...at(voted), reason }, province);
  expect(returned.dossier?.state).toBe('RETURNED');
  const content = certificate({ recipient: { unit: 'X00006.1' } });
  const late = { ...content, judgedOn: '2022-01-10' };
  expect(codesOf(await door.does('updateDossier', { ...at(returned), content: late }, officer))).toEqual([
    'INPUT_INVALID',
  ]);
  const mended = await door.does('updateDossier', { ...at(returned), content }, officer);
  expect(
    codesOf(await door.does('submitDossier', { ...at(mended), receivedOn: '2022-01-10' }, officer)),
  ).toEqual(['INPUT_INVALID']);
  const again = await door.does('submitDossier', at(mended), officer);
  const { data } = await door.ask(
    'query ($id: ID!) { awardDossier(id: $id) { receivedOn regime vote { present } stateSince history(first: 100) { nodes { action reason } } } }',
    { id: again.dossier?.id },
  );
  expect(data).toMatchObject({
    awardDossier: { receivedOn: DAY, regime: 'L2003', vote: null, stateSince: '2022-01-10' },
  });
  const { history } = (data as { awardDossier: { history: { nodes: { action: string; reason: string }[] } } })
    .awardDossier;
  expect(history.nodes.slice(-2)).toEqual([
    { action: 'RETURN', reason },
    { action: 'SUBMIT', reason: null },
  ]);
  door.goTo(DAY);
});

test('a dossier of a district that is closed by now is filed late by the unit that followed it, in the tree and the law of its day', async () => {
  door.goTo('2026-11-26');
  const successor = viewerOf('OFFICER', '/BCA/T01.1/X00004.2/');
  const filed = async (judgedOn: string | null) =>
    door.does(
      'createDossier',
      { content: certificate({ proposer: 'X00004.1', recipient: { unit: 'X00004.1' }, judgedOn }) },
      successor,
    );
  expect((await filed(null)).userErrors).toMatchObject([
    { code: 'INPUT_INVALID', path: ['input', 'content', 'proposer'] },
    { code: 'INPUT_INVALID', path: ['input', 'content', 'recipient'] },
  ]);
  const draft = await filed('2021-12-01');
  const submitted = await door.does('submitDossier', { ...at(draft), receivedOn: '2021-12-01' }, successor);
  const [row] = await door.rows('awards_dossiers', { _id: submitted.dossier?.id });
  expect(row).toMatchObject({
    regime: 'L2003',
    receivedOn: '2021-12-01',
    levelAtEvent: 'COMMUNE',
    provinceCode: '01',
    pathAtEvent: '/BCA/T01.1/H001.1/X00004.1/',
    unitPath: '/BCA/T01.1/X00004.1/',
    scopePath: '/BCA/T01.1/X00004.2/',
    decidingLevel: 'DISTRICT',
    daysToState: 1821,
    synthetic: false,
  });
  door.goTo(DAY);
});

describe('the day of receipt decides which law holds', () => {
  test('a draft of an earlier law is not handed in silently under the new one', async () => {
    door.goTo('2023-12-28');
    const draft = await broughtTo(door, 'DRAFT', certificate({ recipient: { unit: 'X00007.1' } }));
    door.goTo('2024-01-03');
    const held = await door.does('submitDossier', at(draft), officer);
    expect(held.userErrors).toMatchObject([{ code: 'REGIME_CHANGED', severity: 'WARNING' }]);
    const acknowledged = { acknowledge: ['REGIME_CHANGED'], acknowledgeReason: 'Đã rà soát theo Luật 2022.' };
    const submitted = await door.does('submitDossier', { ...at(draft), ...acknowledged }, officer);
    const { data } = await door.ask(
      'query ($id: ID!) { awardDossier(id: $id) { regime receivedOn rule { regime } audit(first: 1) { nodes { reason acknowledged } } } }',
      { id: submitted.dossier?.id },
    );
    expect(data).toEqual({
      awardDossier: {
        regime: 'L2022',
        receivedOn: '2024-01-03',
        rule: { regime: 'L2022' },
        audit: { nodes: [{ reason: 'Đã rà soát theo Luật 2022.', acknowledged: ['REGIME_CHANGED'] }] },
      },
    });
    door.goTo(DAY);
  });
});

describe('a written award', () => {
  let award: Payload;
  beforeAll(async () => {
    award = await broughtTo(door, 'DECIDED', certificate({ recipient: { unit: 'X00008.1' } }));
  });
  const unitId = async () => (await door.rows('awards_units', { code: 'X00008.1' }))[0]?._id;
  const numbers = async () => {
    await door.settled();
    const { data } = await door.ask(
      `query ($unit: [_Any!]!, $code: String!) {
        awards(filter: { unit: ["X00008.1"] }) { nodes { status } }
        of: _entities(representations: $unit) { ... on Unit { awardSummary { awards revoked } } }
        verifyAward(verifyCode: $code) { status revokedOn } }`,
      { unit: [{ __typename: 'Unit', id: await unitId() }], code: award.verifyCode },
    );
    return data;
  };

  test('is found, counted and verified; revoked, it stands no longer, and the achievement is free again', async () => {
    expect(await numbers()).toEqual({
      awards: { nodes: [{ status: 'DECIDED' }] },
      of: [{ awardSummary: { awards: 1, revoked: 0 } }],
      verifyAward: { status: 'VALID', revokedOn: null },
    });
    const input = {
      id: award.award?.id,
      expectedVersion: 1,
      ground: 'FALSE_DECLARATION',
      decision: { number: '9/QĐ-CA', date: DAY },
      reason: 'Kết luận thanh tra: kê khai không đúng.',
    };
    const unknown = await door.does('revokeAward', { ...input, ground: 'NOBODY_KNOWS' }, commander);
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'ground'] }]);
    door.goTo('2021-12-21');
    const revoked = await door.does('revokeAward', { ...input, recovered: true }, commander);
    expect(revoked).toMatchObject({ award: { status: 'REVOKED', version: 2 }, userErrors: [] });
    expect(await numbers()).toEqual({
      awards: { nodes: [{ status: 'REVOKED' }] },
      of: [{ awardSummary: { awards: 0, revoked: 1 } }],
      verifyAward: { status: 'REVOKED', revokedOn: '2021-12-21' },
    });
    const { data } = await door.ask(
      'query ($id: ID!) { award(id: $id) { revocation { ground { code } recovered decision { number } } dossier { state history(first: 100) { totalCount nodes { action reason } } } audit { nodes { action reason } } } }',
      { id: award.award?.id },
    );
    expect(data).toMatchObject({
      award: {
        revocation: {
          ground: { code: 'FALSE_DECLARATION' },
          recovered: true,
          decision: { number: '9/QĐ-CA' },
        },
        dossier: { state: 'REVOKED', history: { totalCount: 6 } },
        audit: { nodes: [{ action: 'revokeAward', reason: input.reason }, { action: 'decideDossier' }] },
      },
    });
    const twice = await door.does('revokeAward', { ...input, expectedVersion: 2 }, commander);
    expect(codesOf(twice)).toEqual(['ALREADY_REVOKED']);
    const [row] = await door.rows('awards_awards', { _id: award.award?.id });
    expect(row?.achievementLocks).toEqual([]);
    door.goTo(DAY);
  });

  test('takes its place in the stream of changes, and takes a new one when it changes', async () => {
    const changes = async () => {
      const { data } = await door.ask('{ awardChanges { nodes { id kind } } }');
      return (data as { awardChanges: { nodes: { id: string; kind: string }[] } }).awardChanges.nodes;
    };
    await door.settled();
    const mine = (await changes()).filter(({ id }) => id === award.award?.id);
    expect(mine).toEqual([{ id: award.award?.id, kind: 'TOMBSTONE' }]);
    const events = await door.rows('awards_outbox', { entityId: award.award?.id });
    expect(events.map(({ action, version, copy }) => ({ action, version, copy }))).toEqual([
      { action: 'decideDossier', version: 1, copy: null },
      { action: 'revokeAward', version: 2, copy: null },
    ]);
  });

  test('the funnel of the campaign counts the dossiers where they stand', async () => {
    await door.settled();
    const { data } = await door.ask(
      `query ($campaign: [_Any!]!) { _entities(representations: $campaign) { ... on Campaign { awardFunnel { state count } } } }`,
      { campaign: [{ __typename: 'Campaign', id: campaign.id }] },
    );
    const rows = (data as { _entities: { awardFunnel: { state: string; count: number }[] }[] })._entities[0]
      ?.awardFunnel;
    const stored = await door.rows('awards_dossiers', { campaignId: campaign.id });
    expect(rows?.reduce((sum, { count }) => sum + count, 0)).toBe(stored.length);
    expect(rows?.map(({ state }) => state)).toContain('REVOKED');
  });
});

test('an award that came of no dossier is revoked by the ministry', async () => {
  const [row] = await door.rows('awards_awards', { dossierId: { $ne: null } });
  const whole = { ...row, _id: 'awd_real', seq: 0, dossierId: null, verifyCode: null, achievementLocks: [] };
  const real = { ...whole, decidedBy: 'PRESIDENT', status: 'CONFERRED', revocation: null, version: 1 };
  await door.connection.collection('awards_awards').insertOne(real as never);
  const input = {
    id: 'awd_real',
    expectedVersion: 1,
    ground: 'AGAINST_LAW',
    decision: { number: '1/QĐ-CTN' },
    reason: 'Theo quyết định của Chủ tịch nước.',
  };
  await expect(door.does('revokeAward', input, province)).rejects.toThrow('FORBIDDEN');
  expect((await door.does('revokeAward', input, ministry)).award?.status).toBe('REVOKED');
});
