import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerOf } from './campaignsDoor.ts';
import {
  at,
  type CampaignNode,
  codes,
  commander,
  officer,
  openWriting,
  text,
  type Writing,
} from './writing.ts';

const main = 'BCA-2021-COVID-TDDB';

let graph: Writing;
beforeAll(async () => {
  graph = await openWriting();
});
afterAll(() => graph.close());

const draft = { title: text('Hưởng ứng tại Hà Nội'), theme: text('Thủ đô bình yên'), issuedOn: '2026-01-06' };
let number = 0;
const launching = (parent: string, more: object = {}) => {
  number += 1;
  return { parent, code: `T01-CHILD-${number}`, owner: 'T01.1', draft: { ...draft, ...more } };
};
const launch = (parent: string, more: object = {}, select?: string) =>
  graph.write('launchChildCampaign', launching(parent, more), officer, select);

describe('launchChildCampaign', () => {
  it('refuses to let a percentage of its own be added up', async () => {
    const item = { code: 'ND1', title: text('Việc riêng'), trackable: true, tracking: text('Đếm') };
    const percentage = {
      ...{ code: 'CT1', contentItem: 'ND1', name: text('Tỷ lệ'), unitOfMeasure: text('%') },
      ...{ measure: 'PERCENT', direction: 'INCREASE', aggregation: 'SUM' },
    };
    const { told } = await launch(main, { contentItems: [item], indicators: [percentage] });
    expect(told.map((one) => [one.code, one.path])).toEqual([
      ['INDICATOR_NOT_ADDITIVE', 'input.draft.indicators.0.aggregation'],
    ]);
  });

  it('begins a draft with its own theme; kind, bases and content come from the parent', async () => {
    const { node, told } = await launch(
      main,
      {},
      'status kind theme { vi } parent { code } endsOn legalBases { kind { vi } document { number title } } contentItems { code text { vi } trackable carriesOut { address } } indicators { code }',
    );
    const parent = graph.rows.campaigns.find(({ code }) => code === main);
    const items = graph.rows.contentItems.filter(({ campaignId }) => campaignId === parent?._id);
    expect(told).toEqual([]);
    expect(node).toEqual({
      status: 'DRAFT',
      kind: 'SPECIAL',
      theme: { vi: 'Thủ đô bình yên' },
      parent: { code: main },
      endsOn: parent?.endsOn,
      legalBases: [
        { kind: parent?.plan.kind, document: parent?.plan.document },
        ...(parent?.legalBases ?? []),
      ].map((basis) => ({
        kind: { vi: basis.kind?.vi },
        document: { number: basis.document?.number ?? null, title: basis.document?.title ?? null },
      })),
      contentItems: items.map(({ code, trackable, address }) => ({
        code,
        text: null,
        trackable,
        carriesOut: { address },
      })),
      indicators: [],
    });
  });

  it('takes what the input says before what the parent says', async () => {
    const { node } = await launch(
      main,
      {
        kind: 'THEMATIC',
        endsOn: '2026-02-01',
        legalBases: [],
        contentItems: [
          { code: 'A1', title: text('Của riêng'), tracking: text('lượt'), carriesOut: 'ND5' },
          { code: 'ND6', title: text('Cùng mã'), tracking: text('lượt') },
          { code: 'A2', title: text('Không theo mục nào'), tracking: text('lượt') },
        ],
      },
      'kind endsOn legalBases { inForceBefore } contentItems { code carriesOut { address } }',
    );
    expect(node).toEqual({
      kind: 'THEMATIC',
      endsOn: '2026-02-01',
      legalBases: [],
      contentItems: [
        { code: 'A1', carriesOut: { address: `${main}:ND5` } },
        { code: 'ND6', carriesOut: { address: `${main}:ND6` } },
        { code: 'A2', carriesOut: null },
      ],
    });
  });

  it.each(['CLOSED', 'SUMMARISED', 'ARCHIVED', 'DRAFT', 'APPROVED'])(
    'refuses a parent that is %s with PARENT_NOT_ACTIVE',
    async (status) => {
      const parent = await graph.put(await graph.begin(), { status });
      expect((await launch(parent.code)).told).toEqual([
        { code: 'PARENT_NOT_ACTIVE', path: 'input.parent', params: { code: parent.code, status } },
      ]);
    },
  );

  it.each(['PUBLISHED', 'ACTIVE'])('carries out a parent that is %s', async (status) => {
    const parent = await graph.put(await graph.begin(), { status });
    expect(codes(await launch(parent.code))).toEqual([]);
  });

  it('knows no parent that the viewer may not see, nor one that nobody has', async () => {
    const hidden = await graph.begin({}, viewerOf('OFFICER', '/BCA/'), 'BCA');
    for (const code of [hidden.code, 'NO-SUCH-CAMPAIGN'])
      expect((await launch(code)).told).toEqual([
        { code: 'NOT_FOUND', path: 'input.parent', params: { type: 'Campaign', key: code } },
      ]);
  });

  it('lies within the days of its parent', async () => {
    const parent = await graph.put(await graph.begin(), { status: 'ACTIVE', endsOn: '2026-06-30' });
    const { told } = await launch(parent.code, { issuedOn: '2026-01-04', endsOn: '2026-07-01' });
    expect(told.map(({ code, path }) => [code, path])).toEqual([
      ['CAMPAIGN_DATES', 'input.draft.issuedOn'],
      ['CAMPAIGN_DATES', 'input.draft.endsOn'],
    ]);
  });

  it('is for officers of the unit that launches it', async () => {
    expect((await graph.write('launchChildCampaign', launching(main), commander)).thrown).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
    const other = viewerOf('OFFICER', '/BCA/T45.1/');
    expect((await graph.write('launchChildCampaign', launching(main), other)).thrown).toBe('OUT_OF_SUBTREE');
  });
});

