import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { testNow } from '../harness/doors.ts';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import { codes, commander, officer, openWriting, text, type Writing } from './writing.ts';

const campaign = 'BCA-2021-COVID-TDDB';

let graph: Writing;
beforeAll(async () => {
  graph = await openWriting();
});
afterAll(() => graph.close());

interface Article {
  readonly id: string;
  readonly version: number;
}

const body = {
  title: text('Trao quà tại phường Trúc Bạch', 'Gifts in Trúc Bạch'),
  body: text('Sáng nay, đơn vị đã trao 120 phần quà.'),
  publishedOn: '2026-01-14',
  attribution: text('Ban biên tập'),
  source: { url: 'https://example.vn/bai-1' },
};
const article = { campaign, unit: 'T01.1', ...body };
const reason = 'Số liệu trong bài chưa được kiểm chứng';
const publish = async (more: object = {}, viewer: Viewer = officer): Promise<Article> => {
  const { node, told } = await graph.write<Article>(
    'publishArticle',
    { ...article, ...more },
    viewer,
    'id version',
  );
  if (!node) throw new Error(JSON.stringify(told));
  return node;
};
const at = ({ id, version }: Article) => ({ id, expectedVersion: version });

const lists = `query ($id: ID!, $title: String!) { article(id: $id) { title { vi } withdrawnOn }
  campaign(code: "${campaign}") { articles(first: 100, filter: { under: ["BCA"], text: $title }) { nodes { id } } } searchCampaigns(text: $title) { article { id } } }`;
const seen = async ({ id }: Article, title: string, viewer: Viewer) => {
  const found = dataOf<{
    article: object | null;
    campaign: { articles: { nodes: { id: string }[] } };
    searchCampaigns: { article: { id: string } | null }[];
  }>(await graph.ask(lists, { id, title }, viewer));
  return {
    article: found.article,
    listed: found.campaign.articles.nodes.some((one) => one.id === id),
    found: found.searchCampaigns.some((hit) => hit.article?.id === id),
  };
};

