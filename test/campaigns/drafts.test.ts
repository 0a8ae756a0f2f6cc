import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import {
  at,
  codes,
  commander,
  creating,
  key,
  minister,
  officer,
  openWriting,
  plan,
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

const items = [
  { code: 'ND1', title: text('Dân vận'), tracking: text('hoạt động') },
  { code: 'ND2', title: text('An ninh'), tracking: text('văn bản'), trackable: false },
];
const indicator = {
  code: 'CT1',
  contentItem: 'ND1',
  name: text('Hoạt động'),
  unitOfMeasure: text('hoạt động'),
  measure: 'COUNT',
  direction: 'INCREASE',
  aggregation: 'SUM',
};

describe('createCampaign', () => {
  it('begins a draft that says all the input says, and shows it to its author', async () => {
    const draft = {
      ...plan,
      purpose: text('Động viên', 'Encourage'),
      requirements: [text('Thiết thực')],
      mottos: [{ code: 'PC1', role: 'TINH_THAN', text: text('Chống dịch như chống giặc') }],
      legalBases: [{ kind: text('Quyết định'), document: { number: '1/QĐ' }, inForceBefore: '2030-01-01' }],
      respondsTo: { name: text('Cả nước đoàn kết'), launchedBy: text('Thủ tướng') },
      plan: {
        kind: text('Kế hoạch'),
        document: { number: '12/KH' },
        signatory: { title: text('Giám đốc'), name: 'Nguyễn Văn A' },
      },
      launchedOn: '2026-01-20',
      launchSource: { url: 'https://example.vn/a' },
      endsOn: '2026-06-30',
      phases: [
        { name: text('Đợt 1'), from: '2026-01-20', before: '2026-04-01' },
        { name: text('Đợt 2'), from: '2026-04-01', before: '2026-07-01' },
      ],
      contentItems: items,
      indicators: [indicator],
      criteria: [{ code: 'TC1', name: text('Kết quả'), maxScore: 100 }],
    };
    const { node, told } = await graph.write(
      'createCampaign',
      { code: 'T01-2026-BINH-YEN', owner: 'T01.1', draft },
      officer,
      `id code status version kind synthetic parent { code } owner { id } title { vi en } theme { vi en } purpose { vi en } requirements { vi en }
       mottos { code role text { vi } } legalBases { kind { vi } document { number } inForceBefore } respondsTo { name { vi } launchedBy { vi } }
       plan { kind { vi } document { number } signatory { title { vi } name } } issuedOn launchedOn launchSource { url } endsOn
       phases { code name { vi } period { from before } } timeline { on } criteria { code name { vi } maxScore } funding { confirmedOn } returnReason summary { summarisedOn }
       contentItems { code address order title { vi } trackable tracking { vi } carriesOut { code } }
       indicators { code address contentItem { code } measure direction aggregation origin }`,
    );
    expect(told).toEqual([]);
    expect(node).toEqual({
      id: expect.stringMatching(/^cmp_.{22}$/u),
      code: 'T01-2026-BINH-YEN',
      status: 'DRAFT',
      version: 1,
      kind: 'THEMATIC',
      synthetic: false,
      parent: null,
      owner: { id: graph.idOf('T01.1') },
      title: plan.title,
      theme: plan.theme,
      purpose: text('Động viên', 'Encourage'),
      requirements: [text('Thiết thực')],
      mottos: [{ code: 'PC1', role: 'TINH_THAN', text: { vi: 'Chống dịch như chống giặc' } }],
      legalBases: [{ kind: { vi: 'Quyết định' }, document: { number: '1/QĐ' }, inForceBefore: '2030-01-01' }],
      respondsTo: { name: { vi: 'Cả nước đoàn kết' }, launchedBy: { vi: 'Thủ tướng' } },
      plan: {
        kind: { vi: 'Kế hoạch' },
        document: { number: '12/KH' },
        signatory: { title: { vi: 'Giám đốc' }, name: 'Nguyễn Văn A' },
      },
      issuedOn: '2026-01-05',
      launchedOn: '2026-01-20',
      launchSource: { url: 'https://example.vn/a' },
      endsOn: '2026-06-30',
      phases: [
        {
          code: 'T01-2026-BINH-YEN:P1',
          name: { vi: 'Đợt 1' },
          period: { from: '2026-01-20', before: '2026-04-01' },
        },
        {
          code: 'T01-2026-BINH-YEN:P2',
          name: { vi: 'Đợt 2' },
          period: { from: '2026-04-01', before: '2026-07-01' },
        },
      ],
      timeline: [],
      criteria: [{ code: 'TC1', name: { vi: 'Kết quả' }, maxScore: 100 }],
      funding: null,
      returnReason: null,
      summary: null,
      contentItems: items.map(({ code, title, tracking, trackable = true }, index) => ({
        code,
        address: `T01-2026-BINH-YEN:${code}`,
        order: index + 1,
        title: { vi: title.vi },
        trackable,
        tracking: { vi: tracking.vi },
        carriesOut: null,
      })),
      indicators: [
        {
          code: 'CT1',
          address: 'T01-2026-BINH-YEN:CT1',
          contentItem: { code: 'ND1' },
          measure: 'COUNT',
          direction: 'INCREASE',
          aggregation: 'SUM',
          origin: 'PLAN',
        },
      ],
    });
  });

  it('is found by code, list and search inside the unit, and by nobody outside', async () => {
    const created = await graph.begin({ title: text('Phong trào bờ suối cỏ lau') });
    const document = `query ($code: CampaignCode!) { campaign(code: $code) { code } campaigns(first: 100, filter: { code: [$code] }) { totalCount }
      under: campaigns(first: 100, filter: { code: [$code], under: ["BCA"] }) { totalCount } searchCampaigns(text: "bo suoi co lau") { campaign { code } } }`;
    const seen = async (viewer: typeof officer) =>
      dataOf(await graph.ask(document, { code: created.code }, viewer));
    const found = {
      campaign: { code: created.code },
      campaigns: { totalCount: 1 },
      under: { totalCount: 1 },
      searchCampaigns: [{ campaign: { code: created.code } }],
    };
    const nothing = {
      campaign: null,
      campaigns: { totalCount: 0 },
      under: { totalCount: 0 },
      searchCampaigns: [],
    };
    for (const viewer of [officer, commander, minister, viewerOf('MINISTRY')])
      expect(await seen(viewer)).toEqual(found);
    for (const viewer of [
      viewerOf('PUBLIC'),
      viewerOf('OFFICER', '/BCA/'),
      viewerOf('COMMANDER', '/BCA/V01.1/'),
    ])
      expect(await seen(viewer)).toEqual(nothing);
  });

  it('tells others of it, and keeps who wrote what', async () => {
    const created = await graph.begin({ contentItems: items });
    const stored = await rows('contentItems', { campaignId: created.id });
    expect(await rows('outbox', { entityId: created.id })).toMatchObject([
      {
        type: 'Campaign',
        version: 1,
        action: 'createCampaign',
        copy: {
          id: created.id,
          code: created.code,
          status: 'DRAFT',
          issuedOn: '2026-01-05',
          launchedOn: null,
          endsOn: null,
          phases: [],
          contentItems: stored.map(({ _id, code }) => ({ id: _id, code })),
          version: 1,
        },
      },
    ]);
    const { campaign } = dataOf<{
      campaign: { audit: { nodes: { action: string; changes: { field: string }[] }[] } };
    }>(
      await graph.ask(
        'query ($id: ID!) { campaign(id: $id) { audit { nodes { action subject version changes { field } } } } }',
        { id: created.id },
        officer,
      ),
    );
    expect(campaign.audit.nodes.map(({ action }) => action)).toEqual(['createCampaign', 'createCampaign']);
    expect(campaign.audit.nodes.flatMap(({ changes }) => changes.map(({ field }) => field))).toEqual(
      expect.arrayContaining(['title', 'theme', 'contentItems']),
    );
  });

  it.each(['PUBLIC', 'PARTNER', 'COMMANDER', 'MINISTRY', 'ADMIN'] as const)('is not for %s', async (role) => {
    const answer = await graph.write('createCampaign', creating(), viewerOf(role, '/BCA/T01.1/'));
    expect(answer).toEqual({ node: null, told: [], thrown: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  it.each([
    ['another unit', '/BCA/T45.1/'],
    ['the unit above', '/BCA/'],
    ['a unit below', '/BCA/T01.1/H001.1/'],
  ])('is not for an officer of %s', async (_, path) => {
    const answer = await graph.write('createCampaign', creating(), viewerOf('OFFICER', path));
    expect(answer.thrown).toBe('OUT_OF_SUBTREE');
  });

  it('is for officers of the ministry too, for the ministry', async () => {
    const created = await graph.begin({}, viewerOf('OFFICER', '/BCA/'), 'BCA');
    expect(created.status).toBe('DRAFT');
  });

  it.each<[string, object, string]>([
    ['no kind', { draft: { ...plan, kind: null } }, 'input.draft.kind'],
    ['a blank title', { draft: { ...plan, title: text('  ') } }, 'input.draft.title.vi'],
    [
      'a title that is too long',
      { draft: { ...plan, title: text('x'.repeat(501)) } },
      'input.draft.title.vi',
    ],
    [
      'a basis without a document',
      { draft: { ...plan, legalBases: [{ kind: text('a'), document: {} }] } },
      'input.draft.legalBases.0.document',
    ],
    [
      'a code in small letters',
      { draft: { ...plan, contentItems: [{ ...items[0], code: 'nd1' }] } },
      'input.draft.contentItems.0.code',
    ],
    [
      'a code twice',
      { draft: { ...plan, contentItems: [items[0], items[0]] } },
      'input.draft.contentItems.1.code',
    ],
    [
      '51 requirements',
      { draft: { ...plan, requirements: Array.from({ length: 51 }, () => text('a')) } },
      'input.draft.requirements',
    ],
    [
      'a score of 0',
      { draft: { ...plan, criteria: [{ code: 'A', name: text('a'), maxScore: 0 }] } },
      'input.draft.criteria.0.maxScore',
    ],
    [
      'an address that is no address',
      { draft: { ...plan, plan: { kind: text('a'), document: { url: 'javascript:alert(1)' } } } },
      'input.draft.plan.document.url',
    ],
    [
      'an indicator of no item',
      { draft: { ...plan, contentItems: items, indicators: [{ ...indicator, contentItem: 'ND9' }] } },
      'input.draft.indicators.0.contentItem',
    ],
    [
      'a number for what is text only',
      { draft: { ...plan, contentItems: items, indicators: [{ ...indicator, contentItem: 'ND2' }] } },
      'input.draft.indicators.0.contentItem',
    ],
    [
      'an item carried out without a parent',
      { draft: { ...plan, contentItems: [{ ...items[0], carriesOut: 'ND1' }] } },
      'input.draft.contentItems.0.carriesOut',
    ],
  ])('refuses %s', async (_, wrong, path) => {
    const { node, told } = await graph.write('createCampaign', { ...creating(), ...wrong });
    expect([node, told.map((one) => [one.code, one.path])]).toEqual([null, [['INPUT_INVALID', path]]]);
  });

  it('refuses a unit that nobody knows', async () => {
    const { told } = await graph.write('createCampaign', creating({}, 'T99.1'));
    expect(told).toEqual([
      { code: 'NOT_FOUND', path: 'input.owner', params: { type: 'Unit', key: 'T99.1' } },
    ]);
  });

  it('tells everything that is wrong at once: the code, the days, the percentage that is added up', async () => {
    const { code } = await graph.begin();
    const { told } = await graph.write('createCampaign', {
      ...creating({
        launchedOn: '2026-01-04',
        phases: [{ name: text('Đợt 1'), from: '2026-01-01', before: '2026-02-01' }],
        contentItems: items,
        indicators: [{ ...indicator, measure: 'PERCENT' }],
      }),
      code,
    });
    expect(told.map((one) => [one.code, one.path, one.params.rule ?? one.params.code])).toEqual([
      ['CAMPAIGN_CODE_TAKEN', 'input.code', code],
      ['CAMPAIGN_DATES', 'input.draft.launchedOn', 'the launch lies before the plan'],
      ['CAMPAIGN_DATES', 'input.draft.phases.0.from', 'a phase begins before the plan'],
      ['INDICATOR_NOT_ADDITIVE', 'input.draft.indicators.0.aggregation', 'CT1'],
    ]);
  });

  it('is done once for a key, and gives one code to one of many', async () => {
    const once = { ...creating(), idempotencyKey: key() };
    const twice = await Promise.all([1, 2, 3].map(() => graph.write('createCampaign', once)));
    expect(new Set(twice.map(({ node }) => node?.id)).size).toBe(1);
    const { code } = creating();
    const many = await Promise.all(
      Array.from({ length: 30 }, () => graph.write('createCampaign', { ...creating(), code })),
    );
    expect(many.filter(({ node }) => node)).toHaveLength(1);
    expect(many.flatMap(codes)).toEqual(Array(29).fill('CAMPAIGN_CODE_TAKEN'));
    expect(await rows('campaigns', { code })).toHaveLength(1);
  });
});

describe('a unit that was closed', () => {
  const successor = () =>
    graph.rows.campaigns.find(({ code }) => code === 'T44-2021-COVID-TDDB')?.scopePath ?? '';

  it('has its plans of its own days written by the unit that took it over', async () => {
    const created = await graph.begin({ issuedOn: '2021-09-01' }, viewerOf('OFFICER', successor()), 'T44.1');
    const [row] = await rows('campaigns', { code: created.code });
    expect(row).toMatchObject({
      pathAtEvent: '/BCA/T44.1/',
      line: [graph.idOf('BCA'), graph.idOf('T44.1')],
      scopePath: successor(),
    });
    const old = await graph.write(
      'createCampaign',
      creating({}, 'T44.1'),
      viewerOf('OFFICER', '/BCA/T44.1/'),
    );
    expect(old.thrown).toBe('OUT_OF_SUBTREE');
  });

  it('has no plan of a day on which it did not exist', async () => {
    const { told } = await graph.write(
      'createCampaign',
      creating({}, 'T44.1'),
      viewerOf('OFFICER', successor()),
    );
    expect(told).toMatchObject([
      {
        code: 'CAMPAIGN_DATES',
        path: 'input.draft.issuedOn',
        params: { rule: 'the unit did not exist on the day of the plan' },
      },
    ]);
  });
});

describe('updateCampaignDraft', () => {
  const content =
    'id code status version title { vi } purpose { vi } contentItems { id code order } indicators { id code }';
  type Content = { contentItems: { id: string; code: string }[]; indicators: { id: string; code: string }[] };

  it('writes the plan anew: what keeps its code keeps its id, what is left out is gone', async () => {
    const begun = await graph.begin({
      purpose: text('Mục đích'),
      contentItems: items,
      indicators: [indicator],
    });
    const read = `query ($id: ID!) { campaign(id: $id) { ${content} } }`;
    const before = dataOf<{ campaign: Content }>(await graph.ask(read, { id: begun.id }, officer)).campaign;
    const added = { code: 'ND3', title: text('Mới'), tracking: text('mới') };
    const draft = {
      ...plan,
      title: text('Tên mới'),
      contentItems: [added, items[0]],
      indicators: [indicator],
    };
    const { node, told } = await graph.write<Content>(
      'updateCampaignDraft',
      { ...at(begun), draft },
      officer,
      content,
    );
    expect(told).toEqual([]);
    expect(node).toEqual({
      id: begun.id,
      code: begun.code,
      status: 'DRAFT',
      version: 2,
      title: { vi: 'Tên mới' },
      purpose: null,
      contentItems: [
        { id: expect.not.stringMatching(before.contentItems[1]?.id ?? ''), code: 'ND3', order: 1 },
        { id: before.contentItems[0]?.id, code: 'ND1', order: 2 },
      ],
      indicators: [{ id: before.indicators[0]?.id, code: 'CT1' }],
    });
    const [, event] = await rows('outbox', { entityId: begun.id });
    expect(event?.copy).toMatchObject({
      version: 2,
      contentItems: node?.contentItems.map(({ id, code }) => ({ id, code })),
    });
  });

  it('refuses a version of yesterday, a forged id, another unit, and roles that do not write', async () => {
    const begun = await graph.begin();
    const input = { ...at(begun), draft: plan };
    await graph.write('updateCampaignDraft', input);
    expect(codes(await graph.write('updateCampaignDraft', input))).toEqual(['VERSION_CONFLICT']);
    expect(codes(await graph.write('updateCampaignDraft', { ...input, id: 'cmp_forged' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect((await graph.write('updateCampaignDraft', input, viewerOf('OFFICER', '/BCA/'))).thrown).toBe(
      'OUT_OF_SUBTREE',
    );
    expect((await graph.write('updateCampaignDraft', input, commander)).thrown).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });

  it('keeps an indicator for which a target is set', async () => {
    const begun = await graph.begin({ contentItems: items, indicators: [indicator] });
    const set = await graph.write(
      'setIndicatorTarget',
      {
        indicator: `${begun.code}:CT1`,
        unit: 'T01.1',
        period: '2026',
        comparator: 'GTE',
        threshold: 10,
        source: { number: '1/ĐK' },
      },
      officer,
      'id',
    );
    expect(set.told).toEqual([]);
    const { told } = await graph.write('updateCampaignDraft', {
      ...at(begun),
      draft: { ...plan, contentItems: items },
    });
    expect(told.map((one) => [one.code, one.path])).toEqual([['INPUT_INVALID', 'input.draft.indicators']]);
    const kept = { ...plan, contentItems: items, indicators: [indicator] };
    expect(codes(await graph.write('updateCampaignDraft', { ...at(begun), draft: kept }))).toEqual([]);
  });

  it('refuses to let a percentage be added up', async () => {
    const begun = await graph.begin();
    const added = { ...plan, contentItems: items, indicators: [{ ...indicator, measure: 'PERCENT' }] };
    const { told } = await graph.write('updateCampaignDraft', { ...at(begun), draft: added });
    expect(told.map((one) => [one.code, one.path])).toEqual([
      ['INDICATOR_NOT_ADDITIVE', 'input.draft.indicators.0.aggregation'],
    ]);
  });

  it('loses no update of many writers: one wins, the others read again', async () => {
    const begun = await graph.begin();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        graph.write('updateCampaignDraft', { ...at(begun), draft: { ...plan, title: text(`Bản ${index}`) } }),
      ),
    );
    expect(answers.filter(({ node }) => node)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(29).fill('VERSION_CONFLICT'));
    expect(await rows('outbox', { entityId: begun.id })).toHaveLength(2);
  });
});
