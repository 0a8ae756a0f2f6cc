import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { campaignStatuses } from '../../schema/events.ts';
import { testNow } from '../harness/doors.ts';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import {
  at,
  type CampaignNode,
  codes,
  commander,
  key,
  minister,
  officer,
  openWriting,
  text,
  type Writing,
} from './writing.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await openWriting();
});
afterAll(() => graph.close());

const rows = (name: string, filter: object) =>
  graph.connection.collection(`campaigns_${name}`).find(filter).sort({ version: 1 }).toArray();

/** Everything that a mutation may need beside the record. */
const extra: Readonly<Record<string, object>> = {
  updateCampaignDraft: {
    draft: {
      title: text('Tên'),
      theme: text('Chủ đề'),
      issuedOn: '2026-01-05',
      legalBases: [{ kind: text('Kết luận'), document: { number: '07' } }],
    },
  },
  returnCampaign: { reason: 'Bổ sung căn cứ và phân công thực hiện' },
  confirmCampaignFunding: { document: { number: '15/QĐ-KP' } },
  publishCampaign: { launchedOn: '2026-01-10' },
  summariseCampaign: { summary: text('Hoàn thành tốt'), document: { number: '90/BC' } },
};
const byOfficer = ['updateCampaignDraft', 'submitCampaign'];
const act = (
  action: string,
  campaign: CampaignNode,
  more: object = {},
  viewer = byOfficer.includes(action) ? officer : commander,
) => graph.write(action, { ...at(campaign), ...extra[action], ...more }, viewer);

/** Takes a campaign along the road; throws where it does not get on. */
async function along(campaign: CampaignNode, ...actions: string[]): Promise<CampaignNode> {
  let current = campaign;
  for (const action of actions) {
    const answer = await act(action, current);
    if (!answer.node) throw new Error(`${action}: ${JSON.stringify(answer)}`);
    current = answer.node;
  }
  return current;
}

const actions = [
  'updateCampaignDraft',
  'submitCampaign',
  'returnCampaign',
  'approveCampaign',
  'confirmCampaignFunding',
  'publishCampaign',
  'closeCampaign',
  'summariseCampaign',
  'archiveCampaign',
] as const;

/** Where each mutation leads from each state; `-` is INVALID_STATE. The funding is confirmed, the launch has come. */
const table = `
                          DRAFT     SUBMITTED RETURNED  APPROVED PUBLISHED ACTIVE CLOSED     SUMMARISED ARCHIVED
  updateCampaignDraft     DRAFT     -         RETURNED  -        -         -      -          -          -
  submitCampaign          SUBMITTED -         SUBMITTED -        -         -      -          -          -
  returnCampaign          -         RETURNED  -         -        -         -      -          -          -
  approveCampaign         -         APPROVED  -         -        -         -      -          -          -
  confirmCampaignFunding  -         SUBMITTED -         APPROVED -         -      -          -          -
  publishCampaign         -         -         -         ACTIVE   -         -      -          -          -
  closeCampaign           -         -         -         -        -         CLOSED -          -          -
  summariseCampaign       -         -         -         -        -         -      SUMMARISED -          -
  archiveCampaign         -         -         -         -        -         -      -          ARCHIVED   -
`;
const [states = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/u));

describe.each(lines)('%s, by its rightful role', (action, ...ends) => {
  it.each(states.map((state, index) => [state, ends[index] ?? '']))('from %s: %s', async (status, end) => {
    const campaign = await graph.put(await graph.begin(), {
      status,
      launchedOn: '2026-01-10',
      funding: { confirmedOn: '2026-01-06', document: { number: '1' } },
    });
    const viewer = byOfficer.includes(action ?? '') ? officer : commander;
    const { availableActions } = dataOf<{
      campaign: { availableActions: { action: string; allowed: boolean; obstacles: { code: string }[] }[] };
    }>(
      await graph.ask(
        `{ campaign(code: "${campaign.code}") { availableActions { action allowed obstacles { code } } } }`,
        {},
        viewer,
      ),
    ).campaign;
    const hint = availableActions.find((one) => one.action === action);
    const answer = await act(action ?? '', campaign);
    expect(answer.node?.status ?? codes(answer)).toEqual(end === '-' ? ['INVALID_STATE'] : end);
    // The screen has said so before.
    expect(hint).toEqual({
      action,
      allowed: end !== '-',
      obstacles: end === '-' ? [{ code: 'INVALID_STATE' }] : [],
    });
  });
});

