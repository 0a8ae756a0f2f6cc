import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { volumes } from '../../database/seed/volumes.ts';
import { type CampaignsDoor, openCampaigns } from './campaignsDoor.ts';

const article = readFileSync(
  new URL('../../database/seed/campaigns/data/campaign-plan-2021-08-15.vi.txt', import.meta.url),
  'utf8',
).trim();

interface Text {
  readonly vi: string;
  readonly en: string;
}

let graph: CampaignsDoor;
beforeAll(async () => {
  graph = await openCampaigns(volumes.campaign);
});
afterAll(() => graph.close());

const ask = async (selection: string) => {
  const { data, errors } = await graph.ask(`{ campaign(code: "BCA-2021-COVID-TDDB") { ${selection} } }`);
  expect(errors).toBeUndefined();
  return data?.campaign as Record<string, unknown>;
};

describe('the campaign of 2021', () => {
  it('tells its plan: who signed what when, launched two days later, and no number or end that nobody knows', async () => {
    expect(
      await ask(`code kind status synthetic parent { code } issuedOn launchedOn endsOn theme { vi en } phases { code } criteria { code }
        launchSource { number issuer } plan { kind { vi en } document { number date issuer } signatory { title { vi en } name } }
        respondsTo { name { vi } launchedBy { vi en } }`),
    ).toEqual({
      code: 'BCA-2021-COVID-TDDB',
      kind: 'SPECIAL',
      status: 'ACTIVE',
      synthetic: false,
      parent: null,
      issuedOn: '2021-08-15',
      launchedOn: '2021-08-17',
      endsOn: null,
      theme: {
        vi: 'Lực lượng Công an nhân dân - Lá chắn phòng, chống dịch COVID-19 - Thanh bảo kiếm bảo đảm an ninh, trật tự, an toàn xã hội',
        en: "The People's Public Security - a shield against COVID-19 - a sword for security, order and social safety",
      },
      phases: [],
      criteria: [],
      launchSource: { number: 'post1251998', issuer: 'Zing News (zingnews.vn)' },
      plan: {
        kind: { vi: 'Kế hoạch', en: 'Plan' },
        document: { number: null, date: '2021-08-15', issuer: 'Bộ Công an' },
        signatory: {
          title: { vi: 'Đại tướng, Bộ trưởng Bộ Công an', en: 'General, Minister of Public Security' },
          name: 'Tô Lâm',
        },
      },
      respondsTo: {
        name: {
          vi: 'Cả nước đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch COVID-19',
        },
        launchedBy: { vi: 'Thủ tướng Chính phủ', en: 'Prime Minister' },
      },
    });
  });

  it('has three mottos and six slogans, each with its part in words, in both languages', async () => {
    const { mottos } = (await ask('mottos { code role roleLabel { vi en } text { vi en } }')) as {
      mottos: { code: string; role: string; roleLabel: Text; text: Text }[];
    };
    expect(mottos.map(({ code, role }) => [code, role])).toEqual([
      ['PC1', 'PHUONG_CHAM_PHONG_TRAO'],
      ['PC2', 'PHUONG_CHAM_CHONG_DICH'],
      ['PC3', 'PHUONG_CHAM_CHONG_DICH'],
      ['NT1', 'NGUYEN_TAC'],
      ['TT1', 'TINH_THAN'],
      ['TT2', 'TINH_THAN'],
      ['MT1', 'MUC_TIEU'],
      ['TR1', 'TRUYEN_THONG'],
      ['TR2', 'TRUYEN_THONG'],
    ]);
    expect(mottos[5]).toMatchObject({
      roleLabel: { vi: 'Tinh thần', en: 'Spirit' },
      text: {
        vi: 'giữ chắc vùng xanh, hóa xanh vùng đỏ',
        en: 'Keep the green zones firmly, turn the red zones green',
      },
    });
    expect(mottos.every(({ text }) => text.en.length > 0)).toBe(true);
    expect(await ask('mottos(role: [NGUYEN_TAC, MUC_TIEU]) { code }')).toEqual({
      mottos: [{ code: 'NT1' }, { code: 'MT1' }],
    });
  });

  it('rests on five bases, with a date of less than a day kept as text', async () => {
    expect(await ask('legalBases { kind { en } document { number date dateText issuer } }')).toEqual({
      legalBases: [
        {
          kind: { en: 'Conclusion' },
          document: { number: '07-KL/TW', date: '2021-06-11', dateText: null, issuer: 'Bộ Chính trị' },
        },
        {
          kind: { en: 'Appeal' },
          document: { number: null, date: null, dateText: null, issuer: 'Tổng Bí thư Nguyễn Phú Trọng' },
        },
        {
          kind: { en: 'Special emulation movement' },
          document: { number: null, date: null, dateText: null, issuer: 'Thủ tướng Chính phủ' },
        },
        {
          kind: { en: 'Resolution on the work of 2021' },
          document: { number: null, date: null, dateText: '2021', issuer: 'Đảng ủy Công an Trung ương' },
        },
        {
          kind: { en: 'Decision assigning the work targets of 2021' },
          document: { number: null, date: null, dateText: '2021', issuer: 'Bộ Công an' },
        },
      ],
    });
  });

  it('gives purpose, requirements and content items in the very words of the article, and in English', async () => {
    const plan = (await ask(
      'purpose { vi en } requirements { vi en } contentItems { code address order trackable title { vi } text { vi en } tracking { vi en } }',
    )) as {
      purpose: Text;
      requirements: Text[];
      contentItems: { code: string; text: Text; trackable: boolean }[];
    };
    const texts = [plan.purpose, ...plan.requirements, ...plan.contentItems.map(({ text }) => text)];
    expect(texts.map(({ vi, en }) => [article.includes(vi), en.length > 0])).toEqual(
      texts.map(() => [true, true]),
    );
    expect(plan.purpose.vi).toMatch(
      /^Phong trào thi đua nhằm động viên, khích lệ, cổ vũ .*hạnh phúc của nhân dân\.$/u,
    );
    expect(plan.requirements).toHaveLength(4);
    expect(plan.contentItems.map(({ code, trackable }) => `${code} ${trackable}`)).toEqual([
      'ND1 true',
      'ND2 false',
      'ND3 true',
      'ND4 true',
      'ND5 true',
      'ND6 true',
    ]);
    expect(plan.contentItems[4]?.text.vi).toMatch(
      /^Tăng cường các hoạt động.*xây nhà tình nghĩa.*COVID-19\.$/su,
    );
  });

  it('aims at 5% less crime against social order; its baseline has a source of its own, its result none', async () => {
    const { indicators } =
      (await ask(`indicators { code address origin measure direction aggregation contentItem { code }
      targets { totalCount nodes { unit { id } period comparator threshold actual status synthetic source { title date }
        baseline { year value note { en } source { issuer number } } } } }`)) as { indicators: unknown[] };
    expect(indicators[0]).toEqual({
      code: 'CT1',
      address: 'BCA-2021-COVID-TDDB:CT1',
      origin: 'PLAN',
      measure: 'PERCENT',
      direction: 'DECREASE',
      aggregation: 'NONE',
      contentItem: { code: 'ND3' },
      targets: {
        totalCount: 1,
        nodes: [
          {
            unit: { id: graph.idOf('BCA') },
            period: '2021',
            comparator: 'LTE',
            threshold: -5,
            actual: null,
            status: 'NO_VALUE',
            synthetic: false,
            source: { title: 'Kế hoạch phát động phong trào thi đua đặc biệt', date: '2021-08-15' },
            baseline: {
              year: 2020,
              value: null,
              note: {
                en: 'The plan names no baseline; "compared with 2020" is from the pledge of the police of Đắk Nông in 2021',
              },
              source: { issuer: 'Báo Công an nhân dân (cand.com.vn)', number: '628580' },
            },
          },
        ],
      },
    });
  });

  it('counts ND1, ND4, ND5 and ND6 by indicators that are ours, and no security item', async () => {
    const { contentItems } = (await ask('contentItems { code indicators { code origin aggregation } }')) as {
      contentItems: { code: string; indicators: { code: string; origin: string; aggregation: string }[] }[];
    };
    expect(contentItems.map(({ code, indicators }) => [code, indicators.length])).toEqual([
      ['ND1', 3],
      ['ND2', 0],
      ['ND3', 1],
      ['ND4', 2],
      ['ND5', 9],
      ['ND6', 3],
    ]);
    const ours = contentItems.flatMap(({ indicators }) => indicators).filter(({ code }) => code !== 'CT1');
    expect(new Set(ours.map(({ origin, aggregation }) => `${origin} ${aggregation}`))).toEqual(
      new Set(['SYSTEM SUM']),
    );
  });

  it('keeps the article whole, with attribution and address, and the facts that came after', async () => {
    const { articles, timeline } = (await ask(
      'articles { totalCount nodes { body { vi en } publishedOn synthetic attribution { en } source { number issuer url } } } timeline { on source { issuer } }',
    )) as { articles: { totalCount: number; nodes: { body: Text }[] }; timeline: { on: string }[] };
    expect(articles).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          body: { vi: article },
          publishedOn: null,
          synthetic: false,
          attribution: { en: expect.stringContaining('VietnamPlus') },
          source: { number: 'post733959', url: 'https://www.vietnamplus.vn/post733959.vnp' },
        },
      ],
    });
    expect(articles.nodes[0]?.body.en.split('\n')).toHaveLength(article.split('\n').length);
    expect(timeline.map(({ on }) => on)).toEqual([
      '2021-08-15',
      '2021-08-17',
      '2021-11-15',
      '2021-12-11',
      '2022-06-24',
    ]);
  });

  it('stands alone in a seed of the campaign only', () => {
    const { campaigns, targets, participations, reports, articles, clusters, scores } = graph.rows;
    expect([campaigns, targets, articles].map((rows) => rows.length)).toEqual([1, 1, 1]);
    expect([participations, reports, clusters, scores].map((rows) => rows.length)).toEqual([0, 0, 0, 0]);
  });
});
