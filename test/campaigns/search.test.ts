import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../schema/scalars/period.ts';
import type { ArticleRow } from '../../subgraphs/campaigns/index.ts';
import { type CampaignsDoor, dataOf, openCampaigns } from './campaignsDoor.ts';

const code = 'BCA-2021-COVID-TDDB';

interface Hit {
  readonly match: string;
  readonly matched: string;
  readonly exact: boolean;
  readonly excerpt: string;
  readonly campaign: { readonly code: string };
  readonly article: { readonly title: { readonly vi: string } } | null;
}

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns();
});
afterAll(() => graph.close());

const search = async (text: string, first = 20): Promise<{ hits: Hit[]; commands: number }> => {
  const answer = await graph.ask(
    `query ($text: String!, $first: Int!) { searchCampaigns(text: $text, first: $first) { match matched exact excerpt campaign { code } article { title { vi } } } }`,
    { text, first },
  );
  return { hits: dataOf<{ searchCampaigns: Hit[] }>(answer).searchCampaigns, commands: answer.commands };
};
const hitsOf = async (text: string, first = 20) => (await search(text, first)).hits;

describe('what was typed as it stands', () => {
  it('without diacritics finds campaigns and articles that have them', async () => {
    const found = await hitsOf('cong an tinh quang tri');
    expect(found[0]).toMatchObject({
      match: 'FOLDED',
      matched: 'TITLE',
      exact: false,
      campaign: { code: 'T45-2021-COVID-TDDB' },
    });
    const articles = graph.rows.articles.filter(({ title }) => title.vi.includes('Công an tỉnh Quảng Trị'));
    expect(
      found.filter(({ match, matched }) => match === 'FOLDED' && matched === 'ARTICLE_TITLE'),
    ).toHaveLength(articles.length);
  });

  it('puts exact diacritics first, and says where it found them', async () => {
    const found = await hitsOf('vùng xanh');
    expect(found.length).toBeGreaterThan(2);
    const exact = found.map((hit) => hit.exact);
    expect(exact).toEqual(exact.toSorted().toReversed());
    expect(found.find(({ campaign, article }) => campaign.code === code && !article)).toMatchObject({
      match: 'EXACT',
      matched: 'MOTTO',
      exact: true,
      excerpt: 'giữ chắc vùng xanh, hóa xanh vùng đỏ',
    });
    expect(found.find(({ matched }) => matched === 'ARTICLE_BODY')?.excerpt).toContain('giữ chắc vùng xanh');
  });

  it.each([
    'bca 2021 covid',
    'BCA-2021-COVID-TD',
    'lá chắn phòng',
    'la chan phong chong di',
    'a million hearts',
  ])('"%s" finds the campaign of 2021', async (text) => {
    expect((await hitsOf(text)).map(({ campaign }) => campaign.code)).toContain(code);
  });

  it('finds as one types: every beginning from "lá ch" on has the campaign among the first ten', async () => {
    for (const whole of ['lá chắn phòng chống dịch', 'la chan phong chong dich']) {
      for (let end = 'la ch'.length; end <= whole.length; end += 1) {
        const found = await hitsOf(whole.slice(0, end), 10);
        expect([whole.slice(0, end), found.map(({ campaign }) => campaign.code)]).toEqual([
          whole.slice(0, end),
          expect.arrayContaining([code]),
        ]);
      }
    }
  });

  it('finds words that stand apart after those that stand together, and nothing where one of them is missing', async () => {
    const [hit] = await hitsOf('nha tinh nghia quang tri');
    expect(hit).toMatchObject({
      match: 'WORDS',
      matched: 'ARTICLE_TITLE',
      excerpt: expect.stringMatching(/Quảng Trị .*nhà tình nghĩa/u),
    });
    expect(await hitsOf('nha tinh nghia sao hoa')).toEqual([]);
  });
});