it('the table speaks of every state and every mutation of the road', () => {
  expect(states).toEqual(expect.arrayContaining([...campaignStatuses]));
  expect(lines.map(([action]) => action)).toEqual([...actions]);
});

describe('the road of a campaign', () => {
  it('leads from the draft to the archive; others are told of every step, and the audit keeps it', async () => {
    const begun = await graph.begin();
    const returned = await along(begun, 'submitCampaign', 'returnCampaign');
    const told = dataOf<{ campaign: object }>(
      await graph.ask(`{ campaign(code: "${begun.code}") { status returnReason } }`, {}, officer),
    );
    expect(told.campaign).toEqual({
      status: 'RETURNED',
      returnReason: 'Bổ sung căn cứ và phân công thực hiện',
    });
    const approved = await along(
      returned,
      'updateCampaignDraft',
      'submitCampaign',
      'approveCampaign',
      'confirmCampaignFunding',
    );
    const archived = await along(
      approved,
      'publishCampaign',
      'closeCampaign',
      'summariseCampaign',
      'archiveCampaign',
    );
    const events = await rows('outbox', { entityId: begun.id });
    expect(events.map(({ version, copy }) => [version, copy.version, copy.status])).toEqual(
      [
        ...['DRAFT', 'SUBMITTED', 'RETURNED', 'RETURNED', 'SUBMITTED', 'APPROVED', 'APPROVED'],
        ...['ACTIVE', 'CLOSED', 'SUMMARISED', 'ARCHIVED'],
      ].map((status, index) => [index + 1, index + 1, status]),
    );
    const { campaign } = dataOf<{ campaign: { audit: { nodes: object[] } } & Record<string, unknown> }>(
      await graph.ask(
        `{ campaign(code: "${begun.code}") { version launchedOn endsOn returnReason funding { confirmedOn document { number } }
          summary { summarisedOn text { vi } document { number } } audit(first: 50) { nodes { action subject reason version } } } }`,
        {},
        minister,
      ),
    );
    expect(campaign).toMatchObject({
      version: archived.version,
      launchedOn: '2026-01-10',
      endsOn: '2026-01-15',
      returnReason: null,
      funding: { confirmedOn: '2026-01-15', document: { number: '15/QĐ-KP' } },
      summary: { summarisedOn: '2026-01-15', text: { vi: 'Hoàn thành tốt' }, document: { number: '90/BC' } },
    });
    expect(campaign.audit.nodes).toContainEqual({
      action: 'returnCampaign',
      subject: 'test-COMMANDER',
      reason: 'Bổ sung căn cứ và phân công thực hiện',
      version: 3,
    });
  });

  it('is public from the day it is published, and no longer when it is put away', async () => {
    const seen = async ({ code }: CampaignNode) =>
      dataOf<{ campaign: object | null }>(
        await graph.ask(`{ campaign(code: "${code}") { status } }`, {}, viewerOf('PUBLIC')),
      ).campaign;
    const approved = await along(
      await graph.begin(),
      'submitCampaign',
      'approveCampaign',
      'confirmCampaignFunding',
    );
    expect(await seen(approved)).toBeNull();
    const active = await along(approved, 'publishCampaign');
    expect(await seen(active)).toEqual({ status: 'ACTIVE' });
    expect(
      await seen(await along(active, 'closeCampaign', 'summariseCampaign', 'archiveCampaign')),
    ).toBeNull();
  });

  it.each(
    actions.flatMap((action) =>
      (
        [
          'PUBLIC',
          'PARTNER',
          'MINISTRY',
          'ADMIN',
          byOfficer.includes(action) ? 'COMMANDER' : 'OFFICER',
        ] as const
      ).map((role) => [action, role] as const),
    ),
  )('%s is not for %s', async (action, role) => {
    const campaign = { id: 'cmp_any', version: 1 } as CampaignNode;
    expect((await act(action, campaign, {}, viewerOf(role, '/BCA/T01.1/'))).thrown).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });

  it.each(actions)('%s is not for another part of the tree', async (action) => {
    const role = byOfficer.includes(action) ? 'OFFICER' : 'COMMANDER';
    const campaign = await graph.begin();
    for (const path of ['/BCA/T45.1/', '/BCA/T01.1/H001.1/', null])
      expect((await act(action, campaign, {}, viewerOf(role, path))).thrown).toBe('OUT_OF_SUBTREE');
  });

  it.each(actions)('%s refuses a forged id and a version of yesterday', async (action) => {
    const campaign = await graph.begin();
    expect(codes(await act(action, { ...campaign, id: 'cmp_forged' }))).toEqual(['NOT_FOUND']);
    expect(codes(await act(action, { ...campaign, version: 7 }))).toEqual(['VERSION_CONFLICT']);
  });
});