describe('a child', () => {
  const approvedUnder = async (parent: CampaignNode): Promise<CampaignNode> => {
    const { node } = await launch(parent.code);
    if (!node) throw new Error('The child was not launched.');
    const funding = { confirmedOn: '2026-01-07', document: { number: '1' } };
    return graph.put(node, { status: 'APPROVED', launchedOn: '2026-01-08', funding });
  };

  it('is published while its parent is open, and not after', async () => {
    const parent = await graph.put(await graph.begin(), { status: 'ACTIVE' });
    const [early, late] = [await approvedUnder(parent), await approvedUnder(parent)];
    expect((await graph.write('publishCampaign', at(early), commander)).node?.status).toBe('ACTIVE');
    await graph.put(parent, { status: 'CLOSED' });
    expect((await graph.write('publishCampaign', at(late), commander)).told).toEqual([
      { code: 'PARENT_NOT_ACTIVE', path: '', params: { code: parent.code, status: 'CLOSED' } },
    ]);
  });

  it('is handed in only within the days that its parent has by then', async () => {
    const parent = await graph.put(await graph.begin(), { status: 'ACTIVE' });
    const { node } = await launch(parent.code);
    await graph.put(parent, { endsOn: '2026-01-12' });
    expect((await graph.write('submitCampaign', at(node as CampaignNode))).told).toMatchObject([
      { code: 'CAMPAIGN_DATES', path: '', params: { rule: 'it ends after its parent (2026-01-12)' } },
    ]);
    const inside = {
      draft: { ...draft, legalBases: [{ kind: text('a'), document: { number: '1' } }], endsOn: '2026-01-12' },
    };
    const { node: changed } = await graph.write('updateCampaignDraft', {
      ...at(node as CampaignNode),
      ...inside,
    });
    expect((await graph.write('submitCampaign', at(changed as CampaignNode))).node?.status).toBe('SUBMITTED');
  });

  it('stands among the children of its parent for those who may see it', async () => {
    const parent = await graph.put(await graph.begin(), { status: 'ACTIVE' });
    const child = await approvedUnder(parent);
    const children = async (viewer: typeof officer) =>
      (await graph.ask(`{ campaign(code: "${parent.code}") { children { nodes { code } } } }`, {}, viewer))
        .data;
    expect(await children(officer)).toEqual({ campaign: { children: { nodes: [{ code: child.code }] } } });
    expect(await children(viewerOf('PUBLIC'))).toEqual({ campaign: { children: { nodes: [] } } });
  });
});