describe('what was mistyped', () => {
  it.each([
    'quag tri',
    'quanh tri',
    'qaung tri',
    'quangtri',
    'quangr trij',
    'quan1g3 tri5',
    'cong an tihn quag tri',
  ])('"%s" still finds Quảng Trị', async (text) => {
    const found = await hitsOf(text);
    expect(found[0]).toMatchObject({
      match: 'TYPO',
      matched: 'TITLE',
      exact: false,
      excerpt: expect.stringContaining('Công an tỉnh Quảng Trị'),
      campaign: { code: 'T45-2021-COVID-TDDB' },
    });
    expect(found.every(({ excerpt }) => /quảng trị|quang tri/iu.test(excerpt))).toBe(true);
  });

  it('comes after what was found as it stands, and finds nothing of what is near to nothing', async () => {
    const found = await hitsOf('phong trao thi dau', 50);
    const matches = found.map(({ match }) => match);
    expect(matches).toEqual(matches.toSorted((a, b) => Number(a === 'TYPO') - Number(b === 'TYPO')));
    expect(await hitsOf('không có gì như thế này')).toEqual([]);
  });
});

it.each([
  ['cong an', 1, 2],
  ['cong an', 50, 3],
  ['quang tri', 1, 3],
  ['quang tri', 50, 3],
  ['quag tri', 50, 3],
  ['không có gì như thế này', 50, 2],
])(
  '"%s" for %i hits costs %i commands: two, and one where articles are among the best',
  async (text, first, commands) => {
    expect((await search(text, first)).commands).toBe(commands);
  },
);

describe('among many articles', () => {
  /** Four hundred later ones that differ in one mark, and two early ones: one has the mark, one stands apart. */
  const articles = (): ArticleRow[] => {
    const [one] = graph.rows.articles;
    if (!one) throw new Error('The seed has no article.');
    const made = (number: number, vi: string, publishedOn: string): ArticleRow => ({
      ...one,
      _id: `art_test-${number}`,
      title: { vi, en: null },
      body: { vi: 'Tin vắn.', en: null },
      publishedOn,
    });
    return [
      made(0, 'Ngày hội ở Tân Thành', '2021-09-01'),
      made(1, 'Thành phố có khu tân cổ', '2021-09-01'),
      ...Array.from({ length: 400 }, (_, at) =>
        made(at + 2, `Tin số ${at} ở Tân Thạnh`, addDays('2021-10-01', at % 30)),
      ),
    ];
  };
  const none = {
    units: [],
    campaigns: [],
    contentItems: [],
    indicators: [],
    targets: [],
    participations: [],
  };

  beforeAll(async () => {
    await graph.door.load('more articles', () => ({
      ...{ ...none, reports: [], clusters: [], scores: [] },
      articles: articles(),
    }));
  });

  it('the one with the marks that were typed comes first, however many later ones have others', async () => {
    const found = await hitsOf('Tân Thành', 3);
    expect(found.map(({ match, article }) => [match, article?.title.vi.slice(-9)])).toEqual([
      ['EXACT', 'Tân Thành'],
      ['FOLDED', 'Tân Thạnh'],
      ['FOLDED', 'Tân Thạnh'],
    ]);
  });

  it('words that a load brought are known to those who mistype them', async () => {
    expect(await hitsOf('tan thahn', 1)).toMatchObject([{ match: 'TYPO', matched: 'ARTICLE_TITLE' }]);
  });
});

it('records from before there were search terms are brought up to them', async () => {
  const { connection, door } = graph;
  await connection.collection('campaigns_vocabulary').deleteMany({});
  await connection.collection<{ _id: string }>('campaigns_words').insertOne({ _id: 'tri' });
  for (const name of ['campaigns_campaigns', 'campaigns_articles']) {
    await connection
      .collection(name)
      .updateMany({}, { $set: { searchWords: ['tri'] }, $unset: { searchTerms: '' } });
  }
  expect((await hitsOf('quag tri')).length).toBe(0);
  await connection
    .collection<{ _id: string }>('_migrations')
    .updateOne({ _id: 'campaigns' }, { $set: { migrations: [] } });
  await door.migrate();
  expect((await hitsOf('quag tri'))[0]).toMatchObject({ match: 'TYPO', matched: 'TITLE' });
  expect((await hitsOf('Tân Thành', 1))[0]).toMatchObject({ exact: true });
  const [vocabulary] = await connection.collection('campaigns_vocabulary').find().toArray();
  expect(vocabulary?.texts).toEqual(expect.arrayContaining(['quang', 'tri']));
  expect(
    await connection.collection('campaigns_articles').findOne({ searchWords: { $exists: true } }),
  ).toBeNull();
  expect((await connection.listCollections()).map(({ name }) => name)).not.toContain('campaigns_words');
});