describe('submitCampaign', () => {
  it('wants a theme in Vietnamese and a legal basis, and says both at once', async () => {
    const draft = await graph.begin({ theme: { en: 'Shield' }, legalBases: null });
    expect((await act('submitCampaign', draft)).told).toEqual([
      { code: 'THEME_REQUIRED_VI', path: '', params: {} },
      { code: 'LEGAL_BASIS_REQUIRED', path: '', params: {} },
    ]);
  });

  it('warns of a basis that has ended and of criteria that are not 100, until that is acknowledged', async () => {
    const draft = await graph.begin({
      legalBases: [{ kind: text('Quyết định'), document: { number: '1/QĐ' }, inForceBefore: '2026-01-01' }],
      criteria: [{ code: 'TC1', name: text('Kết quả'), maxScore: 90 }],
    });
    const held = await act('submitCampaign', draft);
    expect(held.told).toEqual([
      { code: 'LEGAL_BASIS_EXPIRED', path: '', params: { document: '1/QĐ', before: '2026-01-01' } },
      { code: 'CRITERIA_TOTAL_NOT_100', path: '', params: { total: '90' } },
    ]);
    const acknowledge = codes(held);
    const one = await act('submitCampaign', draft, {
      acknowledge: acknowledge.slice(0, 1),
      acknowledgeReason: 'Đã rõ',
    });
    expect(codes(one)).toEqual(['CRITERIA_TOTAL_NOT_100']);
    const both = await act('submitCampaign', draft, {
      acknowledge,
      acknowledgeReason: 'Đang chờ văn bản thay thế',
    });
    expect(both.node?.status).toBe('SUBMITTED');
    expect(await rows('audit', { entityIds: draft.id, action: 'submitCampaign' })).toMatchObject([
      { acknowledged: acknowledge, reason: 'Đang chờ văn bản thay thế' },
    ]);
  });
});

describe('returnCampaign', () => {
  it.each([
    ['19 characters', 'x'.repeat(19), '19'],
    ['spaces that make up the rest', `  ${'x'.repeat(10)}${' '.repeat(20)}`, '10'],
    ['nothing', '', '0'],
    ['19 letters that are two units of UTF-16 each', '𠀀'.repeat(19), '19'],
  ])('refuses a reason of %s', async (_, reason, length) => {
    const submitted = await along(await graph.begin(), 'submitCampaign');
    expect((await act('returnCampaign', submitted, { reason })).told).toEqual([
      { code: 'RETURN_REASON_TOO_SHORT', path: 'input.reason', params: { min: '20', length } },
    ]);
    expect((await act('returnCampaign', submitted, { reason: 'x'.repeat(20) })).node?.status).toBe(
      'RETURNED',
    );
  });

  it('takes the confirmation of the funding back with the plan', async () => {
    const confirmed = await along(await graph.begin(), 'submitCampaign', 'confirmCampaignFunding');
    const again = await along(confirmed, 'returnCampaign', 'submitCampaign', 'approveCampaign');
    expect(codes(await act('publishCampaign', again))).toEqual(['FUNDING_UNCONFIRMED']);
  });
});