describe('publishArticle', () => {
  it('shows the article to everybody, in lists and searches, as its unit stood on its day', async () => {
    const { node, told } = await graph.write<Article>(
      'publishArticle',
      article,
      officer,
      'id version title { vi en } body { vi } publishedOn attribution { vi } source { url } synthetic withdrawnOn unit { id } campaign { code }',
    );
    expect(told).toEqual([]);
    expect(node).toEqual({
      id: expect.stringMatching(/^art_.{22}$/u),
      version: 1,
      title: article.title,
      body: { vi: article.body.vi },
      publishedOn: '2026-01-14',
      attribution: { vi: 'Ban biên tập' },
      source: { url: 'https://example.vn/bai-1' },
      synthetic: false,
      withdrawnOn: null,
      unit: { id: graph.idOf('T01.1') },
      campaign: { code: campaign },
    });
    expect(await seen(node as Article, 'trao qua tai phuong truc bach', viewerOf('PUBLIC'))).toEqual({
      article: { title: { vi: article.title.vi }, withdrawnOn: null },
      listed: true,
      found: true,
    });
  });

  it('is for officers of the unit and commanders above', async () => {
    await publish({}, commander);
    await publish({}, viewerOf('COMMANDER', '/BCA/'));
    const thrown = async (viewer: Viewer) =>
      (await graph.write('publishArticle', article, viewer, 'id')).thrown;
    for (const role of ['PUBLIC', 'PARTNER', 'MINISTRY', 'ADMIN'] as const)
      expect(await thrown(viewerOf(role, '/BCA/T01.1/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    for (const viewer of [viewerOf('OFFICER', '/BCA/'), viewerOf('COMMANDER', '/BCA/T45.1/')])
      expect(await thrown(viewer)).toBe('OUT_OF_SUBTREE');
  });

  it.each<[string, object, readonly (readonly [string, string])[]]>([
    ['a day that is still to come', { publishedOn: '2026-01-16' }, [['CAMPAIGN_DATES', 'input.publishedOn']]],
    [
      'a day before the unit existed',
      { publishedOn: '1900-01-01' },
      [['CAMPAIGN_DATES', 'input.publishedOn']],
    ],
    ['a campaign that nobody has', { campaign: 'NO-SUCH' }, [['NOT_FOUND', 'input.campaign']]],
    ['a unit that nobody has', { unit: 'T99.1' }, [['NOT_FOUND', 'input.unit']]],
    ['an empty body', { body: text('') }, [['INPUT_INVALID', 'input.body.vi']]],
    ['a source that says nothing', { source: {} }, [['INPUT_INVALID', 'input.source']]],
  ])('refuses %s', async (_, wrong, told) => {
    const answer = await graph.write('publishArticle', { ...article, ...wrong }, officer, 'id');
    expect(answer.told.map(({ code, path }) => [code, path])).toEqual(told);
  });

  it('tells nothing of a campaign that is not published', async () => {
    const draft = await graph.begin();
    const { told } = await graph.write('publishArticle', { ...article, campaign: draft.code }, officer, 'id');
    expect(told).toMatchObject([
      { code: 'INVALID_STATE', params: { action: 'publishArticle', state: 'DRAFT' } },
    ]);
  });
});

describe('updateArticle', () => {
  it('writes it anew, for searches too, and the audit says what changed', async () => {
    const published = await publish();
    graph.clock.now = new Date(testNow.getTime() + 60_000);
    const input = { ...at(published), ...body, title: text('Nhà tình nghĩa hoàn thành') };
    const { node } = await graph.write<Article>(
      'updateArticle',
      input,
      officer,
      'id version title { vi } audit { nodes { action version changes { field } } }',
    );
    expect(node).toEqual({
      id: published.id,
      version: 2,
      title: { vi: 'Nhà tình nghĩa hoàn thành' },
      audit: {
        nodes: [
          { action: 'updateArticle', version: 2, changes: [{ field: 'title' }] },
          expect.objectContaining({ action: 'publishArticle', version: 1 }),
        ],
      },
    });
    expect((await seen(published, 'nha tinh nghia hoan thanh', viewerOf('PUBLIC'))).found).toBe(true);
    expect((await seen(published, 'truc bach', viewerOf('PUBLIC'))).found).toBe(false);
  });

  it('loses no update: of thirty at once one wins', async () => {
    const published = await publish();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        graph.write(
          'updateArticle',
          { ...at(published), ...body, title: text(`Bản ${index}`) },
          officer,
          'id',
        ),
      ),
    );
    expect(answers.filter(({ node }) => node)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(29).fill('VERSION_CONFLICT'));
  });
});

describe('withdrawArticle', () => {
  it('takes it out of every list and search; by its id it is read inside the force only', async () => {
    const published = await publish({ title: text('Bài sẽ được gỡ xuống') });
    const { node } = await graph.write(
      'withdrawArticle',
      { ...at(published), reason },
      commander,
      'id version withdrawnOn withdrawReason',
    );
    expect(node).toEqual({ id: published.id, version: 2, withdrawnOn: '2026-01-15', withdrawReason: reason });
    const inside = {
      article: { title: { vi: 'Bài sẽ được gỡ xuống' }, withdrawnOn: '2026-01-15' },
      listed: false,
      found: false,
    };
    expect(await seen(published, 'bai se duoc go xuong', officer)).toEqual(inside);
    expect(await seen(published, 'bai se duoc go xuong', viewerOf('MINISTRY'))).toEqual(inside);
    for (const viewer of [viewerOf('PUBLIC'), viewerOf('PARTNER')])
      expect(await seen(published, 'bai se duoc go xuong', viewer)).toEqual({ ...inside, article: null });
  });

  it('is for good: it is neither changed nor withdrawn again', async () => {
    const published = await publish();
    await graph.write('withdrawArticle', { ...at(published), reason }, officer, 'id');
    const now = { ...at(published), expectedVersion: 2 };
    expect(codes(await graph.write('withdrawArticle', { ...now, reason }, officer, 'id'))).toEqual([
      'INVALID_STATE',
    ]);
    expect(codes(await graph.write('updateArticle', { ...now, ...body }, officer, 'id'))).toEqual([
      'INVALID_STATE',
    ]);
  });

  it('takes a reason, a true id, the version read, and the right part of the tree', async () => {
    const published = await publish();
    const input = { ...at(published), reason };
    const told = async (more: object) =>
      codes(await graph.write('withdrawArticle', { ...input, ...more }, officer, 'id'));
    expect(await told({ reason: 'ngắn' })).toEqual(['INPUT_INVALID']);
    expect(await told({ id: 'art_forged' })).toEqual(['NOT_FOUND']);
    expect(await told({ expectedVersion: 9 })).toEqual(['VERSION_CONFLICT']);
    const other = viewerOf('OFFICER', '/BCA/T45.1/');
    expect((await graph.write('withdrawArticle', input, other, 'id')).thrown).toBe('OUT_OF_SUBTREE');
  });
});

it('the history of an article is for its unit and those above', async () => {
  const { id } = await publish();
  const ask = (viewer: Viewer) =>
    graph.ask('query ($id: ID!) { article(id: $id) { audit { totalCount } } }', { id }, viewer);
  for (const viewer of [officer, commander, viewerOf('MINISTRY')])
    expect((await ask(viewer)).data).toEqual({ article: { audit: { totalCount: 1 } } });
  for (const [viewer, code] of [
    [viewerOf('PUBLIC'), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    [viewerOf('OFFICER', '/BCA/T45.1/'), 'FORBIDDEN'],
  ] as const) {
    const { data, errors } = await ask(viewer);
    expect([data, errors?.[0]?.extensions?.code]).toEqual([{ article: { audit: null } }, code]);
  }
});