describe('publishCampaign', () => {
  it('wants the funding confirmed and the day of the launch', async () => {
    const approved = await along(await graph.begin(), 'submitCampaign', 'approveCampaign');
    const { told } = await act('publishCampaign', approved, { launchedOn: null });
    expect(told.map(({ code, path, params }) => [code, path, params.rule])).toEqual([
      ['FUNDING_UNCONFIRMED', '', undefined],
      ['CAMPAIGN_DATES', 'input.launchedOn', 'a campaign is published with the day of its launch'],
    ]);
    const early = await act('publishCampaign', approved, { launchedOn: '2026-01-04' });
    expect(early.told.map(({ code, path }) => [code, path])).toEqual([
      ['FUNDING_UNCONFIRMED', ''],
      ['CAMPAIGN_DATES', 'input.launchedOn'],
    ]);
  });

  it('leaves a campaign of a later day published, and the day itself makes it active', async () => {
    const approved = await along(
      await graph.begin(),
      'submitCampaign',
      'approveCampaign',
      'confirmCampaignFunding',
    );
    const { node } = await act('publishCampaign', approved, { launchedOn: '2026-01-16' });
    expect(node?.status).toBe('PUBLISHED');
    const statusAt = async (now: string) => {
      graph.clock.now = new Date(now);
      const work = graph.door.start({
        feedOf: () => ({ events: async () => [] }),
        onError: (error) => expect(error).toBeNull(),
      });
      try {
        await vi.waitFor(async () => {
          const [job] = await rows('positions', { _id: 'job:activateCampaigns' as never });
          const [waiting] = await rows('campaigns', { _id: approved.id as never });
          // Before the day only that the job was there can be seen; on the day, that it is done.
          expect(job && (waiting?.status === 'ACTIVE' || now < '2026-01-15T17')).toBe(true);
        }, 10_000);
      } finally {
        await work.stop();
        graph.clock.now = testNow;
      }
      return (await rows('campaigns', { _id: approved.id as never }))[0]?.status;
    };
    // 16 January begins in Asia/Ho_Chi_Minh at 17:00 UTC of the day before.
    expect(await statusAt('2026-01-15T16:59:59Z')).toBe('PUBLISHED');
    expect(await statusAt('2026-01-15T17:00:00Z')).toBe('ACTIVE');
    const activated = await rows('audit', { entityIds: approved.id, action: 'activateCampaign' });
    expect(activated).toMatchObject([{ subject: 'system', version: 6 }]);
    const stream = dataOf<{ campaignChanges: { edges: { id: string; kind: string }[] } }>(
      await graph.ask('{ campaignChanges { edges { id kind } } }', {}, viewerOf('PARTNER')),
    );
    expect(stream.campaignChanges.edges).toContainEqual({ id: approved.id, kind: 'UPSERT' });
  });
});

describe('closeCampaign', () => {
  const active = async (draft: object = {}) =>
    along(
      await graph.begin(draft),
      'submitCampaign',
      'approveCampaign',
      'confirmCampaignFunding',
      'publishCampaign',
    );
  const lastDay = async ({ id }: CampaignNode) => (await rows('campaigns', { _id: id as never }))[0]?.endsOn;

  it.each([
    ['today, where the plan names none', null, null, '2026-01-15'],
    ['the day of the plan, when it is over', '2026-01-12', null, '2026-01-12'],
    ['today, when the day of the plan is still to come', '2026-06-30', null, '2026-01-15'],
    ['the day that is given', '2026-06-30', '2026-01-11', '2026-01-11'],
  ])('ends it on %s', async (_, planned, endsOn, last) => {
    const campaign = await active({ endsOn: planned });
    const { node } = await act('closeCampaign', campaign, { endsOn });
    expect([node?.status, await lastDay(campaign)]).toEqual(['CLOSED', last]);
  });

  it.each([
    ['still to come', '2026-01-16', 'a campaign is closed with a last day of today or earlier'],
    ['before the launch', '2026-01-09', 'the end lies before the beginning'],
  ])('refuses a day that is %s', async (_, endsOn, rule) => {
    const { told } = await act('closeCampaign', await active(), { endsOn });
    expect(told).toMatchObject([{ code: 'CAMPAIGN_DATES', path: 'input.endsOn', params: { rule } }]);
  });
});

it('summariseCampaign wants the document that the result is known from', async () => {
  const closed = await graph.put(await graph.begin(), { status: 'CLOSED' });
  expect((await act('summariseCampaign', closed, { document: null })).told).toEqual([
    { code: 'SOURCE_REQUIRED', path: 'input.document', params: {} },
  ]);
});

describe('of two hundred commanders at once', () => {
  it('one approves or returns, and all others hear that they were too late', async () => {
    const submitted = await along(await graph.begin(), 'submitCampaign');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        act(index % 2 === 0 ? 'approveCampaign' : 'returnCampaign', submitted),
      ),
    );
    expect(answers.filter(({ node }) => node)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(199).fill('VERSION_CONFLICT'));
    expect((await rows('outbox', { entityId: submitted.id })).map(({ version }) => version)).toEqual([
      1, 2, 3,
    ]);
    expect(await rows('audit', { entityIds: submitted.id, version: 3 })).toHaveLength(1);
  });

  it('sending the same request twice, it is done once and answered the same', async () => {
    const submitted = await along(await graph.begin(), 'submitCampaign');
    const request = { idempotencyKey: key() };
    const [first, second] = [
      await act('approveCampaign', submitted, request),
      await act('approveCampaign', submitted, request),
    ];
    expect([first.node?.status, second]).toEqual(['APPROVED', first]);
    expect(codes(await act('returnCampaign', submitted, request))).toEqual(['IDEMPOTENCY_REUSED']);
  });
});
